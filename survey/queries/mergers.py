"""What stands at units that are to be merged, and the mergers that were made. Session in, frozen values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain import mergers
from survey.domain.access import Role
from survey.domain.mergers import Done
from survey.domain.units import Unit
from survey.models import Grant, Merger, Staff, Target
from survey.queries import catalogue, points
from survey.queries.points import Point


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has at one of the units."""

    staff_id: int
    email: str
    name: str
    role: Role
    unit: Unit


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A target that one of the units set for itself or was given."""

    unit: Unit
    year: int
    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at some units: points, roles, targets of their own."""

    points: tuple[Point, ...]
    grants: tuple[Held, ...]
    targets: tuple[OwnTarget, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A merger that was made."""

    id: int
    first_day: date
    successor: str
    at: datetime
    by: str
    undone_at: datetime | None
    done: Done


def standing(session: Session, codes: Iterable[str]) -> Standing:
    """What stands at these units themselves, by unit in Vietnamese order."""
    wanted = set(codes)
    units = {unit.id: unit for unit in catalogue.units(session) if unit.code in wanted}
    order = {unit_id: number for number, unit_id in enumerate(units)}
    granted = session.execute(
        select(Grant.unit_id, Grant.role, Staff.id, Staff.email, Staff.name)
        .join(Staff, Staff.id == Grant.staff_id)
        .where(Grant.unit_id.in_(units), Staff.disabled_at.is_(None))
        .order_by(Staff.email, Grant.id)
    )
    grants = [Held(row.id, row.email, row.name, Role(row.role), units[row.unit_id]) for row in granted]
    stated = session.execute(
        select(Target.unit_id, Target.year, Target.name, Target.percent)
        .where(Target.unit_id.in_(units))
        .order_by(Target.year, Target.kind)
    )
    targets = [OwnTarget(units[row.unit_id], row.year, row.name, row.percent) for row in stated]
    return Standing(
        points.of_units(session, units),
        tuple(sorted(grants, key=lambda held: order[held.unit.id])),
        tuple(sorted(targets, key=lambda target: order[target.unit.id])),
    )


def every(session: Session) -> tuple[Made, ...]:
    """Every merger, newest first."""
    return tuple(_made(row) for row in session.scalars(select(Merger).order_by(Merger.id.desc())))


def made(session: Session, merger_id: int) -> Made | None:
    """One merger."""
    row = session.get(Merger, merger_id)
    return None if row is None else _made(row)


def _made(row: Merger) -> Made:
    return Made(row.id, row.first_day, row.successor, row.at, row.by, row.undone_at, mergers.read(row.content))
