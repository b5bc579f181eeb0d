"""Days in Vietnam, months, and spans of whole months or days. The clock itself is always an argument."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no daylight saving since 1975
FIRST_YEAR, LAST_YEAR = 2000, 2999


def local_day(moment: datetime) -> date:
    """The calendar day in Vietnam of an aware moment."""
    return moment.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        """The month so many months later, or earlier when negative."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def months(self) -> Iterator[Month]:
        """Every month that the period touches, in order."""
        month, last = Month.of(self.start), Month.of(self.end)
        while month <= last:
            yield month
            month = month.plus(1)

    @property
    def whole_months(self) -> "Period":
        """The smallest span of whole months around this one: what people may see (METHOD §6)."""
        return Period(Month.of(self.start).first, Month.of(self.end).last)

    def overlaps(self, other: "Period") -> bool:
        """Whether both have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def is_open(self, today: date) -> bool:
        """Whether answers of the period may still be given: its figures are provisional."""
        return self.end >= today


class PeriodError(ValueError):
    """A text is no day or month, or a period ends before it starts. `code` names which, `text` what was given."""

    def __init__(self, code: str, text: str) -> None:
        self.code, self.text = code, text
        super().__init__(f"{code}: {text}")


def parse(start: str, end: str) -> Period:
    """A period from two texts, each YYYY-MM or YYYY-MM-DD; a month stands for its first or its last day."""
    first, last = _bounds(start)[0], _bounds(end)[1]
    if last < first:
        raise PeriodError("period_reversed", f"{start} – {end}")
    return Period(first, last)


def _bounds(text: str) -> tuple[date, date]:
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text.strip(), re.ASCII)
    try:
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise ValueError(text)
        month = Month(int(match[1]), int(match[2]))
        day = date(month.year, month.number, int(match[3] or 1))
    except ValueError:
        raise PeriodError("date_invalid", text) from None
    return (day, day) if match[3] else (month.first, month.last)


def year_to(today: date) -> Period:
    """The twelve whole months that end with today's: what pages show when nothing is chosen."""
    month = Month.of(today)
    return Period(month.plus(-11).first, month.last)
