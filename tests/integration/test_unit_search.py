"""Finding a unit as people type its name, on both databases."""

from datetime import date

import pytest
from flask import Flask

from survey.config import ROOT
from survey.domain.catalogue import UNITS
from survey.extensions import reading, writing
from survey.queries.catalogue import search_units
from survey.services import catalogue, sheets

TODAY = date(2026, 11, 24)


@pytest.fixture
def hanoi(app: Flask) -> Flask:
    """An application that knows Hà Nội's units."""
    with writing() as session:
        file = ROOT / "survey" / "data" / "hanoi_units.csv"
        catalogue.import_units(session, sheets.table(file.read_bytes(), UNITS))
    return app


def found(text: str, day: date = TODAY) -> list[str]:
    with reading() as session:
        return [unit.name for unit in search_units(session, text, day)]


def test_names_are_found_as_people_type_them(hanoi: Flask) -> None:
    for typed in (
        "cau giay",
        "Cầu Giấy",
        "CẦU GIẤY",
        "cầu giấy",
        "giay cau",
        " cau  giay ",
        "phuong cau giay",
        "cau gia",
    ):
        assert found(typed) == ["UBND phường Cầu Giấy"], typed


def test_both_tone_placements_find_the_same(hanoi: Flask) -> None:
    yen_hoa = ["UBND phường Yên Hòa"]
    assert found("Yên Hòa") == found("Yên Hoà") == found("yen hoa") == found("Ye\u0302n Hoa\u0300") == yen_hoa
    assert found("Hoà Xá") == found("Hòa Xá")
    assert found("Hoà Xá")[0] == "UBND xã Hòa Xá"


def test_words_are_found_from_their_beginning_only(hanoi: Flask) -> None:
    assert "Sở Khoa học và Công nghệ" not in found("hoa")
    assert "UBND xã Hòa Lạc" in found("hoa")
    assert found("oan kiem") == []


def test_a_closed_unit_is_not_offered_after_its_last_day(hanoi: Flask) -> None:
    assert found("quận Hoàn Kiếm") == []
    assert found("hoan kiem") == ["UBND phường Hoàn Kiếm"]
    assert found("quan hoan kiem", date(2025, 6, 30)) == ["UBND quận Hoàn Kiếm"]


def test_names_with_the_words_in_a_row_come_first(hanoi: Flask) -> None:
    names = found("hoa phu")
    assert names[0] == "UBND xã Hòa Phú"


def test_nothing_is_found_for_nothing(hanoi: Flask) -> None:
    for typed in ("", "  ", "%", "_", "'", "\x00", "không có đơn vị này"):
        assert found(typed) == []
