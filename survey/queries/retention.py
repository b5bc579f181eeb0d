"""What the retention rules will remove: rows by table and month. Session in, frozen values out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, extract, func, or_, select
from sqlalchemy.orm import Session

from survey.domain.periods import Month, local_day
from survey.domain.retention import FAILURES_KEPT, INVITATIONS_KEPT, Kept, Removal
from survey.models import (
    BatchComment,
    Comment,
    CommentBatch,
    DossierKey,
    Invitation,
    InvitationDraw,
    KnownBrowser,
    PaperBatch,
    PaperForm,
    Pending,
    Response,
    SignInFailure,
    StaffLink,
    StaffSession,
)


def months(session: Session, kept_from: date) -> tuple[Month, ...]:
    """The months of which something of citizens is to be removed, oldest first."""
    found = {removal.month for removal in of_citizens(session, kept_from) if removal.month is not None}
    return tuple(sorted(found))


def of_citizens(session: Session, kept_from: date, within: Month | None = None) -> tuple[Removal, ...]:
    """Rows of citizens that are too old, by month, oldest first; of one month, or of all.

    Comments of a batch go with the oldest of them.
    """
    held = (Response.unit_id == Comment.unit_id) & (Response.client_id == Comment.client_id)
    statements = {
        Kept.RESPONSE: select(*_month(Response.day), func.count()).where(*old(kept_from, within)),
        Kept.COMMENT: select(*_month(Response.day), func.count()).join(Comment, held).where(*old(kept_from, within)),
        Kept.BATCH_COMMENT: select(*_month(CommentBatch.oldest), func.count())
        .join(BatchComment, BatchComment.batch_id == CommentBatch.id)
        .where(*old_batch(kept_from, within)),
        Kept.PAPER_FORM: select(*_month(PaperBatch.day), func.count())
        .join(PaperForm, PaperForm.batch_id == PaperBatch.id)
        .where(*old_paper(kept_from, within)),
    }
    removals = [each for table, found in statements.items() for each in _by_month(session, table, found)]
    order = list(Kept)
    return tuple(sorted(removals, key=lambda each: (each.month, order.index(each.table))))


def rest(session: Session, now: datetime, kept_from: date) -> tuple[Removal, ...]:
    """Rows that have no month: those of sign-ins that are over, and keys that serve nothing."""
    counts = {table: session.scalar(select(func.count()).where(ended)) or 0 for table, ended in over(now).items()}
    counts[Kept.DOSSIER_KEY] = len(keys(session, kept_from))
    return tuple(Removal(None, table, rows) for table, rows in counts.items() if rows)


def keys(session: Session, kept_from: date) -> tuple[int, ...]:
    """The years whose dossier keys serve nothing any more: no answer of such a year is kept."""
    return tuple(session.scalars(select(DossierKey.year).where(DossierKey.year < kept_from.year)))


def old(kept_from: date, within: Month | None = None) -> tuple[ColumnElement[bool], ...]:
    """Which responses are too old, by whole days: no tally of a day is ever rebuilt from a part of its answers.

    Those that no tally holds yet are counted first.
    """
    waiting = select(Pending.day).where(Pending.unit_id == Response.unit_id, Pending.day == Response.day)
    inside = () if within is None else (Response.day.between(within.first, within.last),)
    return (Response.day < kept_from, ~waiting.exists(), *inside)


def old_batch(kept_from: date, within: Month | None = None) -> tuple[ColumnElement[bool], ...]:
    """Which batches hold a comment that is too old."""
    inside = () if within is None else (CommentBatch.oldest == within.first,)
    return (CommentBatch.oldest < kept_from, *inside)


def old_paper(kept_from: date, within: Month | None = None) -> tuple[ColumnElement[bool], ...]:
    """Which batches of paper forms are of a day that is too old: their forms go, be they taken or not."""
    inside = () if within is None else (PaperBatch.day.between(within.first, within.last),)
    return (PaperBatch.day < kept_from, *inside)


def over(now: datetime) -> dict[Kept, ColumnElement[bool]]:
    """Which rows of accounts and invitations have had their day."""
    ended = or_(
        InvitationDraw.expires < local_day(now - INVITATIONS_KEPT), InvitationDraw.revoked_at < now - INVITATIONS_KEPT
    )
    return {
        Kept.INVITATION: Invitation.draw_id.in_(select(InvitationDraw.id).where(ended)),
        Kept.STAFF_SESSION: StaffSession.expires_at < now,
        Kept.STAFF_LINK: StaffLink.expires_at < now,
        Kept.KNOWN_BROWSER: KnownBrowser.expires_at < now,
        Kept.SIGN_IN_FAILURE: SignInFailure.last_at < now - FAILURES_KEPT,
    }


def _month(day: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return extract("year", day), extract("month", day)


def _by_month(session: Session, table: Kept, statement: Any) -> list[Removal]:
    rows = session.execute(statement.group_by(*list(statement.selected_columns)[:2]))
    return [Removal(Month(int(year), int(number)), table, count) for year, number, count in rows]
