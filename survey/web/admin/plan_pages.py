"""The targets of a unit as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.domain.plans import Wanted
from survey.domain.scorecard import Target
from survey.domain.units import Unit
from survey.queries.catalogue import SATISFACTION
from survey.web.figures import options, presenters
from survey.web.figures.options import Option, OptionGroup


@dataclass(frozen=True, slots=True)
class Line:
    """A target that is set; `own` when it is the unit's, so that it can be taken away here."""

    kind: str
    name: str
    year: int
    percent: str
    unit: str
    own: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """What the page lists, and its form as it was sent or as it begins."""

    units: tuple[OptionGroup, ...]
    lines: tuple[Line, ...]
    kinds: tuple[Option, ...]
    year: str
    percent: str


def view(unit: Unit, units: Sequence[Unit], stored: Sequence[Target], wanted: Wanted | None, today: date) -> PlanView:
    """Every target of the unit and of those above it, newest year first; the kinds that there are."""
    ordered = sorted(stored, key=lambda each: (each.kind != SATISFACTION, each.kind, -each.year, -len(each.unit.path)))
    names = {each.kind: each.name for each in ordered}
    chosen = wanted.kind if wanted else ""
    return PlanView(
        options.of_units(tuple(units), unit),
        tuple(
            Line(each.kind, each.name, each.year, presenters.target(each.percent), each.unit.name, each.unit == unit)
            for each in ordered
        ),
        tuple(Option(kind, name, kind == chosen) for kind, name in names.items()),
        wanted.year if wanted else str(today.year),
        wanted.percent if wanted else "",
    )
