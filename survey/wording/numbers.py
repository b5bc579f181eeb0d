"""Numbers and dates as readers write them: decimal comma and dd/mm/yyyy in Vietnamese."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from survey.domain.periods import VIETNAM, Month


def percent(value: Decimal, language: str) -> str:
    """A percentage with two decimals: 83,94% in Vietnamese, 83.94% in English. Takes percents, not shares."""
    return f"{decimal(value, language)}%"


def decimal(value: Decimal, language: str) -> str:
    """A number with two decimals."""
    return f"{value:,.2f}".translate(_separators(language))


def signed(value: Decimal, language: str) -> str:
    """A difference with two decimals and its sign: +3,21 or −1,20."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{decimal(abs(value), language)}"


def integer(value: int, language: str) -> str:
    """A whole number with the language's thousands separator: 20.000 in Vietnamese."""
    return f"{value:,}".translate(_separators(language))


@cache
def _separators(language: str) -> dict[int, str]:
    """Python's comma and point to those of the language. A page writes a thousand numbers: Babel reads its pattern
    anew for each.
    """
    return {ord(","): get_group_symbol(language), ord("."): get_decimal_symbol(language)}


def day(value: date) -> str:
    """A day as dd/mm/yyyy, in both languages: the readers are in Vietnam."""
    return f"{value:%d/%m/%Y}"


def month(value: Month) -> str:
    """A month as mm/yyyy."""
    return f"{value.number:02}/{value.year}"


def moment(value: datetime) -> str:
    """A moment as dd/mm/yyyy HH:MM, Vietnam's time."""
    return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
