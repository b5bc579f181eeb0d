"""Tables as CSV, byte for byte. Intervals were worked out with statsmodels."""

import pytest

from survey.domain.figures import Scope
from survey.domain.periods import Month
from survey.domain.questionnaire import Text
from survey.reports import csv_files
from survey.reports.rows import inert
from tests.support import samples

HEADER = (
    "unit_code,unit_name,questionnaire,scope,key,label,respondents,answers,"
    "c1,c2,c3,c4,c5,rate,low,high,target,verdict,note"
)


def vietnamese(message: str, /, **values: object) -> str:
    return message % values if values else message


def _lines(*lines: str) -> bytes:
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in (HEADER, *lines)).encode()


def test_units_with_every_kind_of_cell() -> None:
    assert csv_files.rates(samples.overview(), vietnamese, "vi") == _lines(
        "00004,Phường Ba Đình,sipas-2024@1,overall,,Chung,200,200,3,12,20,90,75,82.50,76.64,87.14,85.00,undecided,",
        "00005,Xã Mỹ Đức,sipas-2024@1,overall,,Chung,164,164,1,1,2,40,120,97.56,93.90,99.05,85.00,met,",
        "00006,Phường Văn Miếu – Quốc Tử Giám,sipas-2024@1,overall,,Chung,15,15,,,,,,66.67,41.71,84.82,85.00,"
        "undecided,few: ít phiếu",
        "00007,'=cmd|' /C calc'!A0,sipas-2024@1,overall,,Chung,,,,,,,,,,,85.00,,too_few: chưa đủ phiếu",
        "00008,Phường Yên Hoà,sipas-2024@1,overall,,Chung,,,,,,,,,,,85.00,,no_data: chưa có dữ liệu",
    )


def test_factors_items_and_months_in_both_languages() -> None:
    words = Text("Biển hiệu, chỉ dẫn", 'Signs and "directions"')
    figures = [
        samples.part(samples.unit(), "A", words, (0, 0, 0, 10, 30)),
        samples.part(samples.unit(), "A1", words, (0, 0, 0, 10, 30), Scope.ITEM),
        samples.overall(samples.unit(), (0, 0, 1, 2, 3), month=Month(2026, 8), provisional=True),
    ]
    numbers = "40,40,0,0,0,10,30,100.00,91.24,100.00,,,"
    start, withheld = "00004,Phường Ba Đình,sipas-2024@1", ",,,,,,,,,,85.00,,"
    assert csv_files.rates(figures, vietnamese, "vi") == _lines(
        f'{start},factor,A,"Biển hiệu, chỉ dẫn",{numbers}',
        f'{start},item,A1,"Biển hiệu, chỉ dẫn",{numbers}',
        f"{start},overall,2026-08,08/2026,{withheld}too_few: chưa đủ phiếu; provisional: tạm tính",
    )
    english = csv_files.rates(figures, vietnamese, "en").decode("utf-8-sig").splitlines()
    assert english[1] == f'{start},factor,A,"Signs and ""directions""",{numbers}'


def test_no_figures_leave_the_header() -> None:
    assert csv_files.rates((), vietnamese, "vi") == _lines()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    "start", ["＝", "＋", "－", "＠", "﹦", " =", "\u00a0=", "\u3000+", "\ufeff@", "\u200b\u2060-", "\x01="]
)
def test_full_width_signs_and_what_nobody_sees_hide_no_formula(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


def test_a_formula_behind_a_semicolon_begins_no_cell() -> None:
    assert inert("Sở;=1+1") == "Sở;'=1+1"
    assert inert("Ghế; @SUM(A1)\n＝2\n-3") == "Ghế;' @SUM(A1)\n'＝2\n'-3"
    assert inert("Góp ý:\n- ghế cũ\n- chờ lâu; - nóng") == "Góp ý:\n- ghế cũ\n- chờ lâu; - nóng"


@pytest.mark.parametrize("text", ["", "Phường", "1+1", "'quoted'", "00004", "a=b", "Bắc Từ Liêm – Nam Từ Liêm; 2 + 2"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text
