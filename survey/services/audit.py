"""Appends to the record of what staff did. Rows are never changed; each carries the hash of the one before."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey.domain import audit
from survey.domain.audit import Event
from survey.models import AuditEvent

# PostgreSQL advisory lock of those who append: any fixed number that nothing else in the database uses.
APPEND_LOCK = 7_265_668
SUBJECT_LENGTH = 200


def record(
    session: Session,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Append one event. Call it last in a short transaction: appenders wait for each other, citizens for neither.

    SQLite has one writer at a time anyway. On PostgreSQL a lock that ends with the transaction lets one append after
    the other; it is no lock of a table, and no path of a citizen takes it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPEND_LOCK})
    latest = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1))
    previous = audit.BEGINNING if latest is None else latest
    event = Event(now, actor, str(action), subject[:SUBJECT_LENGTH], audit.canonical(detail or {}))
    session.add(
        AuditEvent(
            at=now,
            actor=event.actor,
            action=event.action,
            subject=event.subject,
            detail=event.detail,
            previous_hash=previous,
            hash=audit.chained(previous, event),
        )
    )
    session.flush()
