"""The chosen unit and all units below it that exist in the period: what the heat map and coverage are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.domain.units import Unit
from survey.web import access
from survey.web.figures import figures, filters, options
from survey.web.figures.filters import Choices, Filters


@dataclass(frozen=True, slots=True)
class Tree:
    """A unit, the units of its tree with itself first, and the filters of the address."""

    choices: Choices
    filters: Filters
    unit: Unit
    units: tuple[Unit, ...]

    @property
    def asked(self) -> str:
        """Period and filters in the reader's language."""
        return options.of(self.choices, self.filters).summary


def read(args: Mapping[str, str]) -> Tree:
    """The tree that an address asks for. 404 for a unit that one may not see."""
    choices = figures.reader_choices()
    if args.get("unit"):
        access.unit_or_404(choices.units, args["unit"].strip())
    chosen = filters.read(args, choices)
    unit, period = chosen.unit or choices.roots[0], chosen.selection.period
    inside = [one for one in choices.units if one.is_within([unit.id]) and one.id != unit.id and one.overlaps(period)]
    return Tree(choices, chosen, unit, (unit, *inside))
