"""Lots (METHOD §6): what is released together, by small tables. A part is office, month of 2026, channel, answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.domain.disclosure.lots import Kind, Lot, Terms, Waiting, of_unit, pooled
from survey.domain.periods import Month

KIND = Kind(1, whole=True, quarantined=False)
OPEN = Month(2026, 11)
Part = tuple[int, str, int]  # month, channel, answers


def parts(*given: Part, unit: int = 7, kind: Kind = KIND) -> list[Waiting]:
    return [Waiting(unit, kind, Month(2026, month), channel, answers) for month, channel, answers in given]


def told(lots: list[Lot]) -> list[set[Part]]:
    return [{(part.month.number, part.channel, part.answers) for part in lot.parts} for lot in lots]


CASES: list[tuple[str, list[Part], list[set[Part]]]] = [
    ("nine wait", [(3, "kiosk", 9)], []),
    ("ten are a lot", [(3, "kiosk", 10)], [{(3, "kiosk", 10)}]),
    ("months are apart", [(3, "kiosk", 10), (4, "kiosk", 12)], [{(3, "kiosk", 10)}, {(4, "kiosk", 12)}]),
    ("channels are apart", [(3, "kiosk", 30), (3, "poster", 11)], [{(3, "poster", 11)}, {(3, "kiosk", 30)}]),
    (
        "a small channel takes the next smallest with it",
        [(3, "kiosk", 30), (3, "poster", 11), (3, "paper", 4)],
        [{(3, "paper", 4), (3, "poster", 11)}, {(3, "kiosk", 30)}],
    ),
    (
        "small channels that are enough together spare the others",
        [(3, "kiosk", 30), (3, "poster", 6), (3, "paper", 4)],
        [{(3, "paper", 4), (3, "poster", 6)}, {(3, "kiosk", 30)}],
    ),
    ("small months wait for the next ones", [(3, "kiosk", 6), (5, "kiosk", 4)], [{(3, "kiosk", 6), (5, "kiosk", 4)}]),
    (
        "what is left over joins the last run",
        [(3, "kiosk", 6), (4, "kiosk", 5), (5, "kiosk", 3)],
        [{(3, "kiosk", 6), (4, "kiosk", 5), (5, "kiosk", 3)}],
    ),
    ("a large month has its own lot between", [(3, "kiosk", 6), (4, "kiosk", 50)], [{(4, "kiosk", 50)}]),
    ("the open month takes only what is enough", [(11, "kiosk", 10), (11, "poster", 9)], [{(11, "kiosk", 10)}]),
]


@pytest.mark.parametrize(("case", "given_parts", "expected"), CASES, ids=[case for case, _, _ in CASES])
def test_lots_of_a_unit(case: str, given_parts: list[Part], expected: list[set[Part]]) -> None:
    found = told(of_unit(parts(*given_parts), Terms(10, OPEN)))
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))


def test_an_open_month_may_be_mixed_where_it_need_not_wait() -> None:
    waiting = parts((11, "kiosk", 10), (11, "poster", 9), (10, "kiosk", 3))
    assert told(of_unit(waiting, Terms(10, OPEN, mixed=True))) == [{(11, "kiosk", 10), (11, "poster", 9)}]


def test_kinds_never_mix() -> None:
    quarantined, partly = Kind(1, True, True), Kind(1, False, False)
    waiting = [*parts((3, "kiosk", 9)), *parts((3, "kiosk", 9), kind=quarantined), *parts((3, "kiosk", 9), kind=partly)]
    assert of_unit(waiting, Terms(10, OPEN)) == []


def test_a_lot_knows_its_channel_and_its_months() -> None:
    one, two = of_unit(parts((3, "kiosk", 6), (5, "poster", 4), (6, "kiosk", 10)), Terms(10, OPEN))
    channels = {lot.channel: (str(lot.span.start), str(lot.span.end)) for lot in (one, two)}
    assert channels == {None: ("2026-03-01", "2026-05-31"), "kiosk": ("2026-06-01", "2026-06-30")}


PATHS = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 2, 4), 5: (1, 5)}  # a city, its district with two wards, a ward


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({3: 6, 4: 5}, [(2, 11)]),  # two wards in their district
        ({3: 6, 5: 5}, [(1, 11)]),  # too few in the district, enough in the city
        ({3: 6, 4: 3, 5: 9}, [(1, 18)]),
        ({2: 4, 3: 6, 4: 1}, [(2, 11)]),  # the district's own answers are a part of it
        ({3: 6, 4: 6, 5: 9}, [(2, 12)]),  # the other ward waits
        ({3: 9}, []),
    ],
)
def test_small_units_are_pooled_at_the_nearest_unit_above(
    answers: dict[int, int], expected: list[tuple[int, int]]
) -> None:
    waiting = [part for unit, count in answers.items() for part in parts((3, "kiosk", count), unit=unit)]
    assert [(lot.unit_id, lot.answers) for lot in pooled(waiting, PATHS, 2027, 10)] == expected
    assert pooled(waiting, PATHS, 2026, 10) == []  # the year is not over


PART = st.tuples(st.integers(1, 12), st.sampled_from(["kiosk", "poster", "paper"]), st.integers(1, 25))


@given(st.lists(PART, unique_by=lambda part: part[:2], max_size=12), st.booleans())
def test_no_lot_is_too_small_and_nothing_is_in_two(given_parts: list[Part], mixed: bool) -> None:
    lots = of_unit(parts(*given_parts), Terms(10, OPEN, mixed))
    assert all(lot.answers >= 10 for lot in lots)
    placed = [part for lot in lots for part in lot.parts]
    assert len(placed) == len(set(placed))
    over = [part for part in parts(*given_parts) if part.month < OPEN]
    waiting = [part for part in over if part not in placed]
    assert sum(part.answers for part in waiting) < 10, "what could be released does not wait"
