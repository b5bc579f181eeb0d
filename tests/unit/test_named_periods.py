"""Periods that are frozen as a whole: their names, their days, and which of them are over."""

from datetime import date

import pytest

from survey.domain import named_periods
from survey.domain.periods import Period, PeriodError

KNOWN = {
    "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
    "2028-02": (date(2028, 2, 1), date(2028, 2, 29)),
    "2026-Q1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
}


@pytest.mark.parametrize(("name", "days"), KNOWN.items())
def test_a_name_stands_for_its_days_and_the_days_for_their_name(name: str, days: tuple[date, date]) -> None:
    period = Period(*days)
    assert named_periods.named(name).period == period
    assert named_periods.name_of(period) == name


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "26", "2026-1", "1999", "２０２６", "2026-10-01"]
)
def test_nothing_else_is_a_name(text: str) -> None:
    with pytest.raises(PeriodError, match="period_unnamed"):
        named_periods.named(text)


def test_other_spans_have_no_name() -> None:
    for start, end in ((date(2026, 1, 1), date(2026, 2, 28)), (date(2025, 12, 1), date(2026, 11, 30))):
        assert named_periods.name_of(Period(start, end)) is None
    assert named_periods.name_of(Period(date(2026, 10, 2), date(2026, 10, 31))) is None


def test_only_periods_that_are_over_are_offered() -> None:
    found = named_periods.over(date(2026, 11, 24), 14)
    assert [each.name for each in found[:4]] == ["2026-10", "2026-Q3", "2026-09", "2026-08"]
    assert "2025" in [each.name for each in found]
    assert all(each.period.end < date(2026, 11, 24) for each in found)
