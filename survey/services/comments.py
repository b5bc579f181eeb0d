"""Puts waiting comments into batches, shuffled and cut off from the answers that they came with (METHOD §6)."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from survey.domain import batches
from survey.domain.audit import Action
from survey.domain.batches import Planned
from survey.domain.periods import Month
from survey.models import BatchComment, Comment, CommentBatch, Response
from survey.queries import catalogue
from survey.queries import comments as queries
from survey.services import audit

AT_ONCE = 200  # keys in one statement
Batch = Planned[tuple[int, UUID]]


def due(session: Session, month: Month, minimum: int) -> list[Batch]:
    """The batches that a month's first working day brings; reads only. Asked again after they were made: none.

    Of a unit there is one a month at most, whatever changes meanwhile: the tree, or the minimum.
    """
    waiting = {unit: [(unit, client) for client in ids] for unit, ids in queries.waiting(session, month).items()}
    paths = {unit.id: unit.path for unit in catalogue.units(session)}
    made = {(each.unit_id, each.pooled) for each in queries.batches(session, paths) if each.month == month}
    planned = batches.planned(waiting, paths, month, minimum)
    return [each for each in planned if (each.unit_id, each.pooled) not in made]


def put_together(
    session: Session, month: Month, minimum: int, actor: str, now: datetime, random: Random
) -> list[Batch]:
    """Make the batches that are due. Call it where nobody else does at the same time."""
    found = due(session, month, minimum)
    for planned in found:
        _make(session, planned, month, random)
    if found:
        total = sum(len(planned.keys) for planned in found)
        audit.record(
            session, now, actor, Action.COMMENTS_BATCHED, str(month), {"batches": len(found), "comments": total}
        )
    return found


def _make(session: Session, planned: Batch, month: Month, random: Random) -> None:
    rows = _rows(session, planned.keys)
    # In the order of their letters first: how they are shuffled does not hang on the order in which they came.
    texts = sorted(text for text, _ in rows)
    random.shuffle(texts)
    batch = CommentBatch(
        unit_id=planned.unit_id,
        month=str(month),
        pooled=planned.pooled,
        oldest=Month.of(min(day for _, day in rows)).first,
    )
    session.add(batch)
    session.flush()
    session.execute(
        insert(BatchComment),
        [{"batch_id": batch.id, "position": number, "masked": text} for number, text in enumerate(texts, 1)],
    )
    for keys in _parts(planned.keys):
        session.execute(delete(Comment).where(tuple_(Comment.unit_id, Comment.client_id).in_(keys)))


def _rows(session: Session, keys: Sequence[tuple[int, UUID]]) -> list[Any]:
    found: list[Any] = []
    for some in _parts(keys):
        found += session.execute(
            select(Comment.masked, Response.day)
            .join(Response, (Response.unit_id == Comment.unit_id) & (Response.client_id == Comment.client_id))
            .where(tuple_(Comment.unit_id, Comment.client_id).in_(some))
        )
    return found


def _parts(keys: Sequence[tuple[int, UUID]]) -> list[Sequence[tuple[int, UUID]]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
