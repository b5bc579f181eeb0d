"""A tone on the wrong letter of oa, oe, uy is put right, and no rightly written name is touched."""

import csv
import unicodedata

import pytest

from survey.config import ROOT
from survey.domain import names

WRONG = {
    "UBND phường Hòan Kiếm": "UBND phường Hoàn Kiếm",
    "Hòang Mai": "Hoàng Mai",
    "Hòang Liệt": "Hoàng Liệt",
    "Hòai Đức": "Hoài Đức",
    "Đòai Phương": "Đoài Phương",
    "HÒAN KIẾM": "HOÀN KIẾM",
    "Hòằng": "Hòằng",  # two tones: not ours to judge
    "hỏang": "hoảng",
    "kế họach": "kế hoạch",
    "tòan bộ": "toàn bộ",
    "thóat": "thoát",
    "hòăng": "hoằng",
    "khóet": "khoét",
    "ngóeo": "ngoéo",
    "hùynh": "huỳnh",
    "sụyt": "suỵt",
    "khủyu": "khuỷu",
    "qúy": "quý",
    "qủa": "quả",
    "Qùynh": "Quỳnh",
}
RIGHT = [
    "Hòa", "Hoà", "Hóa", "Văn hóa", "Thủy", "Thuỷ", "Của", "Mùa", "Khỏe", "Khoẻ", "Tòa án", "Hoàn Kiếm", "Hoài Đức",
    "Huỳnh", "Nguyễn", "Thụy Khuê", "Quý", "Quỳnh", "Quà", "Tùy chọn", "Hóa-chất", "HòaPhú", "Khuya", "Giá", "Lúa",
    "Buýt", "Cộan", "Sở Văn hóa và Thể thao", "UBND xã Hòa Xá", "UBND phường Yên Hòa", "Góa phụ", "Ứng Hòa", "Đồ gỗ",
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right"), WRONG.items())
def test_a_tone_that_is_wrong_in_both_spellings_moves(wrong: str, right: str) -> None:
    assert names.well_placed(wrong) == right
    assert names.well_placed(unicodedata.normalize("NFD", wrong)) == right


@pytest.mark.parametrize("name", RIGHT)
def test_a_rightly_written_name_stays(name: str) -> None:
    assert names.well_placed(name) == name


def test_no_name_of_the_shipped_data_needs_correcting() -> None:
    for file in sorted((ROOT / "survey" / "data").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                assert [names.well_placed(cell) for cell in row] == row


def test_a_search_tells_spellings_apart_but_not_where_the_tone_stands() -> None:
    assert names.spelt("Yên  HOÀ") == names.spelt("yên hòa")
    assert names.spelt("hòa") != names.spelt("hoa") != names.spelt("hóa")
    assert names.spelt("Hòa") in names.spelt("UBND xã Hoà Lạc")
    assert names.spelt("Hòa") not in names.spelt("UBND phường Hoàng Mai")
