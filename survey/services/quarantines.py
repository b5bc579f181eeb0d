"""Keeps batches of flagged answers out of the figures, and takes that back. No answer is deleted or changed.

The exact figures follow at once; released ones with the lots that hold the answers (METHOD §6).
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, update
from sqlalchemy.orm import Session

from survey.domain import quarantine
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.domain.quarantine import Batch
from survey.models import Quarantine, Response
from survey.queries import kiosks, quarantines
from survey.queries.quarantines import Decision
from survey.services import audit, recounts


def decide(session: Session, batch: Batch, minimum: int, reason: str, by: str, now: datetime) -> int:
    """Keep the batch out of the figures; the decision's number. Raises InvalidError for a bad reason, or for few."""
    reason = quarantine.reason_of(reason)
    recounts.alone(session)
    answers = quarantines.size(session, batch)
    if answers < minimum:
        raise InvalidError([Problem("batch", "batch_small", {"least": minimum})])
    _move(session, batch.unit_id, [*quarantines.members(batch), Response.quarantined.is_(False)], out=True)
    row = Quarantine(
        unit_id=batch.unit_id,
        point_id=batch.point_id,
        flag=int(batch.flag),
        first=batch.span.start,
        last=batch.span.end,
        answers=answers,
        reason=reason,
        decided_by=by,
        decided_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, now, by, Action.ANSWERS_QUARANTINED, batch, row.id, answers, reason)
    return row.id


def release(session: Session, decision: Decision, reason: str, by: str, now: datetime) -> None:
    """Take a decision back; answers that another decision keeps out stay out. Raises InvalidError."""
    reason, batch = quarantine.reason_of(reason), decision.batch
    recounts.alone(session)
    row = session.get(Quarantine, decision.id)
    if row is None or row.released_at is not None:
        raise InvalidError([Problem("decision", "already_released")])
    row.released_by, row.released_at, row.release_reason = by, now, reason
    session.flush()
    others = [
        not_(and_(*quarantines.members(other.batch)))
        for other in quarantines.decisions(session, [batch.unit_id])
        if other.is_active and other.batch.point_id == batch.point_id
    ]
    _move(session, batch.unit_id, [*quarantines.members(batch), Response.quarantined.is_(True), *others], out=False)
    _record(session, now, by, Action.QUARANTINE_RELEASED, batch, decision.id, row.answers, reason)


def _move(session: Session, unit_id: int, conditions: list[ColumnElement[bool]], *, out: bool) -> None:
    """Mark the answers, and have the sums of their days made again: until then reading adds up the answers."""
    days = quarantines.held_days(session, unit_id, conditions)
    marked = update(Response).where(*conditions).values(quarantined=out)
    session.execute(marked.execution_options(synchronize_session=False))
    recounts.again(session, unit_id, days)


def _record(
    session: Session, now: datetime, by: str, action: Action, batch: Batch, number: int, answers: int, reason: str
) -> None:
    point = kiosks.point_code(session, batch.point_id)
    told: dict[str, str | int] = {"decision": number, "flag": batch.name, "span": batch.span_text}
    told |= {"answers": quarantine.about(answers), "reason": reason}
    audit.record(session, now, by, action, point, told)
