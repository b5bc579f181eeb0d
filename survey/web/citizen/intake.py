"""The one way in for answers, whether a call or a plain form brings them."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app

from survey.config import Settings
from survey.domain import tickets
from survey.domain.periods import local_day
from survey.domain.points import CODE_ALPHABET, CODE_LENGTH, Channel, PointKind, draw_code
from survey.domain.tickets import TicketError
from survey.extensions import at_once, glancing, write_together
from survey.queries import kiosks
from survey.queries.kiosks import Device
from survey.queries.points import Point
from survey.services import arrivals, invited, responses
from survey.services.arrivals import Arrival, Authority
from survey.services.kiosks import secret_hash
from survey.services.responses import Outcome
from survey.telemetry.counters import counting_answers


class RefusedError(Exception):
    """Whoever sends may not: `code` is ticket_missing, ticket_invalid, ticket_expired, or of a kiosk device_unknown,
    device_revoked, device_elsewhere.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Issued:
    """A client id with its ticket."""

    client_id: UUID
    ticket: str
    expires_at: datetime


def new_ticket(point: Point, now: datetime, enclosure: str = "") -> Issued:
    """A fresh client id for one response at a point; the enclosure is the dossier of who was invited."""
    return _issue(tickets.new_client_id(now, secrets.token_bytes(10)), point, now, enclosure)


def renewed_ticket(ticket: str, client_id: UUID, point: Point, now: datetime) -> Issued:
    """A ticket for the same client id, in exchange for one of ours that may be too old by now. Raises RefusedError.

    For an answer that waited on a phone longer than its ticket lived. The id stays, so it cannot count twice.
    """
    try:
        tickets.verify(_settings().secret_key, ticket, client_id, point.code)
    except TicketError as error:
        raise RefusedError(error.code) from None
    return _issue(client_id, point, now, tickets.enclosure_of(ticket))


def _issue(client_id: UUID, point: Point, now: datetime, enclosure: str) -> Issued:
    ticket = tickets.issue(_settings().secret_key, client_id, point.code, now, enclosure)
    return Issued(client_id, ticket, now + _lifetime())


def draw_receipt() -> str:
    """Six random characters that a citizen may keep. They are stored nowhere and look nothing up."""
    return draw_code(secrets.SystemRandom())


def is_receipt(text: str) -> bool:
    """Whether a text could be a receipt."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_ALPHABET)


@counting_answers
def receive(document: object, client_id: UUID, now: datetime, secret: str | None = None) -> Outcome:
    """Check a response and store it once; `secret` is that of a kiosk, where the request brought one.

    Raises InvalidError, RefusedError, ConflictError: then nothing is stored.
    """
    with glancing() as session:
        arrival = arrivals.opened(session, document)
        asked = secret is not None and arrival.point.kind is PointKind.KIOSK
        device = kiosks.by_secret(session, secret_hash(secret)) if asked and secret is not None else None
    authority = _authority(arrival, client_id, device, now)
    submission = arrivals.checked(arrival, client_id, authority, _settings().secret_key, now)
    if responses.is_plain(submission):
        with at_once() as connection:
            if connection is not None and responses.accept_plain(connection, submission):
                return Outcome.ACCEPTED
    return write_together(lambda session: responses.accept(session, submission))


def _authority(arrival: Arrival, client_id: UUID, device: Device | None, now: datetime) -> Authority:
    """A ticket, or the device that is paired with the point; both together for a kiosk whose page is a plain form."""
    if arrival.envelope.ticket is None:
        if arrival.point.kind is not PointKind.KIOSK:
            raise RefusedError("ticket_missing")
        _admit(device, arrival.point)
        return arrivals.at_kiosk(client_id)
    issued = _redeem(arrival.envelope.ticket, client_id, arrival.point, now)
    if enclosure := tickets.enclosure_of(arrival.envelope.ticket):
        return _invited(issued, enclosure, now)
    authority = arrivals.ticketed(issued, arrival.point)
    return replace(authority, channel=Channel.KIOSK) if is_admitted(device, arrival.point) else authority


def _invited(issued: datetime, enclosure: str, now: datetime) -> Authority:
    dossier = invited.disclosed(enclosure, _settings().secret_key, local_day(now))
    if dossier is None:
        raise RefusedError("ticket_invalid")
    return arrivals.invited(issued, dossier)


def is_admitted(device: Device | None, point: Point) -> bool:
    """Whether this device may send for this point."""
    return device is not None and device.revoked_at is None and device.point_id == point.id


def _admit(device: Device | None, point: Point) -> None:
    if device is None:
        raise RefusedError("device_unknown")
    if device.revoked_at is not None:
        raise RefusedError("device_revoked")
    if device.point_id != point.id:
        raise RefusedError("device_elsewhere")


def _redeem(ticket: str, client_id: UUID, point: Point, now: datetime) -> datetime:
    """The earliest moment at which the answer can have been given: a renewed ticket is younger than its client id."""
    try:
        issued = tickets.redeem(_settings().secret_key, ticket, client_id, point.code, now, _lifetime())
    except TicketError as error:
        raise RefusedError(error.code) from None
    return min(issued, tickets.drawn_at(client_id) or issued)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _lifetime() -> timedelta:
    return timedelta(days=_settings().ticket_days)
