"""Shifts (METHOD §6): when a later decision may be told, and which groups of lots can follow it."""

from datetime import date
from uuid import UUID

import pytest

from survey.domain.disclosure import company
from survey.domain.disclosure.shifts import Group, Person, Shift, beside, settle, whole_lots
from survey.domain.periods import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
AUTUMN = Period(date(2026, 10, 1), date(2026, 11, 30))
FACTORS = ((0,), (1, 2))
ALL = frozenset({0, 1, 2})


def people(
    due: int,
    staying: int,
    lot: int = 1,
    block: str | None = None,
    shift: int | None = None,
    items: frozenset[int] = ALL,
) -> list[Person]:
    return [
        Person((7, UUID(int=number)), lot, block, shift, number < due, items) for number in range(due + staying)
    ]  # fmt: skip


def told(*given: list[Person]) -> frozenset[int] | None:
    return company.together(beside([person for some in given for person in some], 3), FACTORS, 10)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([people(10, 10)], True),
        ([people(9, 30)], False),
        ([people(30, 9)], False),  # those who stay would be told
        ([people(4, 6, lot=1), people(6, 9, lot=2)], True),  # few of each lot, together ten
        ([people(20, 0, lot=1), people(0, 20, lot=2)], False),  # none of the pairs is in one lot
        ([people(10, 0, block="1.001193"), people(0, 10)], False),  # a block told them apart already
        ([people(5, 5, block="1.001193"), people(5, 5)], True),
    ],
)
def test_a_shift_needs_ten_pairs_of_whom_all_else_says_the_same(given: list[list[Person]], expected: bool) -> None:
    assert (told(*given) is not None) is expected


def test_items_are_told_where_all_of_a_factor_have_pairs_and_a_factor_without_pairs_holds_all_back() -> None:
    rare, first = frozenset({0, 1, 2}), frozenset({0, 1})
    assert told(people(10, 10)) == frozenset({0, 1})
    assert told(people(10, 10, items=first), people(2, 2, items=rare)) == frozenset({0})
    assert told(people(10, 10, items=frozenset({0})), people(2, 2, items=rare)) is None


def test_a_lot_changes_sides_as_it_is_when_all_do_and_nobody_did_before() -> None:
    everybody = [*people(12, 0, lot=1), *people(11, 1, lot=2), *people(12, 0, lot=3, shift=9)]
    assert whole_lots(everybody) == {1}


def group(number: int, *lots: int, span: Period = OCTOBER, mixed: bool = False) -> Group:
    return Group(number, frozenset(lots), span, mixed)


def shift(number: int, *lots: int, sign: int = -1, told: bool = True) -> Shift:
    return Shift(number, frozenset(lots), sign, told)


def test_a_layer_follows_a_shift_that_its_groups_hold_whole() -> None:
    found = settle([shift(1, 5, 6)], [group(10, 5), group(11, 6, 7), group(12, 8)])
    assert (found.counted, found.apart) == ({1: OCTOBER}, frozenset())
    assert settle([shift(1, 5)], [group(10, 5, 6, span=AUTUMN)]).counted == {1: AUTUMN}


@pytest.mark.parametrize(
    "groups",
    [
        [group(10, 5)],  # of lot 6 nothing is told yet
        [group(10, 5), group(11, 6, span=AUTUMN)],  # October alone would have one and not the other
        [group(10, 5), group(11, 6, 7, mixed=True)],
    ],
)
def test_else_the_groups_stay_out_until_they_can(groups: list[Group]) -> None:
    found = settle([shift(1, 5, 6)], groups)
    assert (found.counted, found.apart) == ({}, frozenset(each.id for each in groups))
    assert settle([shift(1, 5, 6, sign=0)], groups).apart == frozenset(), "back where they were"


def test_what_stays_out_keeps_other_shifts_of_its_lots_out_too() -> None:
    found = settle(
        [shift(1, 5, 6), shift(2, 6, 7, told=False)], [group(10, 5), group(11, 6), group(12, 7), group(13, 8)]
    )
    assert (found.counted, found.apart) == ({}, frozenset({10, 11, 12}))
