"""Tables as XLSX, read back with another library and held against the CSV, cell by cell."""

import csv
import io
import math
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell

from survey.domain.disclosure import COMPLETE, Minimums
from survey.domain.figures import Beside, Figure, Scope
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.domain.questionnaire import Text
from survey.domain.selections import Selection
from survey.reports import csv_files, workbook
from survey.reports.rows import RatesBook
from survey.wording.reports import COLUMNS
from tests.support import samples
from tests.unit.test_csv_files import vietnamese

HEADINGS = {heading: code for code, (heading, _) in COLUMNS.items()}
CUT_OFF = datetime(2026, 11, 24, 2, 3, 4, tzinfo=UTC)
INTEGERS = {"respondents", "answers", "c1", "c2", "c3", "c4", "c5"}
PERCENTS = {"rate", "low", "high", "target"}
WORDS = {"met": "Đạt", "not_met": "Chưa đạt", "undecided": "Chưa đủ căn cứ"}


def _figures() -> tuple[Figure, ...]:
    items = [
        samples.part(samples.unit(), f"A{number}", Text("@Câu hỏi?", "Question?"), counts, Scope.ITEM)
        for number, counts in enumerate(samples.SPREAD, 1)
    ]
    month = samples.overall(samples.unit(), (1, 2, 3, 40, 50), month=Month(2026, 8), provisional=True)
    return (*samples.overview(), *samples.factors(), *items, month)


def _book(figures: tuple[Figure, ...] | None = None) -> RatesBook:
    selection = Selection(samples.version(), Period(date(2026, 1, 1), date(2026, 12, 31)), Channel.KIOSK, "1.001193")
    given = _figures() if figures is None else figures
    beside = Beside(Decimal("81.25"), None, Decimal("97.00"))
    return RatesBook("Tỷ lệ hài lòng", selection, given, CUT_OFF, Minimums(), beside)


def _open(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def opened() -> Workbook:
    return _open(workbook.rates(_book(), vietnamese, "vi"))


def test_a_sheet_a_scope_and_the_method(opened: Workbook) -> None:
    assert opened.sheetnames == ["Tổng hợp", "Yếu tố", "Tiêu chí", "Theo tháng", "Phương pháp", "Từ điển dữ liệu"]


def test_sheets_without_rows_are_left_out_but_one_table_remains() -> None:
    assert _open(workbook.rates(_book(samples.factors()), vietnamese, "vi")).sheetnames == [
        "Yếu tố",
        "Phương pháp",
        "Từ điển dữ liệu",
    ]
    assert _open(workbook.rates(_book(()), vietnamese, "vi")).sheetnames == [
        "Tổng hợp",
        "Phương pháp",
        "Từ điển dữ liệu",
    ]


def test_every_cell_says_what_the_csv_says(opened: Workbook) -> None:
    text = csv_files.rates(_figures(), vietnamese, "vi").decode("utf-8-sig")
    rows = iter(csv.DictReader(io.StringIO(text)))
    for name in opened.sheetnames[:-2]:
        sheet = opened[name]
        columns = [HEADINGS[str(cell.value)] for cell in sheet[1]]
        for line in sheet.iter_rows(min_row=2):
            expected = next(rows)
            for column, cell in zip(columns, line, strict=True):
                _same(column, cell, expected[column])
    assert next(rows, None) is None


def _same(column: str, cell: SheetCell | MergedCell, expected: str) -> None:
    if expected == "":
        assert cell.value is None
    elif column in INTEGERS | PERCENTS:
        assert cell.data_type == "n"
        assert Decimal(str(cell.value)) == Decimal(expected)
        assert cell.number_format == ("#,##0" if column in INTEGERS else "0.00")
    else:
        assert cell.data_type == "s"
        if column == "note":
            expected = "; ".join(part.partition(": ")[2] for part in expected.split("; "))
            expected = expected[0].upper() + expected[1:]
        assert cell.value == WORDS.get(expected, expected)
        assert cell.number_format == "@"


def test_nothing_is_a_formula_or_a_link(opened: Workbook) -> None:
    cells = [cell for sheet in opened for line in sheet.iter_rows() for cell in line]
    assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in cells)
    assert "'" + samples.EVIL_NAME in {cell.value for cell in cells}
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells)


def test_codes_are_texts_with_their_zeros(opened: Workbook) -> None:
    assert [cell.value for cell in opened["Tổng hợp"]["A"]][1:] == ["00004", "00005", "00006", "00007", "00008"]


def test_tables_can_be_read_and_printed(opened: Workbook) -> None:
    for sheet in opened.worksheets[:-2]:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_long_texts_of_the_method_have_rows_tall_enough_to_be_read() -> None:
    opened = _open(workbook.rates(_book(), vietnamese, "vi"))
    for name in ("Phương pháp", "Từ điển dữ liệu"):
        sheet = opened[name]
        widths = [sheet.column_dimensions[column].width for column in "AB"]
        for number, texts in enumerate(sheet.iter_rows(max_col=2, values_only=True), 1):
            lines = max(math.ceil(len(str(text)) / width) for text, width in zip(texts, widths, strict=True))
            assert (sheet.row_dimensions[number].height or 15) >= 15 * lines, texts


def _method(book: RatesBook) -> dict[str, str]:
    opened = _open(workbook.rates(book, vietnamese, "vi"))
    lines = [line for name in ("Phương pháp", "Từ điển dữ liệu") for line in opened[name].iter_rows(max_col=2)]
    return {str(name.value): str(text.value) for name, text in lines}


def test_the_method_says_all_that_the_figures_rest_on() -> None:
    said = _method(_book())
    assert said["Cách tính"] == "Tính theo cách tính SIPAS; không phải chỉ số SIPAS do Bộ Nội vụ công bố."
    assert said["Mẫu phiếu"] == "sipas-2024@1 – Phiếu khảo sát"
    assert said["Mã băm SHA-256 của mẫu phiếu"] == "ab" * 32
    assert said["Kỳ số liệu"] == "01/01/2026 – 31/12/2026"
    assert said["Số liệu tính đến"] == "24/11/2026 09:03:04 (giờ Việt Nam)"
    assert said["Kênh"] == "Máy khảo sát tại quầy"
    assert said["Thủ tục"] == "1.001193"
    assert said["Phiếu bị tạm loại"] == "Không tính phiếu bị tạm loại"
    assert said["Công thức"].startswith("Tỷ lệ = (c4 + c5) ÷ n × 100")
    assert "1,959964" in said["Khoảng tin cậy"]
    assert "ít nhất 30 phiếu và xác suất nhị thức một phía không quá 2,5%;" in said["Kết luận so với mục tiêu"]
    assert said["Ngưỡng nêu số"].startswith("Dưới 10 phiếu thì không nêu số")
    assert "tự chọn" in said["Lưu ý"]
    assert said["Trung bình cộng tỷ lệ các yếu tố"] == "81,25%"
    assert "Trung bình cộng tỷ lệ các tiêu chí" not in said
    assert said["rate – Tỷ lệ hài lòng (%)"].startswith("Tỷ lệ câu trả lời ở mức 4 và 5")


def test_the_method_of_complete_figures_says_that_they_are_not_for_publishing() -> None:
    assert "không công bố" in _method(replace(_book(), minimums=COMPLETE))["Ngưỡng nêu số"]


def test_the_same_book_gives_the_same_bytes() -> None:
    first, second = (workbook.rates(_book(), vietnamese, "vi") for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        assert b"2026-11-24T02:03:04Z" in archive.read("docProps/core.xml")
