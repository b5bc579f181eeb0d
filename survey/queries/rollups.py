"""A unit's rate pooled and weighted side by side, with the dossiers that it is a part of. Made from shown figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from survey.domain import weighting
from survey.domain.figures import Figure
from survey.domain.handled import Handled
from survey.domain.measures import of_shown
from survey.domain.selections import Selection
from survey.domain.weighting import Part, Rollup
from survey.queries import catalogue, handled


@dataclass(frozen=True, slots=True)
class UnitRollup:
    """A unit's pooled figure, dossiers with their target in percent, and the roll-up over the units right below it.

    `weighted` is None without dossiers or without shown units below. `coverage` is respondents ÷ dossiers handled,
    None where either is not known; 1 or more means that dossiers are missing from the import.
    """

    pooled: Figure
    dossiers: Handled
    on_time_target: Decimal
    coverage: Fraction | None
    weighted: Rollup | None
    below: int

    @property
    def is_incomplete(self) -> bool:
        return self.coverage is not None and self.coverage >= 1

    @property
    def meets_on_time(self) -> bool | None:
        """Whether enough dossiers were early or on time. All are counted, so there is no interval."""
        share = self.dossiers.share_on_time
        return None if share is None else share * 100 >= Fraction(self.on_time_target)


def of_unit(session: Session, selection: Selection, figure: Figure, below: Sequence[Figure]) -> UnitRollup:
    """The roll-up of a figure's unit over the overall figures of the units right below it."""
    unit = figure.unit
    units = [unit, *(one.unit for one in below)]
    found = handled.of_units(session, units, selection.period, selection.procedure)
    parts = [Part(found[one.unit.id].handled, of_shown(one.shown)) for one in below]
    elsewhere = found[unit.id].handled - sum(part.handled for part in parts)
    targets = catalogue.targets(session, [unit], selection.period.end.year, catalogue.ON_TIME)
    respondents, dossiers = figure.shown.respondents, found[unit.id]
    coverage = None if respondents is None or not dossiers.handled else Fraction(respondents, dossiers.handled)
    return UnitRollup(
        figure, dossiers, targets[unit.id], coverage, weighting.roll_up(parts, max(elsewhere, 0)), len(below)
    )
