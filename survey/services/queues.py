"""Takes the exported queue of a kiosk through the same checks and the same insert as what kiosks send themselves.

The file carries no secret: whoever imports it answers for it, and the audit names them. So it may hold only what a
kiosk can have taken: records of points that are kiosks and were paired with a device.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from survey.domain.points import PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.queues import Broken, Entry, Record
from survey.queries import kiosks, submissions
from survey.queries.points import Point
from survey.services import arrivals, responses
from survey.services.responses import ConflictError, Outcome, Submission

BATCH = 200  # records a transaction: citizens who send meanwhile wait for no more than that
Permitted = Callable[[Point], bool]


class Verdict(StrEnum):
    """What becomes of a record."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A record of the file with what becomes of it. `point` is None where it was refused before one was known."""

    number: int
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    submission: Submission | None = None


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """How many records there are of each verdict, every verdict named."""
    found = Counter(one.verdict for one in judged)
    return {verdict.value: found[verdict] for verdict in Verdict}


def judge(
    session: Session, entries: Sequence[Entry], permitted: Permitted, key: str, now: datetime
) -> tuple[Judged, ...]:
    """What would become of each record, without writing. A point that is not permitted is answered as unknown."""
    seen: dict[tuple[int, bytes], bytes] = {}
    found = []
    for entry in entries:
        one = _checked(session, entry, permitted, key, now)
        found.append(one if one.submission is None else _compared(session, one, one.submission, seen))
    return tuple(found)


def accept(session: Session, judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Store what was found right; each record with what became of it in truth."""
    return tuple(one if one.submission is None else _stored(session, one, one.submission) for one in judged)


def _stored(session: Session, one: Judged, submission: Submission) -> Judged:
    try:
        outcome = responses.accept(session, submission)
    except ConflictError:
        return _conflict(one)
    return replace(one, verdict=Verdict.ACCEPTED if outcome is Outcome.ACCEPTED else Verdict.HELD, problems=())


def _checked(session: Session, entry: Entry, permitted: Permitted, key: str, now: datetime) -> Judged:
    if isinstance(entry, Broken):
        return Judged(entry.number, Verdict.REFUSED, entry.problems)
    try:
        submission = _submission(session, entry, permitted, key, now)
    except InvalidError as error:
        return Judged(entry.number, Verdict.REFUSED, error.problems)
    return Judged(entry.number, Verdict.ACCEPTED, (), submission)


def _submission(session: Session, record: Record, permitted: Permitted, key: str, now: datetime) -> Submission:
    arrival = arrivals.opened(session, record.document)
    if not permitted(arrival.point):
        raise InvalidError([Problem("point", "point_unknown", {"given": arrival.envelope.point[:40]})])
    if arrival.point.kind is not PointKind.KIOSK or not kiosks.newest(session, [arrival.point.id]):
        raise InvalidError([Problem("point", "point_without_kiosk", {"given": arrival.point.code})])
    return arrivals.checked(arrival, record.client_id, arrivals.at_kiosk(record.client_id), key, now)


def _compared(session: Session, one: Judged, submission: Submission, seen: dict[tuple[int, bytes], bytes]) -> Judged:
    """Against what is held, and against the same id earlier in the file."""
    unit_id, client_id = submission.point.unit.id, submission.client_id
    place = (unit_id, client_id.bytes)
    held = seen.get(place) or submissions.body_hash(session, unit_id, client_id)
    seen.setdefault(place, submission.body_hash)
    if held is None:
        return one
    return replace(one, verdict=Verdict.HELD) if held == submission.body_hash else _conflict(one)


def _conflict(one: Judged) -> Judged:
    return replace(one, verdict=Verdict.REFUSED, problems=(Problem("id", "conflict"),))
