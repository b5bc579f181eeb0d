"""Frozen figures ("chốt số liệu"): what they hold, their hash, and how a supplement differs from what it follows.

How they become canonical text and figures again is in `frozen_text`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from survey.domain.disclosure import Minimums, Shown
from survey.domain.figures import Figure, Scope, UnitFigures
from survey.domain.named_periods import NamedPeriod
from survey.domain.problems import Problem
from survey.domain.units import Unit

Place = tuple[str, Scope, str | None, str | None]  # unit's code, scope, key, month
ORIGINAL = 1  # the number of the first freeze of a period; later numbers are supplements


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a supplement shows otherwise than the number before; respondents and rates are None if withheld."""

    place: Place
    respondents: tuple[int | None, int | None]
    rate: tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The showable figures of a unit, first, and of all below it, as they were at one moment.

    `follows` is the hash of the number before, None for the first; `changes` is what differs from it.
    """

    questionnaire: str
    named: NamedPeriod
    number: int
    minimums: Minimums
    by: str
    at: datetime
    units: tuple[UnitFigures, ...]
    follows: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def unit(self) -> Unit:
        return self.units[0].unit

    def of(self, code: str) -> UnitFigures | None:
        """Everything of the unit with this code, or None when it is not among the frozen ones."""
        return next((found for found in self.units if found.unit.code == code), None)

    def rows(self, found: UnitFigures, split: str | None) -> tuple[Figure, ...]:
        """The rows of a file about one of the units: as the live file with that split, else overall, factors, items."""
        if split is None:
            return (found.overall, *found.factors, *found.items)
        if split == "unit":
            return (found.overall, *(below.overall for below in self.below(found.unit)))
        return {"factor": found.factors, "item": found.items, "month": found.months}[split]

    def below(self, unit: Unit) -> tuple[UnitFigures, ...]:
        """The units right below, in their order of then."""
        return tuple(found for found in self.units if found.unit.path[:-1] == unit.path)


def sha256(text: str) -> str:
    """The hash of frozen figures: over their canonical text, byte for byte."""
    return hashlib.sha256(text.encode()).hexdigest()


def refusals(unit: Unit, named: NamedPeriod, today: date, waiting: int) -> list[Problem]:
    """Why the period cannot be frozen yet; `waiting` is how many of its answers are not in any released figure."""
    values = {"period": named.name, "unit": unit.name}
    if named.period.is_open(today):
        return [Problem("period", "period_open", values)]
    if not unit.overlaps(named.period):
        return [Problem("unit", "unit_absent", values)]
    if waiting:
        return [Problem("period", "period_waiting", {**values, "count": waiting})]
    return []


def figures(units: Iterable[UnitFigures]) -> Iterator[Figure]:
    """Every figure, unit by unit."""
    for found in units:
        yield from (found.overall, *found.factors, *found.items, *found.months)


def is_empty(units: Iterable[UnitFigures]) -> bool:
    """Whether nothing at all is shown: there is nothing to freeze."""
    return all(figure.shown.rate is None for figure in figures(units))


def changes(before: Iterable[UnitFigures], after: Iterable[UnitFigures]) -> tuple[Change, ...]:
    """Every figure whose respondents or rate differ, and every one that only one of both has, in the order of `after`.

    A new minimum or target alone is no change: a supplement is about answers.
    """
    old, new = _by_place(before), _by_place(after)
    places = [*new, *(place for place in old if place not in new)]
    return tuple(
        Change(place, (_respondents(old, place), _respondents(new, place)), (_rate(old, place), _rate(new, place)))
        for place in places
        if _respondents(old, place) != _respondents(new, place) or _rate(old, place) != _rate(new, place)
    )


def _by_place(units: Iterable[UnitFigures]) -> dict[Place, Shown]:
    return {
        (figure.unit.code, figure.scope, figure.key, None if figure.month is None else str(figure.month)): figure.shown
        for figure in figures(units)
    }


def _respondents(found: Mapping[Place, Shown], place: Place) -> int | None:
    return found[place].respondents if place in found else None


def _rate(found: Mapping[Place, Shown], place: Place) -> Decimal | None:
    return found[place].rate if place in found else None
