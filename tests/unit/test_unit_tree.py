"""What a search among units finds first: what is spelt as it was typed."""

import pytest

from survey.domain.units import Unit, UnitKind
from survey.web.admin import unit_tree

NAMES = ("Sở Văn hóa", "Phường Hoàn Kiếm", "Xã Hòa Lạc", "Xã Hoa Lư")
UNITS = tuple(
    Unit(number, f"0{number}", name, UnitKind.COMMUNE, (number,), None, None, name) for number, name in enumerate(NAMES)
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Hòa", ["Xã Hòa Lạc", "Sở Văn hóa", "Xã Hoa Lư", "Phường Hoàn Kiếm"]),
        ("HOÀ", ["Xã Hòa Lạc", "Sở Văn hóa", "Xã Hoa Lư", "Phường Hoàn Kiếm"]),
        ("hoa", ["Xã Hoa Lư", "Sở Văn hóa", "Xã Hòa Lạc", "Phường Hoàn Kiếm"]),
        ("lac hoa", ["Xã Hòa Lạc"]),
        ("02", ["Xã Hòa Lạc"]),
    ],
)
def test_what_is_spelt_as_typed_comes_first(typed: str, found: list[str]) -> None:
    assert [hit.unit.name for hit in unit_tree.search(UNITS, typed)] == found
