"""When factors, items and procedures of lots are told (METHOD §6), by small tables; the minimum is 10."""

import pytest

from survey.domain.disclosure import company, groups
from survey.domain.disclosure.company import Beside


@pytest.mark.parametrize(
    ("lots", "expected"),
    [
        ([(10, 10)], [[0]]),
        ([(12, 0)], [[0]]),  # nobody answered the second part: nothing to hide
        ([(12, 3)], []),  # the sum minus the first would be three people
        ([(12, 3), (15, 4), (11, 3)], [[0, 1, 2]]),  # three lots together hide ten people in the second part
        ([(12, 3), (15, 20)], [[0, 1]]),
        ([(15, 20), (12, 3)], [[0]]),  # the later lot waits
        ([(9, 9), (12, 12)], [[1]]),  # no part stands for the first lot
        ([(12, 4), (4, 12), (12, 7)], [[0, 2]]),  # the second lot has another anchor
    ],
)
def test_parts_are_told_in_groups(lots: list[tuple[int, int]], expected: list[list[int]]) -> None:
    assert groups.told(lots, 10) == expected


def test_company_is_a_third_of_a_lot_from_the_smallest_procedures() -> None:
    sizes = {"birth": 12, "land": 6, "seal": 3}
    assert company.companions(sizes, without=0) == {"seal", "land"}
    assert company.companions(sizes, without=9) == {"seal"}
    assert company.companions(sizes, without=30) == frozenset()
    assert company.companions({"birth": 12}, without=0) == {"birth"}


FACTORS = [(0, 1), (2,)]


def beside(own: tuple[int, int, int], others: tuple[int, int, int]) -> Beside:
    return Beside(own, others)


def test_a_block_needs_as_many_companions_as_people() -> None:
    full = beside((10, 10, 10), (10, 10, 10))
    found = company.block([full], FACTORS, 10)
    assert found is not None
    assert (found.lots, sorted(found.factors)) == (1, [0, 1])
    assert company.block([beside((30, 30, 30), (9, 9, 9))], FACTORS, 10) is None
    assert company.block([beside((9, 9, 9), (30, 30, 30))], FACTORS, 10) is None


def test_pairs_are_counted_lot_by_lot() -> None:
    """Ten of the one kind in one lot and ten of the other in another keep nobody company."""
    lots = [beside((9, 9, 9), (1, 1, 1)), beside((1, 1, 1), (9, 9, 9))]
    assert company.block(lots, FACTORS, 10) is None
    again = company.block([*lots, beside((8, 8, 8), (8, 8, 8))], FACTORS, 10)
    assert again is not None
    assert again.lots == 3


def test_a_factor_needs_an_item_with_company_and_items_are_told_together() -> None:
    some = company.block([beside((20, 4, 20), (20, 4, 20))], FACTORS, 10)
    assert some is not None
    assert some.factors == {1}  # of the first factor one item has too little company: its sum alone is told
    assert company.block([beside((20, 4, 9), (20, 4, 20))], FACTORS, 10) is None
    unasked = company.block([beside((20, 0, 0), (20, 4, 20))], FACTORS, 10)
    assert unasked is not None
    assert unasked.factors == {0}
