"""Comments: what waits for a batch, the batches with their themes, and what of them is public. Frozen values out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.periods import VIETNAM, Month
from survey.domain.units import Unit
from survey.models import BatchComment, CommentBatch, CommentTheme, Response
from survey.models import Comment as Waiting


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in a list: comments from before `month`, of a unit or pooled of small ones below it.

    `comments` is 0 when they were deleted after the time for which they are kept.
    """

    id: int
    unit_id: int
    month: Month
    pooled: bool
    comments: int
    themes: int
    answered: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a batch, with its theme."""

    position: int
    text: str
    theme_id: int | None


@dataclass(frozen=True, slots=True)
class Theme:
    """What several comments are about, and the answer. It is public while `published`."""

    id: int
    name: str
    note: str | None
    published: bool
    answered_by: str | None
    answered_at: datetime | None
    comments: int


@dataclass(frozen=True, slots=True)
class Notice:
    """An answer on the board of a unit."""

    month: Month
    pooled: bool
    name: str
    note: str


def waiting(session: Session, month: Month) -> dict[int, list[UUID]]:
    """The comments of each unit that were given and had come in before the month, by the ids of their responses.

    Both count: whoever looks later in the month finds the same.
    """
    start = datetime.combine(month.first, time(), VIETNAM)
    statement = (
        select(Waiting.unit_id, Waiting.client_id)
        .join(Response, (Response.unit_id == Waiting.unit_id) & (Response.client_id == Waiting.client_id))
        .where(Response.day < month.first, Response.received_at < start)
        .order_by(Waiting.unit_id, Waiting.client_id)
    )
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    for unit_id, client_id in session.execute(statement):
        found[unit_id].append(client_id)
    return dict(found)


def batches(session: Session, unit_ids: Iterable[int]) -> tuple[Batch, ...]:
    """The batches of these units alone, newest first."""
    return _batches(session, CommentBatch.unit_id.in_(list(unit_ids)))


def batch(session: Session, batch_id: int) -> Batch | None:
    """The batch with this id."""
    return next(iter(_batches(session, CommentBatch.id == batch_id)), None)


def comments(session: Session, batch_id: int) -> tuple[Comment, ...]:
    """The comments of a batch, in the order that was drawn by lot."""
    rows = session.scalars(
        select(BatchComment).where(BatchComment.batch_id == batch_id).order_by(BatchComment.position)
    )
    return tuple(Comment(row.position, row.masked, row.theme_id) for row in rows)


def themes(session: Session, batch_id: int) -> tuple[Theme, ...]:
    """The themes of a batch, oldest first."""
    counted = select(func.count()).where(BatchComment.theme_id == CommentTheme.id).scalar_subquery()
    rows = session.execute(
        select(CommentTheme, counted).where(CommentTheme.batch_id == batch_id).order_by(CommentTheme.id)
    )
    return tuple(
        Theme(row.id, row.name, row.note, row.published, row.answered_by, row.answered_at, count) for row, count in rows
    )


def theme(session: Session, theme_id: int) -> tuple[int, Theme] | None:
    """A theme with the id of its batch."""
    batch_id = session.scalar(select(CommentTheme.batch_id).where(CommentTheme.id == theme_id))
    if batch_id is None:
        return None
    return batch_id, next(found for found in themes(session, batch_id) if found.id == theme_id)


def board(session: Session, unit: Unit) -> tuple[Notice, ...]:
    """The public answers of a unit, newest month first: to its own comments, and to pools over small units.

    A unit that is too small for a batch of its own is in the pools of those above it.
    """
    statement = (
        select(CommentBatch.month, CommentBatch.pooled, CommentTheme.name, CommentTheme.note)
        .join(CommentTheme, CommentTheme.batch_id == CommentBatch.id)
        .where(
            CommentTheme.published,
            (CommentBatch.unit_id == unit.id) | (CommentBatch.pooled & CommentBatch.unit_id.in_(unit.path)),
        )
        .order_by(CommentBatch.month.desc(), CommentBatch.pooled, CommentTheme.id)
    )
    return tuple(
        Notice(_month(month), pooled, name, note or "") for month, pooled, name, note in session.execute(statement)
    )


def has_board(session: Session) -> bool:
    """Whether any unit has answered yet."""
    return bool(session.scalar(select(select(CommentTheme.id).where(CommentTheme.published).exists())))


def _batches(session: Session, which: object) -> tuple[Batch, ...]:
    held = select(func.count()).where(BatchComment.batch_id == CommentBatch.id).scalar_subquery()
    of_batch = CommentTheme.batch_id == CommentBatch.id
    named = select(func.count()).where(of_batch).scalar_subquery()
    answered = select(func.count()).where(of_batch, CommentTheme.published).scalar_subquery()
    rows = session.execute(
        select(CommentBatch, held, named, answered)
        .where(which)  # type: ignore[arg-type]
        .order_by(CommentBatch.month.desc(), CommentBatch.pooled, CommentBatch.unit_id)
    )
    return tuple(
        Batch(row.id, row.unit_id, _month(row.month), row.pooled, count, all_themes, done)
        for row, count, all_themes, done in rows
    )


def _month(text: str) -> Month:
    year, number = text.split("-")
    return Month(int(year), int(number))
