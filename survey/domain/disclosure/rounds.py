"""When answers are taken up: every night, all the time, or because the operator says so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from survey.domain.disclosure.lots import Terms
from survey.domain.periods import Month, Period, local_day

QUARTER = 3  # months
REVIEW = timedelta(days=14)  # after a month is over inspectors have so long to decide on its flagged answers


@dataclass(frozen=True, slots=True)
class Round:
    """One round of releasing: the moment, the last day whose answers are taken, the terms of lots, and the year.

    What small units still hold from years before that one is pooled over the units above them. Of the days `in_review`
    flagged answers wait for a decision: what is in a lot is never taken out of it again.
    """

    moment: datetime
    until: date
    terms: Terms
    year: int
    in_review: Period | None = None

    @property
    def open_quarter(self) -> Period:
        """The first quarter that is not over."""
        return quarter(self.terms.open_from.first)


def quarter(day: date) -> Period:
    """The quarter of a day."""
    month = Month.of(day)
    first = Month(month.year, month.number - (month.number - 1) % QUARTER)
    return Period(first.first, first.plus(QUARTER - 1).last)


def nightly(now: datetime, minimum: int) -> Round:
    """The answers of days before today. This month's small channels wait until they are enough or it is over, and its
    flagged answers until inspectors had their time.
    """
    today = local_day(now)
    in_review = Period(Month.of(today - REVIEW).first, today)
    return Round(now, today - timedelta(days=1), Terms(minimum, Month.of(today)), today.year, in_review)


def continuous(now: datetime, minimum: int) -> Round:
    """Today's answers too, and this month's small channels together: for development, where one wants to see them."""
    today = local_day(now)
    return Round(now, today, Terms(minimum, Month.of(today), mixed=True), today.year)


def everything(now: datetime, minimum: int) -> Round:
    """All that may be: this month is treated as if it were over."""
    today = local_day(now)
    return Round(now, today, Terms(minimum, Month.of(today).plus(1), mixed=True), today.year)
