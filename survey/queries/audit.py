"""The record of what staff did: all of it in order, and what one may read of it. Session in, frozen values out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from survey.domain.audit import Action, Event, Head, Link
from survey.domain.periods import VIETNAM
from survey.domain.units import Unit
from survey.models import AuditEvent, AuditHead, Grant, Staff

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose events may be read: those of units, and of accounts, that belong to no unit. None is every event."""

    units: frozenset[str]
    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for. `who` is part of an address; an empty value asks for all."""

    who: str = ""
    actions: frozenset[Action] | None = None
    units: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its number in the record."""

    id: int
    event: Event


def head(session: Session) -> Head | None:
    """Where the record ends, as the database keeps it; None before the first event."""
    found = session.execute(select(AuditHead.count, AuditHead.hash)).first()
    return None if found is None else Head(*found)


def reach(session: Session, units: tuple[Unit, ...], every: int) -> Reach | None:
    """What somebody may read who administers these units, out of so many in all."""
    if len(units) == every:
        return None
    ids = [unit.id for unit in units]
    found = select(Staff.email).join(Grant, Grant.staff_id == Staff.id).where(Grant.unit_id.in_(ids)).distinct()
    return Reach(frozenset(unit.code for unit in units), frozenset(session.scalars(found)))


def entries(session: Session, wanted: Wanted, within: Reach | None, before: int | None, most: int) -> tuple[Entry, ...]:
    """The newest events that are asked for, those before the one with this id, at most so many."""
    statement = _selected(wanted, within).order_by(AuditEvent.id.desc()).limit(most)
    if before is not None:
        statement = statement.where(AuditEvent.id < before)
    return tuple(Entry(row.id, _event(row)) for row in session.scalars(statement))


def links(session: Session, wanted: Wanted = EVERYTHING, within: Reach | None = None) -> Iterator[Link]:
    """Every event that is asked for with its hashes, oldest first, read in batches."""
    statement = _selected(wanted, within).order_by(AuditEvent.id).execution_options(yield_per=BATCH)
    for row in session.scalars(statement):
        yield Link(row.id, _event(row), row.previous_hash, row.hash)


def _selected(wanted: Wanted, within: Reach | None) -> Select[AuditEvent]:
    statement = select(AuditEvent)
    if within is not None:
        of_accounts = or_(AuditEvent.actor.in_(within.accounts), AuditEvent.subject.in_(within.accounts))
        of_units = AuditEvent.unit.in_(within.units)
        statement = statement.where(or_(of_units, and_(AuditEvent.unit.is_(None), of_accounts)))
    if wanted.who:
        statement = statement.where(or_(_has(AuditEvent.actor, wanted.who), _has(AuditEvent.subject, wanted.who)))
    if wanted.actions is not None:
        statement = statement.where(AuditEvent.action.in_([action.value for action in wanted.actions]))
    if wanted.units is not None:
        statement = statement.where(AuditEvent.unit.in_(wanted.units))
    if wanted.first is not None:
        statement = statement.where(AuditEvent.at >= _midnight(wanted.first))
    if wanted.last is not None:
        statement = statement.where(AuditEvent.at < _midnight(wanted.last + timedelta(days=1)))
    return statement


def _has(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    return func.lower(column).contains(text.lower(), autoescape=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _event(row: AuditEvent) -> Event:
    return Event(row.at, row.actor, row.action, row.subject, row.detail, row.unit)
