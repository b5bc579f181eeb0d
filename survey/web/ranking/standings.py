"""The figures that a ranking is made of: the query string in, every unit below the chosen one out, one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.database import REPORT
from survey.domain import ranking
from survey.domain.figures import Figure
from survey.domain.ranking import UNRANKED_KINDS, Ranking
from survey.domain.units import Unit, UnitKind
from survey.extensions import reading
from survey.queries import rates
from survey.web import access
from survey.web.figures import figures, filters
from survey.web.figures.filters import Choices, Filters


@dataclass(frozen=True, slots=True)
class Standings:
    """The overall figures of all units below the chosen one, at any depth, and their rankings by kind."""

    choices: Choices
    filters: Filters
    unit: Unit
    rankings: tuple[Ranking, ...]


def read(args: Mapping[str, str]) -> Standings:
    """The rankings of a page or file. 404 for a unit that one may not see."""
    choices = figures.reader_choices()
    if args.get("unit"):
        access.unit_or_404(choices.units, args["unit"].strip())
    chosen = filters.read(args, choices)
    with reading(REPORT) as session:
        found = rates.of_units(session, chosen.selection, _below(choices, chosen), figures.minimums(), choices.today)
    return Standings(choices, chosen, chosen.unit or choices.roots[0], ranking.by_kind(found))


def of_kind(found: Standings, wanted: str) -> tuple[UnitKind, tuple[Figure, ...]]:
    """The figures of one group: the wanted one, else the largest."""
    if not found.rankings:
        return UnitKind.COMMUNE, ()
    chosen = next(
        (one for one in found.rankings if one.kind.value == wanted), max(found.rankings, key=lambda one: len(_all(one)))
    )
    return chosen.kind, _all(chosen)


def _all(one: Ranking) -> tuple[Figure, ...]:
    return (*(ranked.figure for ranked in one.ranked), *one.unranked)


def _below(choices: Choices, chosen: Filters) -> tuple[Unit, ...]:
    period, above = chosen.selection.period, chosen.unit
    return tuple(
        unit
        for unit in choices.units
        if unit.kind not in UNRANKED_KINDS
        and unit.overlaps(period)
        and (above is None or (above.id in unit.path and unit.id != above.id))
    )
