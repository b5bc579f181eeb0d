"""Removes what has been kept long enough, month by month, each with its record. Counted figures stay as they are.

Tallies, lots and frozen figures hold no person, so they are not touched; nothing that is removed is ever counted again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from survey.domain.audit import Action
from survey.domain.periods import Month
from survey.domain.retention import Kept, Removal
from survey.models import (
    AuditEvent,
    BatchComment,
    Comment,
    CommentBatch,
    Invitation,
    KnownBrowser,
    PaperBatch,
    PaperForm,
    Response,
    SignInFailure,
    StaffLink,
    StaffSession,
)
from survey.queries import retention as queries
from survey.services import audit, dossier_keys

_ENDED: dict[Kept, Any] = {
    Kept.INVITATION: Invitation,
    Kept.STAFF_SESSION: StaffSession,
    Kept.STAFF_LINK: StaffLink,
    Kept.KNOWN_BROWSER: KnownBrowser,
    Kept.SIGN_IN_FAILURE: SignInFailure,
}


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed, and the hash of the record that says so."""

    removals: tuple[Removal, ...]
    record: str


@dataclass(frozen=True, slots=True)
class Order:
    """The first day that is kept, who removes what is older, and when."""

    kept_from: date
    actor: str
    now: datetime


def purge_month(session: Session, month: Month, order: Order) -> Purged | None:
    """Remove what is too old of one month; None when nothing was left."""
    removals = queries.of_citizens(session, order.kept_from, month)
    if not removals:
        return None
    dossier_keys.overwrite(session)
    old = queries.old(order.kept_from, month)
    theirs = (Response.unit_id == Comment.unit_id, Response.client_id == Comment.client_id)
    batches = select(CommentBatch.id).where(*queries.old_batch(order.kept_from, month))
    _delete(session, Comment, select(Response.unit_id).where(*theirs, *old).exists())
    _delete(session, Response, *old)
    _delete(session, BatchComment, BatchComment.batch_id.in_(batches))
    stacks = select(PaperBatch.id).where(*queries.old_paper(order.kept_from, month))
    _delete(session, PaperForm, PaperForm.batch_id.in_(stacks))
    return _recorded(session, removals, {"month": str(month)}, order)


def purge_rest(session: Session, order: Order) -> Purged | None:
    """Remove what has no month: sign-ins that are over, keys that serve nothing; None when nothing was left."""
    removals = queries.rest(session, order.now, order.kept_from)
    if not removals:
        return None
    for table, ended in queries.over(order.now).items():
        _delete(session, _ENDED[table], ended)
    dossier_keys.destroy(session, queries.keys(session, order.kept_from))
    return _recorded(session, removals, {}, order)


def _delete(session: Session, table: Any, *which: ColumnElement[bool]) -> None:
    session.execute(delete(table).where(*which).execution_options(synchronize_session=False))


def _recorded(session: Session, removals: tuple[Removal, ...], more: dict[str, str], order: Order) -> Purged:
    detail: dict[str, str | int] = {**more, **{each.table.value: each.rows for each in removals}}
    first = f"{order.kept_from:%d/%m/%Y}"
    audit.record(session, order.now, order.actor, Action.RETENTION_PURGED, first, detail)
    latest = select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)
    return Purged(removals, session.scalars(latest).one())
