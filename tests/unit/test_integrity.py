"""Counts of harassment and fees: what is hidden cannot be subtracted."""

from itertools import product

import pytest

from survey.domain import integrity
from survey.domain.access import Grant, Role
from survey.domain.integrity import Range
from survey.domain.units import Unit, UnitKind

WARD = Unit(3, "00166", "Phường", UnitKind.COMMUNE, (1, 3), None, None, "")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((40, 5, 3), ((40, 40), (5, 5), (3, 3))),
        ((40, 5, 1), ((39, 41), (5, 5), (0, 2))),
        ((40, 5, 0), ((38, 40), (5, 5), (0, 2))),
        ((34, 1, 0), ((31, 35), (0, 2), (0, 2))),
        ((2, 1, 28), ((0, 2), (0, 2), (27, 31))),
    ],
)
def test_small_counts_and_what_would_tell_them_are_ranges(
    counts: tuple[int, ...], expected: tuple[tuple[int, int], ...]
) -> None:
    found = integrity.shown(dict(zip("abc", counts, strict=True)), 30)
    assert found == {option: Range(*bounds) for option, bounds in zip("abc", expected, strict=True)}


def test_under_thirty_nothing_is_shown() -> None:
    assert integrity.shown({"none": 27, "some": 2}, 30) is None
    assert integrity.shown({"none": 28, "some": 2}, 30) is not None


def test_every_way_to_fill_what_is_hidden_looks_the_same() -> None:
    """Whoever knows the total and all that is shown cannot tell 0, 1 and 2 apart."""
    for total in (30, 31, 47):
        for one, other in product(range(7), repeat=2):
            seen = integrity.shown({"none": total - one - other, "some": one, "many": other}, 30)
            assert seen is not None
            free = [range(3) if count <= 2 else range(count, count + 1) for count in (one, other)]
            for some, many in product(*free):
                none = (total - one - other) + (one - some) + (other - many)
                assert integrity.shown({"none": none, "some": some, "many": many}, 30) == seen


def test_only_who_inspects_a_unit_above_is_above() -> None:
    assert integrity.stands_above([Grant(Role.INSPECTOR, 1)], WARD)
    assert not integrity.stands_above([Grant(Role.INSPECTOR, 3)], WARD)
    assert not integrity.stands_above([Grant(Role.MANAGER, 1), Grant(Role.ADMINISTRATOR, 1)], WARD)
