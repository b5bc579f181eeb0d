"""The one clock of pages, calls and commands; everything below gets the time as an argument."""

from datetime import UTC, date, datetime

from survey.domain.periods import local_day


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam."""
    return local_day(now())
