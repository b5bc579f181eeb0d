"""Nothing that comes back tells whether somebody else has answered: not a status, a word, or a second try."""

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from survey.extensions import reading, writing
from survey.models import Response
from tests.support import places
from tests.support.api import Citizen
from tests.support.places import POINT

sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
ANSWERED, FREE, THIRD = (f"H15.50.05.13-261008-097{number}" for number in (1, 2, 3))


@pytest.fixture
def citizen(app: Flask, clock: time_machine.Traveller) -> Citizen:
    with writing() as session:
        world = places.build(session)
    client = app.test_client()
    issued = client.post("/api/v1/tickets", json={"point": POINT}).get_json()
    return Citizen(client, world, issued["client_id"], issued["ticket"])


def told(answer: TestResponse) -> tuple[object, ...]:
    """All that comes back but what is drawn anew for every answer."""
    body = {key: value for key, value in (answer.get_json() or {}).items() if key not in ("receipt", "request_id")}
    headers = {key: value for key, value in answer.headers if key not in ("X-Request-Id", "Date", "Content-Length")}
    return answer.status_code, body, headers


def tried(someone: Citizen, dossier: str) -> list[tuple[object, ...]]:
    """What somebody is told who sends an answer for a dossier, and then the same id in every way that is left."""
    body = someone.body(dossier=dossier)
    ways = ({"dossier": dossier}, {"dossier": THIRD}, {"dossier": ANSWERED}, {"dossier": FREE}, {"comment": "x"})
    again = [body, *({**body, **way} for way in ways if way != {"dossier": dossier}), someone.body(), body]
    found = [told(someone.put(body)), *(told(someone.put(each)) for each in again)]
    return sorted(found, key=str)


def test_nobody_learns_whether_a_dossier_was_answered(citizen: Citizen) -> None:
    assert citizen.put(citizen.body(dossier=ANSWERED)).status_code == 201
    curious, other = citizen.fresh(), citizen.fresh()
    of_answered, of_free = tried(curious, ANSWERED), tried(other, FREE)
    assert of_answered == of_free
    assert {entry[0] for entry in of_free} == {200, 201, 409}
    with reading() as session:
        assert sorted(row.counted for row in session.query(Response)) == [False, True, True]
