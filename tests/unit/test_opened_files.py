"""Files opened with the program that offices have: LibreOffice makes pages of them, and every word stands on them.

Each text of a cell must be found whole: of a text that does not fit, LibreOffice prints nothing but what is seen. And
no two texts may lie on each other.
"""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
import xlsxwriter
from docx.table import _Cell

from survey.reports import process, report_files
from tests.support import reports

pytestmark = pytest.mark.xdist_group("opened files")
NAMES = ("=1+1", " +2", "-3+4", "@SUM(A1)", "a;=1+1", reports.LONG)
TOUCHING = 3.0  # points by which boxes of neighbours may overlap: Ẩ reaches into the line above it
PICTURES = "Biểu đồ"  # a sheet of charts, whose slanted texts have no upright boxes


@dataclass(frozen=True)
class Page:
    """The words of a page without spaces, and pairs of texts that lie on each other or beyond its edge."""

    words: str
    clashes: tuple[str, ...]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The workbook and the letter of a report whose names are formulas, and a workbook with a text cut on purpose."""
    report = reports.report(NAMES)
    files = {
        f"report.{fmt}": report_files.content(report, fmt, process.speaker("vi"), "vi") for fmt in ("xlsx", "docx")
    }
    return {**files, "cut.xlsx": _cut()}


@pytest.fixture(scope="module")
def opened(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    office = shutil.which("soffice")
    if office is None:
        reason = "LibreOffice is not installed: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("opened")
    for name, content in made.items():
        folder.joinpath(name.replace(".", "-") + Path(name).suffix).write_bytes(content)
    call = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    given = sorted(str(path) for path in folder.glob("*.*x"))
    subprocess.run([*call, "--outdir", str(folder), *given], check=True, capture_output=True, timeout=240)
    return {name: list(_pages(folder / f"{name.replace('.', '-')}.pdf")) for name in made}


def _cut() -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet, wrapped = book.add_worksheet(), book.add_format({"text_wrap": True, "valign": "top"})
    for row in range(2):
        sheet.set_row(row, 15)
        sheet.write_string(row, 0, reports.LONG, wrapped)
    book.close()
    return output.getvalue()


def _pages(path: Path) -> Iterator[Page]:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            found = [text.get_text_bounded(*box).strip() for box in boxes]
            yield Page(_plain(text.get_text_bounded()), tuple(_clashes(boxes, found, page.get_size())))


def _clashes(boxes: list[tuple[float, ...]], texts: list[str], size: tuple[float, float]) -> Iterator[str]:
    for at, (left, bottom, right, top) in enumerate(boxes):
        if min(left, bottom) < 0 or right > size[0] or top > size[1]:
            yield f"{texts[at]} beyond the edge"
        for other in range(at + 1, len(boxes)):
            x, y, far, high = boxes[other]
            if min(right, far) - max(left, x) > TOUCHING and min(top, high) - max(bottom, y) > TOUCHING:
                yield f"{texts[at]} on {texts[other]}"


def _plain(text: str) -> str:
    """Without spaces, breaks and the hyphens of broken words, which stand where a line ended."""
    return re.sub(r"[\s\u00a0\ufffe\u0002\u00ad]+", "", text)


def _cells(content: bytes) -> Iterator[tuple[str, str]]:
    """Name of the sheet and text of each cell that is printed."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        last = int(str(sheet.print_area).rpartition("$")[2]) if sheet.print_area else sheet.max_row
        for line in sheet.iter_rows(max_row=last):
            yield from ((sheet.title, cell.value) for cell in line if isinstance(cell.value, str))


def test_the_workbook_opens_with_every_text_whole(made: dict[str, bytes], opened: dict[str, list[Page]]) -> None:
    said = "".join(page.words for page in opened["report.xlsx"])
    cells = list(_cells(made["report.xlsx"]))
    assert len(cells) > 300
    assert [(sheet, text) for sheet, text in cells if _plain(text) not in said] == []
    assert "###" not in said
    assert "#NAME" not in said
    assert "Err:" not in said
    assert "00004" in said


def test_the_letter_opens_with_every_text_whole(made: dict[str, bytes], opened: dict[str, list[Page]]) -> None:
    said = "".join(page.words for page in opened["report.docx"])
    document = docx.Document(io.BytesIO(made["report.docx"]))
    texts = [one.text for one in document.paragraphs]
    texts += [_Cell(cell, table).text for table in document.tables for row in table._tbl.tr_lst for cell in row.tc_lst]
    assert len(texts) > 200
    assert [text for text in texts if _plain(text) not in said] == []
    assert f"Trang1/{len(opened['report.docx'])}" in said, "Word's own fields are filled in"


@pytest.mark.parametrize("name", ["report.xlsx", "report.docx"])
def test_no_text_is_cut(opened: dict[str, list[Page]], name: str) -> None:
    pages = [page for page in opened[name] if _plain(PICTURES) not in page.words]
    assert len(pages) > 5
    assert [page.clashes for page in pages if page.clashes] == []


def test_a_text_that_is_cut_would_be_found(opened: dict[str, list[Page]]) -> None:
    assert _plain(reports.LONG) not in opened["cut.xlsx"][0].words


def test_no_formula_was_worked_out(opened: dict[str, list[Page]]) -> None:
    said = "".join(page.words for page in opened["report.xlsx"])
    for name in ("'=1+1", "'+2", "'-3+4", "'@SUM(A1)", "a;'=1+1"):
        assert name in said
