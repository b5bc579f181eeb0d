"""Reports read back with other libraries: whole, in both languages, the same in each format, the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from survey.queries.report_figures import ReportFigures
from survey.reports import process, report_files
from tests.support import reports

# The fixture is made once: all of these run in one worker.
pytestmark = pytest.mark.xdist_group("report files")


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, str], bytes]:
    return {
        (fmt, language): report_files.content(reports.report(), fmt, process.speaker(language), language)
        for fmt, language in (*((fmt, "vi") for fmt in report_files.FORMATS), ("pdf", "en"), ("docx", "en"))
    }


def _pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_pdf_begins_as_an_offices_letter_and_with_the_answer(files: dict[tuple[str, str], bytes]) -> None:
    first = _pages(files["pdf", "vi"])[0]
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "THÀNH PHỐ HÀ NỘI",
        "BÁO CÁO",
        "Nơi nhận:",
        "82,50% hài lòng, khoảng tin cậy 95%",
        "theo cách tính SIPAS",
    ):
        assert words in first
    assert "SOCIALIST REPUBLIC OF VIET NAM" in _pages(files["pdf", "en"])[0]


def test_pages_are_numbered_and_long_names_stand_whole(files: dict[tuple[str, str], bytes]) -> None:
    pages = _pages(files["pdf", "vi"])
    for number, text in enumerate(pages, 1):
        assert f"Trang {number} / {len(pages)}" in text
    assert reports.LONG in " ".join(pages)
    assert "chưa đủ phiếu" in " ".join(pages)


def test_the_pdf_is_tagged_and_holds_no_format_left_over(files: dict[tuple[str, str], bytes]) -> None:
    content = files["pdf", "vi"]
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content
    for language in ("vi", "en"):
        text = " ".join(_pages(files["pdf", language]))
        assert "%(" not in text
        assert "%%" not in text


def test_the_docx_has_headings_repeated_headers_and_words_for_pictures(files: dict[tuple[str, str], bytes]) -> None:
    document = docx.Document(io.BytesIO(files["docx", "vi"]))
    styles = [one.style.name for one in document.paragraphs if one.style is not None]
    assert styles.count("Heading 1") == 5
    assert "Heading 2" in styles
    assert str(document.styles["Normal"].font.name) == "Times New Roman"
    headed = [table for table in document.tables if table.style is not None and table.style.name == "Table Grid"]
    repeated = [table for table in headed if table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None]
    assert len(repeated) == len(headed) - 1, "only the names and texts of the method have no headings"
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) > 5
    assert all(one.get("descr") for one in pictures)


def _texts(content: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    yield from (one.text for one in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def test_pdf_and_docx_say_the_same(files: dict[tuple[str, str], bytes]) -> None:
    for language in ("vi", "en"):
        pdf = "".join("".join(_pages(files["pdf", language])).split())
        missing = [text for text in _texts(files["docx", language]) if "".join(text.split()) not in pdf]
        assert [text for text in missing if len(text) < 60] == []


def test_the_workbook_has_every_sheet_typed_and_inert(files: dict[tuple[str, str], bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx", "vi"]))
    assert book.sheetnames == [
        "Tổng hợp",
        "Biểu đồ",
        "Yếu tố",
        "Tiêu chí",
        "Theo tháng",
        "Xếp hạng",
        "Phân bố mức",
        "So sánh kỳ",
        "So sánh nhóm",
        "Phương pháp",
        "Từ điển dữ liệu",
    ]
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)
    assert book["Tổng hợp"]["A3"].value == "00004"
    assert [row[0].value for row in book["Phân bố mức"].iter_rows(min_row=2, max_row=3)] == ["00002", "00002"]
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    with zipfile.ZipFile(io.BytesIO(files["xlsx", "vi"])) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        drawn = [archive.read(name).decode() for name in sorted(charts)]
    assert len(drawn) == 3
    assert "<c:barChart>" in drawn[0]
    assert "Tỷ lệ hài lòng theo yếu tố (%): Thành phố Hà Nội" in drawn[1]
    assert drawn[2].count("<a:pattFill") == 4, "without colours the levels differ too"
    target = drawn[0].partition("<c:lineChart>")[2].partition("</c:lineChart>")[0]
    assert "Mục tiêu" in target, "the target is a line"


def test_long_tables_are_printed_for_the_unit_alone_and_say_so(files: dict[tuple[str, str], bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx", "vi"]))
    for name, lines in (("Yếu tố", 5), ("Tiêu chí", 2), ("Phân bố mức", 2)):
        sheet = book[name]
        assert sheet.max_row > lines + 1
        assert str(sheet.print_area).endswith(f"${lines + 1}")
        assert "chỉ in phần của Thành phố Hà Nội" in _around(sheet)
    assert not book["Tổng hợp"].print_area
    for each in book.worksheets[:-1]:
        assert "Tỷ lệ hài lòng – Thành phố Hà Nội 01/2026 – 12/2026" in _around(each)


def _around(sheet: Any) -> str:
    """What is printed above and below a sheet."""
    return " ".join(str(part.text) for part in (sheet.oddHeader.left, sheet.oddHeader.right, sheet.oddFooter.left))


def test_every_chart_of_many_units_says_which_they_are() -> None:
    small = reports.report()
    below = tuple(reports.unit(number, f"Phường {number}", 0) for number in range(4, 34))
    report = replace(small, figures=ReportFigures(small.figures.own, below))
    content = report_files.content(report, "xlsx", process.speaker("vi"), "vi")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]
    assert "dòng 1–25 trong 31 của bảng Tổng hợp" in charts[0]
    assert "dòng 26–31 trong 31 của bảng Tổng hợp" in charts[1]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["So sánh kỳ"]
    assert sheet["A2"].value == "Không có số liệu kỳ trước: số liệu đã chốt chỉ gồm kỳ được chốt."


def test_the_pictures_come_in_an_archive(files: dict[tuple[str, str], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["zip", "vi"])) as archive:
        names = {name.partition("-")[0] for name in archive.namelist()}
        assert all(archive.read(name).startswith(b"\x89PNG") for name in archive.namelist())
    assert names == {"overview", "factors", "items", "levels", "trend", "heatmap", "funnel", "coverage"}


def test_the_same_report_gives_the_same_bytes(files: dict[tuple[str, str], bytes]) -> None:
    for fmt in report_files.FORMATS:
        assert report_files.content(reports.report(), fmt, process.speaker("vi"), "vi") == files[fmt, "vi"], fmt
