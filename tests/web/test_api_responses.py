"""The PUT of a response as others script against it: statuses, problems, languages, and what is in the table then."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey import create_app
from survey.config import Settings
from survey.domain import tickets
from survey.extensions import db, reading, writing
from survey.models import Comment, Pending, Response
from tests.support import places
from tests.support.api import Citizen, codes, only_row, rows
from tests.support.places import CLOSED_POINT, NOW, OTHER_POINT, POINT, QUICK_POINT

DOSSIER = "H15.50.05.13-261008-0975"


@pytest.fixture
def citizen(app: Flask, clock: time_machine.Traveller) -> Citizen:
    with writing() as session:
        world = places.build(session)
    client = app.test_client()
    issued = client.post("/api/v1/tickets", json={"point": POINT})
    assert issued.status_code == 201
    return Citizen(client, world, issued.get_json()["client_id"], issued.get_json()["ticket"])


def test_a_response_is_one_row_and_pending(citizen: Citizen) -> None:
    body = citizen.body(
        answers={**citizen.body()["answers"], "A1": 2, "B1": None},
        facts={"trips": "1"},
        about={"age": "25-34"},
        comment="Gọi tôi theo số 0912 345 678",
        procedure="1.001193",
        dossier=DOSSIER,
        assisted=True,
        started_at="2026-11-24T08:59:10+07:00",
        answered_at="2026-11-24T08:59:52+07:00",
    )
    answer = citizen.put(body)
    assert answer.status_code == 201
    assert answer.get_json()["status"] == "accepted"
    assert len(answer.get_json()["receipt"]) == 6
    row = only_row()
    slots = {item.key: getattr(row, f"a{item.slot:02}") for item in citizen.world.version.items}
    assert slots == body["answers"]
    assert (row.day, row.duration, row.assisted, row.channel) == (date(2026, 11, 24), 42, True, "poster")
    assert (row.facts, row.about, row.procedure) == ({"trips": "1"}, {"age": "25-34"}, "1.001193")
    assert row.counted
    assert row.dossier_hash is not None
    assert DOSSIER.encode() not in row.dossier_hash
    assert rows(Pending) == 1
    with reading() as session:
        assert session.scalars(select(Comment.masked)).one() == "Gọi tôi theo số •••"


def test_a_repeat_is_held_and_another_body_conflicts(citizen: Citizen) -> None:
    body = citizen.body(comment="Tốt")
    assert citizen.put(body).status_code == 201
    again = citizen.put(dict(reversed(body.items())))
    assert (again.status_code, again.get_json()["status"]) == (200, "held")
    other = citizen.put({**body, "comment": "Xấu"})
    assert other.status_code == 409
    assert other.content_type == "application/problem+json"
    assert citizen.put(body).status_code == 200
    assert (rows(), rows(Pending), rows(Comment)) == (1, 1, 1)


def test_a_second_answer_for_a_dossier_is_thanked_alike_and_not_counted(citizen: Citizen) -> None:
    first, second = citizen, citizen.fresh()
    one = first.put(first.body(dossier=DOSSIER))
    two = second.put(second.body(dossier=DOSSIER.lower().replace("-", " – ")))
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.get_json().keys() == two.get_json().keys()
    assert one.get_json()["status"] == two.get_json()["status"]
    assert second.put(second.body(dossier=DOSSIER.lower().replace("-", " – "))).status_code == 200
    assert second.put(second.body(dossier=DOSSIER, comment="khác")).status_code == 409
    with reading() as session:
        assert sorted(session.scalars(select(Response.counted))) == [False, True]
    assert rows(Pending) == 1


def test_the_same_dossier_counts_once_in_each_unit(citizen: Citizen) -> None:
    other = citizen.fresh(OTHER_POINT)
    assert citizen.put(citizen.body(dossier=DOSSIER)).status_code == 201
    assert other.put(other.body(dossier=DOSSIER, point=OTHER_POINT)).status_code == 201
    with reading() as session:
        assert list(session.scalars(select(Response.counted))) == [True, True]


@pytest.mark.parametrize("level", [0, 6, "5", 4.5, True])
def test_a_wrong_level_is_named(citizen: Citizen, level: object) -> None:
    body = citizen.body()
    assert codes(citizen.put({**body, "answers": {**body["answers"], "A1": level}})) == {
        ("answers.A1", "level_unknown")
    }
    assert rows() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"questionnaire": "sipas-2024@2"}, ("questionnaire", "questionnaire_unknown")),
        ({"questionnaire": "sipas-2024"}, ("questionnaire", "questionnaire_unknown")),
        ({"questionnaire": "quick@1"}, ("questionnaire", "questionnaire_not_here")),
        ({"questionnaire": None}, ("questionnaire", "field_missing")),
        ({"point": "NOWHERE"}, ("point", "point_unknown")),
        ({"comment": "ô" * 2001}, ("comment", "text_too_long")),
        ({"comment": "\x00"}, ("comment", "text_control")),
        ({"comment": "\udc00"}, ("comment", "text_control")),
        ({"dossier": "H15.50.05.13-261125-0975"}, ("dossier", "dossier_future")),
        ({"answers": {}}, ("answers", "all_empty")),
        ({"surname": "Nguyễn"}, ("surname", "field_unknown")),
        ({"\ud800": 1}, ("?", "field_unknown")),
    ],
)
def test_a_wrong_field_is_named(citizen: Citizen, changes: dict[str, Any], expected: tuple[str, str]) -> None:
    found = codes(citizen.put(citizen.body(**changes)))
    assert expected in found
    assert rows() == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff\xfe{}", "not_utf8"),
        ('{"point": "Cầu Giấy"}'.encode("utf-16"), "not_utf8"),
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[" * 60_000, "not_json"),
        (b'{"answers": {"A1": ' + b"9" * 5000 + b"}}", "not_json"),
        (b"[]", "not_object"),
        (b"null", "not_object"),
    ],
)
def test_a_body_that_is_no_json_says_so(citizen: Citizen, body: bytes, code: str) -> None:
    assert codes(citizen.put_bytes(body)) == {("", code)}


def test_a_body_of_two_megabytes_is_refused(citizen: Citizen) -> None:
    answer = citizen.put(citizen.body(comment="a" * 2_000_000))
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"
    assert rows() == 0


def test_a_closed_units_point_takes_late_answers_of_its_days_and_no_new_ones(
    citizen: Citizen, app: Flask, clock: time_machine.Traveller
) -> None:
    clock.move_to(places.NOW.replace(year=2025, month=6, day=30))
    on_the_last_day = citizen.fresh(CLOSED_POINT)
    clock.move_to(places.NOW.replace(year=2025, month=7, day=5))
    body = on_the_last_day.body(point=CLOSED_POINT)
    assert codes(on_the_last_day.put(body)) == {("point", "unit_closed")}
    late = {**body, "answered_at": "2025-06-30T16:00:00+07:00"}
    assert on_the_last_day.put(late).status_code == 201
    assert only_row().day == date(2025, 6, 30)


@pytest.mark.parametrize("year", [2025, 2027, 1999, 9999])
def test_a_clock_that_is_years_wrong_leaves_the_day_to_the_server(citizen: Citizen, year: int) -> None:
    body = citizen.body(started_at=f"{year}-11-24T09:01:10+07:00", answered_at=f"{year}-11-24T09:01:52+07:00")
    assert citizen.put(body).status_code == 201
    assert (only_row().day, only_row().duration) == (date(2026, 11, 24), 42)


def test_problems_come_in_the_readers_language(citizen: Citizen) -> None:
    body = citizen.body(comment="a" * 2001)
    plain = citizen.put(body)
    stated = citizen.put({**body, "locale": "en"})
    accepted = citizen.put(body, headers={"Accept-Language": "en-GB,en;q=0.8"})
    asked = citizen.client.put(f"/api/v1/responses/{citizen.client_id}?lang=en", json=body)
    assert "tối đa 2000" in plain.get_json()["errors"][0]["message"]
    for answer in (stated, accepted, asked):
        assert "at most 2000" in answer.get_json()["errors"][0]["message"]


def test_a_point_takes_so_many_a_minute_and_says_when_to_come_back(
    settings: Settings, clock: time_machine.Traveller
) -> None:
    app = create_app(replace(settings, point_limit=3))
    app.testing = True
    with app.app_context():
        with writing() as session:
            world = places.build(session)
        issued = tickets.new_client_id(NOW, bytes(10))
        ticket = tickets.issue(settings.secret_key, issued, POINT, NOW)
        citizen = Citizen(app.test_client(), world, str(issued), ticket)
        statuses = [citizen.put(citizen.body()).status_code for _ in range(4)]
        assert statuses == [201, 200, 200, 429]
        refused = citizen.put(citizen.body())
        assert refused.content_type == "application/problem+json"
        assert 0 < int(refused.headers["Retry-After"]) <= 61
        clock.shift(timedelta(seconds=61))
        assert citizen.put(citizen.body()).status_code == 200
        for engine in db.engines.values():
            engine.dispose()


def test_the_quick_questionnaire_is_taken_at_its_point(citizen: Citizen) -> None:
    quick = citizen.fresh(QUICK_POINT)
    answers = {item.key: 4 for item in citizen.world.versions["quick"].items}
    body = quick.body(point=QUICK_POINT, questionnaire="quick@1", answers=answers)
    assert quick.put(body).status_code == 201
    assert only_row().channel == "web"  # with a ticket, so nobody stood at the kiosk


def test_reasons_are_stored_and_remarks_join_the_masked_comment(citizen: Citizen) -> None:
    body = citizen.body(reasons={"A": ["signs"]}, remarks={"A": "Gọi 0912345678"})
    body["answers"]["A1"] = 1
    assert citizen.put(body).status_code == 201
    assert only_row().reasons == {"A": ["signs"]}
    with reading() as session:
        assert session.scalars(select(Comment.masked)).one() == "Tiếp cận dịch vụ: Gọi •••"
