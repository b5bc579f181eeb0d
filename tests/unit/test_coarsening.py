"""What rows of single responses may say of where they come from."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.domain.coarsening import BLANK, Block, Key, Lot, Shift, blanked, names, quarter
from survey.domain.periods import Month, Period

MINIMUM = 10
AUGUST = Period(date(2026, 8, 1), date(2026, 8, 31))
LOT = Lot(AUGUST, "00004", "sipas-2024@1", "kiosk", False, False, 20)
KEY = Key("2026-08", "00004", "sipas-2024@1", "kiosk", "false", "", "false")
PROCEDURE = "1.001193"

spans = st.tuples(st.integers(1, 12), st.integers(0, 11)).map(
    lambda pair: Period(Month(2026, pair[0]).first, Month(2026, min(12, pair[0] + pair[1])).last)
)
lots = st.builds(
    Lot,
    span=spans,
    unit_code=st.sampled_from(["00004", "00008", None]),
    questionnaire=st.sampled_from(["sipas-2024@1", "quick@1"]),
    channel=st.sampled_from(["kiosk", "poster", None]),
    assisted=st.sampled_from([True, False, None]),
    quarantined=st.booleans(),
    rows=st.integers(10, 40),
)
numbered = st.dictionaries(st.integers(1, 30), lots, max_size=15)


@given(numbered, st.integers(1, 200))
def test_every_key_is_shared_by_enough_rows_unless_the_questionnaire_has_fewer(
    found: dict[int, Lot], minimum: int
) -> None:
    named, totals = names(found, [], minimum), Counter[str]()
    sizes = Counter[Key]()
    for number, lot in found.items():
        sizes[named[number, BLANK]] += lot.rows
        totals[lot.questionnaire] += lot.rows
    assert all(size >= min(minimum, totals[key.questionnaire]) for key, size in sizes.items())


@given(numbered)
def test_lots_of_enough_rows_all_say_what_is_true_of_the_whole_lot(found: dict[int, Lot]) -> None:
    named = names(found, [], MINIMUM)
    assert named == {(number, BLANK): lot.key for number, lot in found.items()}


@given(numbered)
def test_the_order_of_lots_changes_nothing(found: dict[int, Lot]) -> None:
    assert names(dict(reversed(found.items())), [], 60) == names(found, [], 60)


def test_what_differs_within_a_lot_is_blank() -> None:
    assert LOT.key == KEY
    assert replace(LOT, assisted=None).key == KEY._replace(assisted="")
    assert replace(LOT, channel=None).key == KEY._replace(channel="")
    assert replace(LOT, unit_code=None).key == KEY._replace(unit_code="")
    assert replace(LOT, assisted=True, quarantined=True).key == KEY._replace(assisted="true", quarantined="true")


def test_months_become_their_quarter_or_nothing() -> None:
    assert replace(LOT, span=Period(date(2026, 7, 1), AUGUST.end)).key.month == "2026-Q3"
    assert replace(LOT, span=Period(date(2026, 6, 1), AUGUST.end)).key.month == ""
    assert replace(LOT, span=Period(date(2025, 8, 1), AUGUST.end)).key.month == ""


def test_a_procedure_stands_where_its_block_is_told_in_lots_that_say_the_same() -> None:
    found = {1: LOT, 2: LOT, 3: replace(LOT, channel="poster")}
    block = Block(PROCEDURE, frozenset({1, 2}), 12)
    own = KEY._replace(procedure=PROCEDURE)
    assert names(found, [block], MINIMUM) == {
        (1, BLANK): KEY,
        (2, BLANK): KEY,
        (3, BLANK): KEY._replace(channel="poster"),
        (1, PROCEDURE): own,
        (2, PROCEDURE): own,
    }


def test_a_block_in_lots_that_differ_or_are_not_all_in_the_export_is_not_named() -> None:
    for second in (replace(LOT, channel="poster"), replace(LOT, assisted=None), None):
        found = {1: LOT} | ({2: second} if second else {})
        assert (1, PROCEDURE) not in names(found, [Block(PROCEDURE, frozenset({1, 2}), 12)], MINIMUM)
    # Both are blank in the column of months, but another export has only one of them.
    longer = replace(LOT, span=Period(date(2026, 1, 1), AUGUST.end))
    longest = replace(LOT, span=Period(date(2026, 1, 1), date(2026, 12, 31)))
    block = Block(PROCEDURE, frozenset({1, 2}), 12)
    assert (1, PROCEDURE) not in names({1: longer, 2: longest}, [block], MINIMUM)


def test_too_few_for_a_raised_minimum_take_the_smallest_other_key_with_them() -> None:
    found = {1: LOT, 2: replace(LOT, channel="paper", rows=50), 3: replace(LOT, channel="poster", rows=31)}
    named = names(found, [], 30)
    nothing = Key("", "", "sipas-2024@1", "", "", "", "")
    assert blanked(KEY) == nothing
    assert named == {(1, BLANK): nothing, (2, BLANK): KEY._replace(channel="paper"), (3, BLANK): nothing}


def test_the_quarters_of_a_year() -> None:
    months = [quarter(f"2026-{number:02}") for number in range(1, 13)]
    assert months == [f"2026-Q{number}" for number in (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)]


def test_lots_that_a_later_decision_joins_say_what_is_the_same_in_all_and_no_procedure() -> None:
    """Were one assisted and the other not, its share of the twelve would be told by subtraction."""
    lots = {1: LOT, 2: replace(LOT, assisted=True), 3: LOT}
    blocks = [Block(PROCEDURE, frozenset({1}), 10), Block(PROCEDURE, frozenset({3}), 10)]
    named = names(lots, blocks, MINIMUM, {9: Shift(frozenset({1, 2}), True, 12)})
    joined = KEY._replace(assisted=BLANK)
    assert named == {
        (1, BLANK): joined,
        (2, BLANK): joined,
        (9, BLANK): joined._replace(quarantined="true"),
        (3, BLANK): KEY,
        (3, PROCEDURE): KEY._replace(procedure=PROCEDURE),
    }
