"""Everything that a report of a unit holds: its own figures, those of all units below it, dossiers, the period before.

Live figures are read once for the whole tree; a frozen report has what was frozen, and no dossiers and no comparison.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from survey.domain import ranking
from survey.domain.comparison import Difference, difference
from survey.domain.disclosure import COMPLETE, Minimums
from survey.domain.figures import Figure, UnitFigures
from survey.domain.frozen import Snapshot
from survey.domain.handled import Handled
from survey.domain.measures import of_shown
from survey.domain.periods import Month, Period
from survey.domain.ranking import Ranking
from survey.domain.selections import Selection
from survey.domain.units import Unit, UnitKind
from survey.queries import group_figures, handled, rates
from survey.queries.group_figures import GroupFigure


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit's overall figure beside that of the period before, and what may be said of the difference."""

    before: Figure
    after: Figure
    difference: Difference


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """`below` are the units under the report's own at any depth, by kind and name. `dossiers` are by unit id."""

    own: UnitFigures
    below: tuple[UnitFigures, ...]
    earlier: Period | None = None
    compared: tuple[Compared, ...] = ()
    dossiers: Mapping[int, Handled] = field(default_factory=dict)
    groups: tuple[GroupFigure, ...] = ()

    @property
    def unit(self) -> Unit:
        return self.own.unit

    @property
    def every(self) -> tuple[UnitFigures, ...]:
        return (self.own, *self.below)

    @property
    def rankings(self) -> tuple[Ranking, ...]:
        return ranking.by_kind([found.overall for found in self.below])

    @property
    def comparable(self) -> bool:
        """Whether any unit can be compared with the period before."""
        return any(one.difference.value is not None for one in self.compared)

    def coverage(self, found: UnitFigures) -> Fraction | None:
        """Respondents ÷ dossiers handled; None where either is not known."""
        dossiers, respondents = self.dossiers.get(found.unit.id), found.overall.shown.respondents
        return None if respondents is None or not dossiers else Fraction(respondents, dossiers.handled)


def live(
    session: Session, selection: Selection, unit: Unit, every: Sequence[Unit], minimums: Minimums, today: date
) -> ReportFigures:
    """The released figures; `every` are all units that the reader may see."""
    period = selection.period
    inside = [one for one in every if one.id != unit.id and one.is_within([unit.id]) and one.overlaps(period)]
    inside.sort(key=_order)
    own, *below = rates.of_each(session, selection, [unit, *inside], minimums, today)
    months = rates.of_months(session, selection, unit, minimums, today)
    earlier = before(period)
    old = rates.of_units(session, replace(selection, period=earlier), [unit, *inside], minimums, today)
    dossiers = handled.of_units(session, [unit, *inside], period, selection.procedure)
    return ReportFigures(
        own=replace(own, months=months),
        below=tuple(below),
        earlier=earlier,
        compared=tuple(_compared(a, found.overall) for a, found in zip(old, (own, *below), strict=True)),
        dossiers={unit_id: found for unit_id, found in dossiers.items() if found.handled},
        groups=() if minimums == COMPLETE else group_figures.of_unit(session, selection, unit, minimums),
    )


def frozen(snapshot: Snapshot, own: UnitFigures) -> ReportFigures:
    """What was frozen of one unit and of those below it."""
    inside = [one for one in snapshot.units if own.unit.id in one.unit.path[:-1]]
    return ReportFigures(own, tuple(sorted(inside, key=lambda found: _order(found.unit))))


def before(period: Period) -> Period:
    """The period of as many months right before this one."""
    end = Month.of(period.start).plus(-1)
    return Period(end.plus(1 - len(list(period.months))).first, end.last)


def _order(unit: Unit) -> tuple[int, str]:
    return list(UnitKind).index(unit.kind), unit.sort_key


def _compared(a: Figure, b: Figure) -> Compared:
    return Compared(a, b, difference(of_shown(a.shown), of_shown(b.shown)))
