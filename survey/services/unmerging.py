"""Takes a merger back while nothing else depends on it: the database itself says whether something does."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import unit_changes
from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.models import Merger, Point, Staff, Unit
from survey.queries import catalogue, entries
from survey.queries import mergers as queries
from survey.queries.mergers import Made
from survey.services import audit, grants, units
from survey.services.catalogue import alone


def undo(session: Session, merger_id: int, actor: str, now: datetime) -> Made:
    """The units as they were before; what the merger made is gone. Raises InvalidError when that cannot be.

    It cannot when one of its units was changed since, or when what it made is in use: an answer, a paired kiosk,
    dossiers, a target or frozen figures. Answers of a unit that existed before stay where they are.
    """
    alone(session, Unit.__tablename__)
    made = queries.made(session, merger_id)
    if made is None or made.undone_at is not None:
        raise InvalidError([Problem("merger", "merger_unknown")])
    if problems := _changed_since(session, made):
        raise InvalidError(problems)
    _take_roles(session, made, actor, now)
    try:
        with session.begin_nested():
            units.write(session, list(made.done.before.values()))
            _remove(session, made)
    except IntegrityError as error:
        raise InvalidError([Problem("merger", "merger_used", {"value": made.successor})]) from error
    session.execute(update(Merger).where(Merger.id == merger_id).values(undone_at=now))
    detail: dict[str, str | int] = {"from": ", ".join(made.done.before), "day": made.first_day.isoformat()}
    audit.record(session, now, actor, Action.MERGER_UNDONE, made.successor, detail)
    return made


def _changed_since(session: Session, made: Made) -> list[Problem]:
    stored = entries.units(session)
    return [
        Problem("merger", "merger_changed", {"value": code})
        for code, row in made.done.after.items()
        if code not in stored or unit_changes.cells(stored[code]) != row
    ]


def _take_roles(session: Session, made: Made, actor: str, now: datetime) -> None:
    """The roles that the merger gave, as far as they are still held."""
    unit = catalogue.unit(session, made.successor)
    emails = dict(session.execute(select(Staff.id, Staff.email)).all())
    for staff_id, role in made.done.grants:
        if unit is not None:
            grants.revoke(session, staff_id, emails[staff_id], Role(role), unit, actor, now)


def _remove(session: Session, made: Made) -> None:
    """The points that the merger made, and the unit that it founded. Foreign keys refuse what is in use."""
    session.execute(delete(Point).where(Point.code.in_(made.done.points)))
    if made.done.founded:
        session.execute(delete(Unit).where(Unit.code == made.successor))
