"""Working days of Vietnamese offices: Monday to Friday without the holidays that have a fixed day."""

from datetime import date, timedelta

from survey.domain.periods import Month

SATURDAY = 5
# New Year, Reunification, Labour, National Day. Tết moves with the moon; it holds the first of a month back once in
# several decades, and what is due then comes some days early.
HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)})


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS


def first_working_day(month: Month) -> date:
    """The first day of the month on which offices are open."""
    day = month.first
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
