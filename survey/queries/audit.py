"""The record of what staff did, in order. Session in, frozen values out."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.audit import Event, Link
from survey.models import AuditEvent

BATCH = 1000


def links(session: Session) -> Iterator[Link]:
    """Every event with its hashes, oldest first, read in batches."""
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=BATCH))
    for row in rows:
        event = Event(row.at, row.actor, row.action, row.subject, row.detail)
        yield Link(row.id, event, row.previous_hash, row.hash)
