"""The one way in for answers, whether a call or a plain form brings them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app

from survey.config import Settings
from survey.domain import answers, moments, submissions, tickets
from survey.domain.periods import local_day
from survey.domain.points import CODE_ALPHABET, CODE_LENGTH, draw_code
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.submissions import Envelope
from survey.domain.tickets import TicketError
from survey.extensions import reading, writing
from survey.queries import catalogue, points, questionnaires
from survey.queries.points import Point
from survey.services import responses
from survey.services.responses import Outcome, Submission


class RefusedError(Exception):
    """Whoever sends may not: `code` is ticket_missing, ticket_invalid or ticket_expired."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Issued:
    """A client id with its ticket."""

    client_id: UUID
    ticket: str
    expires_at: datetime


def new_ticket(point: Point, now: datetime) -> Issued:
    """A fresh client id for one response at a point."""
    client_id = tickets.new_client_id(now, secrets.token_bytes(10))
    ticket = tickets.issue(_settings().secret_key, client_id, point.code, now)
    return Issued(client_id, ticket, now + _lifetime())


def draw_receipt() -> str:
    """Six random characters that a citizen may keep. They are stored nowhere and look nothing up."""
    return draw_code(secrets.SystemRandom())


def is_receipt(text: str) -> bool:
    """Whether a text could be a receipt."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_ALPHABET)


def receive(document: object, client_id: UUID, now: datetime) -> Outcome:
    """Check a response and store it once. Raises InvalidError, RefusedError, ConflictError: then nothing is stored."""
    envelope = submissions.open_envelope(document)
    assert isinstance(document, Mapping)
    with reading() as session:
        point = points.by_code(session, envelope.point)
        version = questionnaires.by_name(session, envelope.questionnaire)
        known = catalogue.procedures_among(session, answers.procedure_codes(document))
    if point is None:
        raise InvalidError([Problem("point", "point_unknown", {"given": envelope.point[:40]})])
    issued = _redeem(envelope, client_id, point, now)
    version = _suitable(envelope, point, version)
    found = answers.check(document, version, known, local_day(now))
    day = moments.answered_day(found.answered_at, issued, now)
    if not point.unit.is_open(day):
        raise InvalidError([Problem("point", "unit_closed", {"unit": point.unit.name})])
    hashed = submissions.body_hash(_settings().secret_key, document)
    with writing() as session:
        return responses.accept(session, Submission(client_id, point, version, found, day, now, hashed))


def _redeem(envelope: Envelope, client_id: UUID, point: Point, now: datetime) -> datetime:
    if envelope.ticket is None:
        raise RefusedError("ticket_missing")
    try:
        return tickets.redeem(_settings().secret_key, envelope.ticket, client_id, point.code, now, _lifetime())
    except TicketError as error:
        raise RefusedError(error.code) from None


def _suitable(envelope: Envelope, point: Point, version: Version | None) -> Version:
    """The version that the answers are about: published, and of the point's questionnaire, be it an older one."""
    if version is None:
        raise InvalidError([Problem("questionnaire", "questionnaire_unknown", {"given": envelope.questionnaire[:80]})])
    if version.key != point.questionnaire_key:
        raise InvalidError([Problem("questionnaire", "questionnaire_not_here", {"given": envelope.questionnaire[:80]})])
    return version


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _lifetime() -> timedelta:
    return timedelta(days=_settings().ticket_days)
