"""Targets that staff set: which values are taken. A unit may ask more of itself than the plan above it, never less."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from survey.domain import names
from survey.domain.lines import KEY
from survey.domain.periods import FIRST_YEAR, LAST_YEAR
from survey.domain.problems import Problem

HUNDRED = Decimal(100)
NAME_LENGTH = 300
LONGEST_NUMBER = 6  # 100,00


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target to set, as it was typed."""

    kind: str
    name: str
    year: str
    percent: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A target that can be set: percent with two decimals at most."""

    kind: str
    name: str
    year: int
    percent: Decimal


def read(wanted: Wanted) -> tuple[Sound | None, list[Problem]]:
    """The target, or every complaint about it. A decimal comma is taken as a point."""
    year, percent = _year(wanted.year), _percent(wanted.percent)
    name = names.normal(wanted.name)
    problems = []
    if not KEY.fullmatch(wanted.kind):
        problems.append(Problem("kind", "kind_invalid", {"text": wanted.kind[:60]}))
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        problems.append(Problem("name", "name_invalid", {"most": NAME_LENGTH}))
    if year is None:
        problems.append(Problem("year", "year_invalid", {"text": wanted.year[:20]}))
    if percent is None:
        problems.append(Problem("percent", "percent_invalid", {"text": wanted.percent[:20]}))
    if problems or year is None or percent is None:
        return None, problems
    return Sound(wanted.kind, name, year, percent), []


def against_above(sound: Sound, above: Decimal | None) -> list[Problem]:
    """The complaint about a target under the one that the units above set for the same year; None where none is set."""
    if above is None or sound.percent >= above:
        return []
    return [Problem("percent", "below_plan", {"above": str(above.normalize()), "percent": str(sound.percent)})]


def _year(text: str) -> int | None:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    return int(digits) if FIRST_YEAR <= int(digits) <= LAST_YEAR else None


def _percent(text: str) -> Decimal | None:
    number = text.strip().removesuffix("%").strip().replace(",", ".")
    if not number or len(number) > LONGEST_NUMBER or not set(number) <= set("0123456789."):
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    return value if value <= HUNDRED and value == value.quantize(Decimal("0.01")) else None
