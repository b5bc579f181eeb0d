"""Periods that have a name of their own and are frozen as a whole: a month, a quarter, a year."""

import re
from dataclasses import dataclass
from datetime import date

from survey.domain.periods import FIRST_YEAR, LAST_YEAR, Month, Period, PeriodError

QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A month 2026-10, a quarter 2026-Q3 or a year 2026, with its days."""

    name: str
    period: Period


def named(text: str) -> NamedPeriod:
    """The period with this name; raises PeriodError "period_unnamed" for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", text.strip(), re.ASCII)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise PeriodError("period_unnamed", text)
    year, month, quarter = int(match[1]), int(match[2] or 1), int(match[3] or 0)
    if not 1 <= month <= 12:
        raise PeriodError("period_unnamed", text)
    if match[2]:
        first, length = month, 1
    elif quarter:
        first, length = QUARTER * (quarter - 1) + 1, QUARTER
    else:
        first, length = 1, 12
    start = Month(year, first)
    return NamedPeriod(text.strip(), Period(start.first, start.plus(length - 1).last))


def name_of(period: Period) -> str | None:
    """The name of a period that is a whole month, quarter or year; None for any other."""
    first, last = Month.of(period.start), Month.of(period.end)
    candidates = (str(first), f"{first.year:04}-Q{(first.number - 1) // QUARTER + 1}", f"{first.year:04}")
    return next((name for name in candidates if named(name).period == period and first.year == last.year), None)


def over(today: date, months: int) -> tuple[NamedPeriod, ...]:
    """Every named period that ended within so many months before today, newest first; longer ones first of equals."""
    newest = Month.of(today).plus(-1)
    found = []
    for back in range(months):
        month = newest.plus(-back)
        if month.number == 12:
            found.append(named(f"{month.year:04}"))
        if month.number % QUARTER == 0:
            found.append(named(f"{month.year:04}-Q{month.number // QUARTER}"))
        found.append(named(str(month)))
    return tuple(found)
