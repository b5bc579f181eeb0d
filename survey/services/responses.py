"""Takes one response: exactly one row, whatever is sent again and however many send at once (DESIGN §2)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from survey.domain import answers, masking, moments, quality
from survey.domain.answers import Answers
from survey.domain.points import Channel
from survey.domain.quality import Flag
from survey.domain.questionnaire import Version
from survey.models import SLOT_COLUMNS, Comment, Response
from survey.queries.points import Point
from survey.services import dossier_keys, insertions, outranking


class Outcome(StrEnum):
    """What became of a response that was taken. A second one for a dossier is accepted like any other."""

    ACCEPTED = "accepted"
    HELD = "held"  # the same body came before


class ConflictError(Exception):
    """The client id is held with another body."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked response with its place and time. `body_hash` is that of `domain.submissions`; without a `channel` it
    is the point's own.
    """

    client_id: UUID
    point: Point
    version: Version
    answers: Answers
    day: date
    received_at: datetime
    body_hash: bytes
    channel: Channel | None = None


def accept(session: Session, submission: Submission) -> Outcome:
    """Store the response once and mark it pending. Raises ConflictError when its id is held with another body.

    One insert decides: when it meets a row with this id, that row tells whether the body is the same; when it meets
    another counted answer of the dossier, the response is stored as a duplicate that does not count. Only an
    invitation's answer takes the place of one with a typed code.
    """
    connection, stored = session.connection(), values(session, submission)
    counted = insertions.response(connection, stored) or _outranks(session, submission, stored)
    if not counted:
        held = session.execute(_held(submission)).one_or_none()
        if held is None:
            counted_none = {**stored, "counted": False}
            inserted = insertions.response(connection, counted_none)
            held = None if inserted else session.execute(_held(submission)).one()
        if held is not None:
            if not _is_same(session, submission, held):
                raise ConflictError
            return Outcome.HELD
    text = answers.words(submission.answers, submission.version)
    if text is not None:
        key = {"unit_id": submission.point.unit.id, "client_id": submission.client_id}
        session.execute(insert(Comment), [{**key, "masked": masking.mask(text)}])
    if counted:
        insertions.pending(connection, stored)
    return Outcome.ACCEPTED


def is_plain(submission: Submission) -> bool:
    """Whether it has neither a dossier nor words: then it is two rows, and nothing else has to be looked at."""
    return submission.answers.dossier is None and answers.words(submission.answers, submission.version) is None


def accept_plain(connection: Connection, submission: Submission) -> bool:
    """Store a plain response by one statement of PostgreSQL, which needs no transaction around it.

    False when a row is in its way: nothing is stored then, and `accept` finds out what that means.
    """
    return insertions.response_and_pending(connection, values(None, submission))


def values(session: Session | None, submission: Submission) -> dict[str, Any]:
    """The row of a response by column, as it is stored when it counts; slots that its version has not are left out.

    Without a session for a plain one.
    """
    given, version = submission.answers, submission.version
    slots = (SLOT_COLUMNS[item.slot - 1] for item in version.items)
    return {
        "unit_id": submission.point.unit.id,
        "client_id": submission.client_id,
        "body_hash": submission.body_hash,
        "procedure": given.procedure,
        "questionnaire_id": version.id,
        "point_id": submission.point.id,
        "channel": (submission.channel or submission.point.channel).value,
        "assisted": given.assisted,
        "day": submission.day,
        "received_at": submission.received_at,
        "duration": moments.duration(given.started_at, given.answered_at),
        "facts": dict(given.facts) or None,
        "about": dict(given.about) or None,
        "reasons": {factor: list(keys) for factor, keys in given.reasons.items()} or None,
        "flags": int(_flags(submission)),
        "quarantined": False,
        "dossier_hash": _mark(session, submission),
        "counted": True,
        **dict(zip(slots, given.levels, strict=True)),
    }


def _flags(submission: Submission) -> Flag:
    """What only the arrival tells: the dossier's code is not kept. All else is flagged later, by whole days."""
    dossier = submission.answers.dossier
    is_old = dossier is not None and quality.is_old(dossier.day, submission.day)
    return Flag.OLD_DOSSIER if is_old else Flag(0)


def _mark(session: Session | None, submission: Submission) -> bytes | None:
    dossier = submission.answers.dossier
    if dossier is None:
        return None
    assert session is not None, "the answer is not plain"
    return dossier_keys.mark(session, submission.point.unit.id, dossier, submission.day.year)


def _outranks(session: Session, submission: Submission, stored: dict[str, Any]) -> bool:
    """Whether it counts after all, because it was invited and the other answer was not."""
    if submission.channel is not Channel.INVITE or session.execute(_held(submission)).one_or_none() is not None:
        return False
    return outranking.outrank(session, submission.point.unit.id, stored["dossier_hash"]) and insertions.response(
        session.connection(), stored
    )


def _held(submission: Submission) -> Any:
    table = Response.__table__.c
    return select(table.body_hash, table.dossier_hash, table.day).where(
        table.unit_id == submission.point.unit.id, table.client_id == submission.client_id
    )


def _is_same(session: Session, submission: Submission, held: Any) -> bool:
    """Whether the body that is held is this one. The hash leaves the dossier out: its mark is compared instead.

    A duplicate is looked at like an answer that counts: else who sends a second code under one id would be told whether
    somebody has answered for the first.
    """
    dossier = submission.answers.dossier
    if dossier is None or held.body_hash != submission.body_hash:
        return bool(held.body_hash == submission.body_hash)
    return dossier_keys.may_be(session, dossier, held.dossier_hash, held.day.year)
