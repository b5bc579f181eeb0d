"""Tickets and client ids."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from survey.domain import tickets
from survey.domain.tickets import TicketError

NOW = datetime(2026, 11, 24, 2, 1, 52, tzinfo=UTC)
CLIENT = tickets.new_client_id(NOW, bytes(range(10)))
MONTH = timedelta(days=30)
TICKET = tickets.issue("secret", CLIENT, "K7QAMX", NOW)


def test_a_client_id_is_a_uuid_of_version_7_that_carries_its_time() -> None:
    assert CLIENT.version == 7
    assert CLIENT.variant == "specified in RFC 4122"
    assert CLIENT.int >> 80 == int(NOW.timestamp() * 1000)
    assert tickets.new_client_id(NOW, b"\xff" * 10) != CLIENT


def test_a_ticket_is_honoured_until_it_is_too_old() -> None:
    assert tickets.redeem("secret", TICKET, CLIENT, "K7QAMX", NOW + MONTH, MONTH) == NOW
    with pytest.raises(TicketError) as error:
        tickets.redeem("secret", TICKET, CLIENT, "K7QAMX", NOW + MONTH + timedelta(seconds=1), MONTH)
    assert error.value.code == "ticket_expired"


@pytest.mark.parametrize(
    "ticket",
    [
        "",
        ".",
        "x",
        TICKET[:-1],
        TICKET + "A",
        TICKET.upper(),
        "0" + TICKET,
        "+" + TICKET,
        "-" + TICKET,
        TICKET.replace(".", ".."),
        "f" * 40 + TICKET[8:],
        TICKET[:-1] + ("A" if TICKET[-1] != "A" else "B"),
        "６" + TICKET[1:],
        TICKET + "\ud800",
    ],
)
def test_an_altered_ticket_is_refused(ticket: str) -> None:
    with pytest.raises(TicketError) as error:
        tickets.redeem("secret", ticket, CLIENT, "K7QAMX", NOW, MONTH)
    assert error.value.code == "ticket_invalid"


@pytest.mark.parametrize(
    ("secret", "client", "point"),
    [("other", CLIENT, "K7QAMX"), ("secret", UUID(int=1), "K7QAMX"), ("secret", CLIENT, "K7QAMY")],
)
def test_a_ticket_serves_one_id_at_one_point(secret: str, client: UUID, point: str) -> None:
    with pytest.raises(TicketError):
        tickets.redeem(secret, TICKET, client, point, NOW, MONTH)
