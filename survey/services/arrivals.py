"""Checks what arrives, by call, by form or in a kiosk's file, up to a submission that can be stored. One path for all.

Who may send is decided by the caller between the two steps, and handed over as an `Authority`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import RFC_4122, UUID

from sqlalchemy.orm import Session

from survey.domain import answers, moments, submissions
from survey.domain.dossiers import Dossier
from survey.domain.periods import local_day
from survey.domain.points import Channel, PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.submissions import Envelope
from survey.queries import catalogue, points
from survey.queries.points import Point
from survey.services.responses import Submission

CLIENT_ID = "client_id"  # the path of a problem with it; it stands in the address, not in the body
CLIENT_ID_VERSION = 7


@dataclass(frozen=True, slots=True)
class Arrival:
    """A response whose point is known; its answers are not read yet."""

    document: Mapping[str, object]
    envelope: Envelope
    point: Point
    version: Version | None
    procedures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Authority:
    """By what right a response is sent: `earliest` is when that right began, None for a kiosk, which may have been
    without network; `channel` is how it counts, `dossier` which one was invited.
    """

    earliest: datetime | None
    channel: Channel
    dossier: Dossier | None = None


def ticketed(issued: datetime, point: Point) -> Authority:
    """A ticket. Whoever typed a kiosk's code into a device of their own did not stand at the kiosk: that is web.

    Nor was invited who only knows the code of the point for invitations.
    """
    return Authority(issued, Channel.WEB if point.kind in (PointKind.KIOSK, PointKind.INVITE) else point.channel)


def invited(issued: datetime, dossier: Dossier) -> Authority:
    """A ticket that encloses an invited dossier."""
    return Authority(issued, Channel.INVITE, dossier)


def at_kiosk(client_id: UUID) -> Authority:
    """A kiosk, which drew the id itself. Raises InvalidError for an id that is no UUID of version 7.

    The time in the id is not judged: a kiosk with a dead clock battery would lose what citizens said.
    """
    if client_id.variant != RFC_4122 or client_id.version != CLIENT_ID_VERSION:
        raise InvalidError([Problem(CLIENT_ID, "client_id_malformed")])
    return Authority(None, Channel.KIOSK)


def opened(session: Session, document: object) -> Arrival:
    """What arrives, with its point and version. Raises InvalidError when it has no envelope or no known point."""
    envelope = submissions.open_envelope(document)
    assert isinstance(document, Mapping)
    point, version = points.asked(session, envelope.point, envelope.questionnaire)
    if point is None:
        raise InvalidError([Problem("point", "point_unknown", {"given": envelope.point[:40]})])
    known = catalogue.procedures_among(session, answers.procedure_codes(document))
    return Arrival(document, envelope, point, version, known)


def checked(arrival: Arrival, client_id: UUID, authority: Authority, key: str, now: datetime) -> Submission:
    """The submission to store, with the day that it belongs to. Raises InvalidError with every problem."""
    version = _suitable(arrival)
    found = answers.check(arrival.document, version, arrival.procedures, local_day(now))
    if authority.dossier is not None:
        found = replace(found, dossier=authority.dossier)
    day = moments.answered_day(found.answered_at, authority.earliest, now)
    if not arrival.point.unit.is_open(day):
        raise InvalidError([Problem("point", "unit_closed", {"unit": arrival.point.unit.name})])
    hashed = submissions.body_hash(key, arrival.document)
    return Submission(client_id, arrival.point, version, found, day, now, hashed, authority.channel)


def _suitable(arrival: Arrival) -> Version:
    """The version that the answers are about: published, and of the point's questionnaire, be it an older one."""
    given = {"given": arrival.envelope.questionnaire[:80]}
    if arrival.version is None:
        raise InvalidError([Problem("questionnaire", "questionnaire_unknown", given)])
    if arrival.version.key != arrival.point.questionnaire_key:
        raise InvalidError([Problem("questionnaire", "questionnaire_not_here", given)])
    return arrival.version
