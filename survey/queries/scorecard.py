"""Targets of plans and imported indicators with their units. Session in, frozen values out."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.scorecard import Indicator, Target
from survey.domain.units import Unit
from survey.models import Indicator as IndicatorRow
from survey.models import Target as TargetRow
from survey.queries import catalogue


def targets(session: Session, unit: Unit) -> tuple[Target, ...]:
    """Every target set for the unit or one above it, of any year, by kind, year and unit."""
    units = {found.id: found for found in catalogue.units(session)}
    rows = session.execute(
        select(TargetRow.kind, TargetRow.name, TargetRow.percent, TargetRow.unit_id, TargetRow.year)
        .where(TargetRow.unit_id.in_(unit.path))
        .order_by(TargetRow.kind, TargetRow.year, TargetRow.unit_id)
    )
    return tuple(Target(kind, name, percent, units[unit_id], year) for kind, name, percent, unit_id, year in rows)


def indicators(session: Session, units: Sequence[Unit]) -> tuple[Indicator, ...]:
    """The imported figures of these units, of any year."""
    known = {unit.id: unit for unit in units}
    rows = session.scalars(select(IndicatorRow).where(IndicatorRow.unit_id.in_(list(known))))
    return tuple(
        Indicator(known[row.unit_id], row.kind, row.year, row.group, row.position or "", row.value) for row in rows
    )
