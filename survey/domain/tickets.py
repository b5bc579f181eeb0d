"""Tickets: proof that the server gave a client id to a point, without a row anywhere (DESIGN §2)."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

_PROOF_BYTES = 18  # 144 bits: cannot be guessed, and encode without padding


class TicketError(ValueError):
    """A ticket is not to be honoured. `code` is ticket_invalid or ticket_expired."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def new_client_id(now: datetime, random: bytes) -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds of `now`, then ten random bytes."""
    if len(random) != 10:
        raise ValueError("ten random bytes are needed")
    value = (int(now.timestamp() * 1000) << 80) | int.from_bytes(random)
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))


def issue(secret: str, client_id: UUID, point: str, now: datetime, enclosure: str = "") -> str:
    """The ticket of a client id at a point, issued now (to the second); an enclosure has no full stops."""
    issued = int(now.timestamp())
    ticket = f"{issued:x}.{_proof(secret, client_id, point, issued, enclosure)}"
    return f"{ticket}.{enclosure}" if enclosure else ticket


def enclosure_of(ticket: str) -> str:
    """What was put into a ticket that was verified; "" for most."""
    return ticket.partition(".")[2].partition(".")[2]


def drawn_at(client_id: UUID) -> datetime | None:
    """When a client id of version 7 was made; None for any other."""
    return datetime.fromtimestamp((client_id.int >> 80) / 1000, UTC) if client_id.version == 7 else None


def redeem(secret: str, ticket: str, client_id: UUID, point: str, now: datetime, lifetime: timedelta) -> datetime:
    """When the ticket was issued. Raises TicketError when it is altered, of another id or point, or too old."""
    moment = verify(secret, ticket, client_id, point)
    if now - moment > lifetime:
        raise TicketError("ticket_expired")
    return moment


def verify(secret: str, ticket: str, client_id: UUID, point: str) -> datetime:
    """When the ticket was issued, however long ago. Raises TicketError when it is altered or of another id or point."""
    stamp, _, rest = ticket.partition(".")
    proof, dot, enclosure = rest.partition(".")
    if not ticket.isascii():
        raise TicketError("ticket_invalid")
    try:
        issued = int(stamp, 16)
        moment = datetime.fromtimestamp(issued, UTC)
    except (ValueError, OverflowError, OSError):
        raise TicketError("ticket_invalid") from None
    expected = _proof(secret, client_id, point, issued, enclosure)
    if (
        f"{issued:x}" != stamp
        or bool(dot) != bool(enclosure)
        or not hmac.compare_digest(proof.encode(), expected.encode())
    ):
        raise TicketError("ticket_invalid")
    return moment


def _proof(secret: str, client_id: UUID, point: str, issued: int, enclosure: str) -> str:
    content = f"ticket|{client_id}|{point}|{issued}" + (f"|{enclosure}" if enclosure else "")
    digest = hmac.digest(secret.encode(), content.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:_PROOF_BYTES]).decode()
