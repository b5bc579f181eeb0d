"""Appends to the record of what staff did. Rows are never changed; each carries the hash of the one before."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey.domain import audit
from survey.domain.audit import Action, Event
from survey.models import AuditEvent, Point, Unit

# PostgreSQL advisory lock of those who append: any fixed number that nothing else in the database uses.
APPEND_LOCK = 7_265_668
SUBJECT_LENGTH, LONGEST_CODE = 200, 64
# What the subject of an act is, where the act is about a unit: from it follows who may read of the act.
OF_UNITS = frozenset(
    {
        Action.FIGURES_FROZEN,
        Action.TARGET_SET,
        Action.TARGET_REMOVED,
        Action.UNIT_ADDED,
        Action.UNIT_CHANGED,
        Action.UNITS_MERGED,
        Action.MERGER_UNDONE,
    }
)
OF_POINTS = frozenset(
    {
        Action.POINT_CREATED,
        Action.POINT_CHANGED,
        Action.PAIRING_CREATED,
        Action.PAIRING_REVOKED,
        Action.DEVICE_PAIRED,
        Action.DEVICE_REVOKED,
        Action.ANSWERS_QUARANTINED,
        Action.QUARANTINE_RELEASED,
        Action.PAPER_OPENED,
        Action.PAPER_COUNTED,
        Action.PAPER_DROPPED,
        Action.PAPER_ACCEPTED,
    }
)


def record(
    session: Session,
    now: datetime,
    actor: str,
    action: Action,
    subject: str,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Append one event. Call it last in a short transaction: appenders wait for each other, citizens for neither.

    The subject where that is a unit or a point, else `unit` in the detail, says whose event it is. Never call it inside
    `extensions.refreshing()`, whose snapshot may be older than the last event.

    SQLite has one writer at a time anyway. On PostgreSQL a lock that ends with the transaction lets one append after
    the other; it is no lock of a table, and no path of a citizen takes it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPEND_LOCK})
    latest = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1))
    previous = audit.BEGINNING if latest is None else latest
    unit = _unit(session, action, subject, detail or {})
    event = Event(now, actor, action.value, subject[:SUBJECT_LENGTH], audit.canonical(detail or {}), unit)
    session.add(
        AuditEvent(
            at=now,
            actor=event.actor,
            action=event.action,
            subject=event.subject,
            detail=event.detail,
            unit=event.unit,
            previous_hash=previous,
            hash=audit.chained(previous, event),
        )
    )
    session.flush()


def _unit(session: Session, action: Action, subject: str, detail: Mapping[str, str | int]) -> str | None:
    """The code of the unit that the event is about, None for one of an account or of the whole system."""
    if action in OF_UNITS:
        return subject[:LONGEST_CODE]
    if action in OF_POINTS:
        return session.scalar(select(Unit.code).join(Point, Point.unit_id == Unit.id).where(Point.code == subject))
    return str(detail["unit"])[:LONGEST_CODE] if detail.get("unit") else None
