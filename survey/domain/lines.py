"""The values of one imported line: each read once, each complaint kept, so that all of them can be told together."""

import re
from datetime import date
from decimal import Decimal

from survey.domain import names
from survey.domain.problems import Problem
from survey.domain.tables import Line, at

UNIT_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")  # stands in addresses: no slash, no space
# METHOD §8: the national number, then perhaps a local tail such as .000.00.00.H56.
PROCEDURE_CODE = re.compile(r"(?=.{8,32}\Z)[1-3]\.[0-9]{6}(?:\.[0-9A-Z]+)*")
KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
POSITION = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")


class Reader:
    """Takes values out of a line; what cannot be taken becomes a problem and an empty value."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.problems: list[Problem] = []

    def complain(self, code: str, **values: str | int) -> None:
        self.problems.append(Problem(at(self.line.number), code, values))

    def name(self, column: str, limit: int) -> str:
        """A required name: normal form, tone on the right letter, at most `limit` characters."""
        value = names.well_placed(names.normal(self.line.cells[column]))
        if not value:
            self.complain("empty", column=column)
        elif len(value) > limit:
            self.complain("too_long", column=column, limit=limit, length=len(value))
        return value

    def code(self, column: str, pattern: re.Pattern[str], complaint: str) -> str:
        """A required code that the whole pattern matches."""
        value = names.normal(self.line.cells[column])
        if not value:
            self.complain("empty", column=column)
        elif not pattern.fullmatch(value):
            self.complain(complaint, column=column, value=value)
        return value

    def optional_code(self, column: str, pattern: re.Pattern[str], complaint: str) -> str:
        """A code, or "" for an empty cell."""
        return self.code(column, pattern, complaint) if self.line.cells[column].strip() else ""

    def codes(self, column: str) -> tuple[str, ...]:
        """Any number of unit codes, between semicolons, commas or spaces, each once, sorted."""
        return tuple(sorted({code for code in re.split(r"[;,\s]+", self.line.cells[column]) if code}))

    def day(self, column: str) -> date | None:
        """A day as 2025-07-01, or None for an empty cell."""
        value = self.line.cells[column].strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value if _DATE.fullmatch(value) else "")
        except ValueError:
            self.complain("date_bad", column=column, value=value)
            return None

    def decimal(self, column: str, limit: int) -> Decimal:
        """A number from 0 to `limit` with at most two decimals, after a point or a comma."""
        value = self.line.cells[column].strip()
        number = Decimal(value.replace(",", ".")) if _DECIMAL.fullmatch(value) else None
        if number is None or number > limit:
            self.complain("number_bad", column=column, value=value, limit=limit)
            return Decimal(0)
        return number

    def count(self, column: str, limit: int) -> int:
        """A whole number from 0 to `limit`."""
        value = self.line.cells[column].strip()
        if not _COUNT.fullmatch(value) or int(value) > limit:
            self.complain("count_bad", column=column, value=value, limit=limit)
            return 0
        return int(value)
