"""Tickets of the API, given, renewed and refused; and what a client reads before it sends."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask

from survey.extensions import writing
from tests.support import places
from tests.support.api import Citizen, codes, only_row, rows
from tests.support.places import CLOSED_POINT, NOW, OTHER_POINT, POINT


@pytest.fixture
def citizen(app: Flask, clock: time_machine.Traveller) -> Citizen:
    with writing() as session:
        world = places.build(session)
    client = app.test_client()
    issued = client.post("/api/v1/tickets", json={"point": POINT})
    assert issued.status_code == 201
    return Citizen(client, world, issued.get_json()["client_id"], issued.get_json()["ticket"])


def test_a_ticket_names_questionnaire_and_expiry(citizen: Citizen) -> None:
    issued = citizen.client.post("/api/v1/tickets", json={"point": POINT.lower()}).get_json()
    assert UUID(issued["client_id"]).version == 7
    assert issued["questionnaire"] == "sipas-2024@1"
    assert issued["expires_at"].startswith((NOW + timedelta(days=30)).date().isoformat())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"point": "NOWHERE"}, "point_unknown"),
        ({"point": 5}, "field_missing"),
        ({}, "field_missing"),
        ([], "field_missing"),
        ({"point": CLOSED_POINT}, "unit_closed"),
    ],
)
def test_no_ticket_without_an_open_point(citizen: Citizen, body: object, code: str) -> None:
    assert codes(citizen.client.post("/api/v1/tickets", json=body)) == {("point", code)}


def test_a_ticket_serves_its_own_id_point_and_time(citizen: Citizen, app: Flask, clock: time_machine.Traveller) -> None:
    body = citizen.body()
    refused = [
        citizen.put({**body, "ticket": None}),
        citizen.put({**body, "ticket": body["ticket"][:-1] + "_"}),
        citizen.put(body, client_id=str(uuid4())),
        citizen.put({**body, "point": OTHER_POINT}),
    ]
    clock.move_to(NOW + timedelta(days=31))
    refused.append(citizen.put(body))
    assert [answer.status_code for answer in refused] == [403] * 5
    assert [answer.get_json()["code"] for answer in refused] == [
        "ticket_missing",
        "ticket_invalid",
        "ticket_invalid",
        "ticket_invalid",
        "ticket_expired",
    ]
    assert all(answer.get_json()["detail"] for answer in refused)
    assert rows() == 0


def test_a_questionnaire_is_read_by_name_or_newest(citizen: Citizen) -> None:
    newest = citizen.client.get("/api/v1/questionnaires/sipas-2024")
    named = citizen.client.get("/api/v1/questionnaires/sipas-2024@1")
    assert newest.get_json() == named.get_json()
    assert newest.get_json()["questionnaire"] == "sipas-2024@1"
    assert [item["key"] for item in newest.get_json()["content"]["items"]][:3] == ["A1", "A2", "A3"]
    assert "biển" in json.dumps(newest.get_json(), ensure_ascii=False)
    again = citizen.client.get("/api/v1/questionnaires/sipas-2024", headers={"If-None-Match": newest.headers["ETag"]})
    assert again.status_code == 304
    assert citizen.client.get("/api/v1/questionnaires/unknown").status_code == 404


def test_units_are_listed_and_found(citizen: Citizen) -> None:
    every = citizen.client.get("/api/v1/units").get_json()["units"]
    assert {unit["code"] for unit in every} == {"HN", "00166", "00070", "005"}
    found = citizen.client.get("/api/v1/units?q=cau giay").get_json()["units"]
    assert [(unit["code"], unit["parent"], unit["valid_from"]) for unit in found] == [("00166", "HN", "2025-07-01")]


def test_an_old_ticket_is_exchanged_for_one_of_the_same_id(citizen: Citizen, clock: time_machine.Traveller) -> None:
    given = citizen.body(answered_at=NOW.isoformat())
    clock.move_to(NOW + timedelta(days=40))
    assert citizen.put(given).get_json()["code"] == "ticket_expired"
    old = {"point": POINT, "client_id": citizen.client_id, "ticket": citizen.ticket}
    renewed = citizen.client.post("/api/v1/tickets", json=old)
    assert (renewed.status_code, renewed.get_json()["client_id"]) == (201, citizen.client_id)
    given["ticket"] = renewed.get_json()["ticket"]
    assert citizen.put(given).status_code == 201
    assert only_row().day == NOW.date()  # not the day of the exchange
    assert citizen.put(given).status_code == 200
    assert rows() == 1


@pytest.mark.parametrize(
    "changes",
    [{"ticket": None}, {"ticket": "0.x"}, {"client_id": str(uuid4())}, {"client_id": "1"}, {"point": OTHER_POINT}],
)
def test_only_a_ticket_of_ours_is_exchanged(citizen: Citizen, changes: dict[str, str]) -> None:
    old = {"point": POINT, "client_id": citizen.client_id, "ticket": citizen.ticket, **changes}
    answer = citizen.client.post("/api/v1/tickets", json=old)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "ticket_invalid")
