"""Numbers of flagged answers, and decisions on them. Session in, frozen values out; never an answer, id or clock time.

Numbers of few leave here as they are: `domain.quarantine` says which of them may be seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from survey.domain.periods import Period
from survey.domain.quality import Flag
from survey.domain.quarantine import Batch, Count
from survey.models import Quarantine, Response

FLAGGED = text("response.flags <> 0")  # as the partial index writes it, so that it is used


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to keep a batch out of the figures, and perhaps the one that took it back."""

    id: int
    batch: Batch
    answers: int
    reason: str
    by: str
    at: datetime
    released_by: str | None
    released_at: datetime | None
    release_reason: str | None

    @property
    def is_active(self) -> bool:
        return self.released_at is None


def counts(session: Session, unit_ids: Iterable[int], within: Period) -> Iterator[Count]:
    """How many answers have which flags, by point and day; without those that are kept out already."""
    keys = (Response.unit_id, Response.point_id, Response.day, Response.flags)
    statement = (
        select(*keys, func.count())
        .where(
            FLAGGED,
            Response.unit_id.in_(list(unit_ids)),
            Response.day.between(within.start, within.end),
            Response.counted,
            Response.quarantined.is_(False),
        )
        .group_by(*keys)
    )
    for unit_id, point_id, day, flags, answers in session.execute(statement):
        yield Count(unit_id, point_id, day, Flag(flags), answers)


def members(batch: Batch) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the answers of a batch, kept out or not."""
    return (
        FLAGGED,  # type: ignore[return-value]
        Response.unit_id == batch.unit_id,
        Response.point_id == batch.point_id,
        Response.day.between(batch.span.start, batch.span.end),
        Response.flags.bitwise_and(int(batch.flag)) != 0,
        Response.counted,
    )


def size(session: Session, batch: Batch) -> int:
    """How many answers of the batch are not kept out yet."""
    found = select(func.count()).select_from(Response).where(*members(batch), Response.quarantined.is_(False))
    return session.scalar(found) or 0


def decisions(session: Session, unit_ids: Iterable[int]) -> tuple[Decision, ...]:
    """The decisions on answers of these units, newest first."""
    wanted = select(Quarantine).where(Quarantine.unit_id.in_(list(unit_ids))).order_by(Quarantine.id.desc())
    return tuple(_decision(row) for row in session.scalars(wanted))


def decision(session: Session, row_id: int) -> Decision | None:
    """One decision."""
    row = session.get(Quarantine, row_id)
    return None if row is None else _decision(row)


def held_days(session: Session, unit_id: int, conditions: Iterable[ColumnElement[bool]]) -> list[date]:
    """The days of the unit's answers under these conditions."""
    found = select(Response.day).where(Response.unit_id == unit_id, *conditions)
    return list(session.scalars(found.distinct()))


def _decision(row: Quarantine) -> Decision:
    batch = Batch(row.unit_id, row.point_id, Flag(row.flag), Period(row.first, row.last))
    return Decision(
        row.id,
        batch,
        row.answers,
        row.reason,
        row.decided_by,
        row.decided_at,
        row.released_by,
        row.released_at,
        row.release_reason,
    )
