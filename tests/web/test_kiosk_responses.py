"""What a paired kiosk sends, with no ticket: statuses, channel and day, and what others may not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey.domain.points import PointKind
from survey.extensions import reading, writing
from survey.models import Pending, Response
from survey.services import kiosks
from tests.support.devices import Kiosk, body, client_id, paired
from tests.support.pages import Browser
from tests.support.places import KIOSK, NOW, POINT, QUICK_POINT, TODAY, World


@pytest.fixture
def kiosk(app: Flask, world: World) -> Kiosk:
    return paired(app, world)


def stored() -> list[Any]:
    with reading() as session:
        return list(session.execute(select(Response.__table__)))


def test_a_kiosk_needs_no_ticket_and_counts_as_kiosk(kiosk: Kiosk) -> None:
    answer = kiosk.put()
    assert (answer.status_code, answer.get_json()["status"]) == (201, "accepted")
    (row,) = stored()
    assert (row.channel, row.day, row.client_id) == ("kiosk", TODAY, client_id(1))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Pending)) == 1


def test_resends_are_held_and_another_body_conflicts(kiosk: Kiosk, world: World) -> None:
    assert [kiosk.put().status_code for _ in range(3)] == [201, 200, 200]
    assert kiosk.put(body(world, comment="khác")).status_code == 409
    assert kiosk.put(number=2).status_code == 201
    assert len(stored()) == 2


def test_without_the_cookie_there_is_nothing(app: Flask, world: World, kiosk: Kiosk) -> None:
    client = app.test_client()
    answer = client.put(f"/api/v1/responses/{client_id()}", json=body(world))
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device_unknown")
    assert answer.get_json()["detail"]
    client.set_cookie("kiosk", "made up")
    assert client.put(f"/api/v1/responses/{client_id()}", json=body(world)).get_json()["code"] == "device_unknown"
    assert stored() == []


def test_a_revoked_kiosk_is_refused_until_it_is_paired_again(app: Flask, kiosk: Kiosk, world: World) -> None:
    with writing() as session:
        assert kiosks.revoke(session, world.points[KIOSK], NOW)
        assert not kiosks.revoke(session, world.points[KIOSK], NOW)
    answer = kiosk.put()
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device_revoked")
    assert paired(app, world, seed=2).put().status_code == 201


def test_a_kiosk_sends_for_no_other_point(app: Flask, kiosk: Kiosk, world: World) -> None:
    answer = kiosk.put(body(world, QUICK_POINT))
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device_elsewhere")
    answer = kiosk.put({**body(world), "point": POINT})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "ticket_missing")
    assert stored() == []


def test_a_kiosk_draws_version_seven_ids_whatever_its_clock_says(kiosk: Kiosk, world: World) -> None:
    answer = kiosk.put(name=uuid4())
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["code"] == "client_id_malformed"
    assert kiosk.put(name=client_id(1, NOW - timedelta(days=9000))).status_code == 201


@pytest.mark.parametrize(
    ("answered", "day"),
    [
        ("2026-11-20T10:00:00+07:00", date(2026, 11, 20)),
        ("2026-08-25T10:00:00+07:00", date(2026, 8, 25)),
        ("2026-08-20T10:00:00+07:00", TODAY),  # longer ago than a kiosk is without network
        ("2031-01-01T10:00:00+07:00", TODAY),
        ("1970-01-01T07:00:00+07:00", TODAY),
    ],
)
def test_the_day_is_the_devices_when_plausible(kiosk: Kiosk, world: World, answered: str, day: date) -> None:
    assert kiosk.put(body(world, answered_at=answered)).status_code == 201
    assert stored()[0].day == day


def test_a_ticket_at_a_kiosks_point_is_web_unless_the_kiosk_itself_brings_it(
    app: Flask, kiosk: Kiosk, world: World
) -> None:
    for number, client in enumerate((app.test_client(), kiosk.browser.client)):
        issued = client.post("/api/v1/tickets", json={"point": KIOSK}).get_json()
        sent = body(world, ticket=issued["ticket"], comment=str(number))
        assert client.put(f"/api/v1/responses/{issued['client_id']}", json=sent).status_code == 201
    assert sorted(row.channel for row in stored()) == ["kiosk", "web"]


def test_the_plain_form_counts_in_the_same_way(app: Flask, kiosk: Kiosk, world: World) -> None:
    item = world.version.items[0].key
    for browser in (Browser(app), kiosk.browser):
        fields = browser.get(f"/p/{KIOSK}").fields()
        fields.update({f"answers.{one.key}": "4" for one in world.version.items}, **{f"answers.{item}": "2"})
        browser.send(f"/p/{KIOSK}", fields)
    assert sorted(row.channel for row in stored()) == [PointKind.KIOSK, PointKind.WEB]


def test_settings_are_for_the_paired_kiosk_alone(app: Flask, kiosk: Kiosk, world: World) -> None:
    assert app.test_client().get("/api/v1/kiosk").get_json()["code"] == "device_unknown"
    found = kiosk.browser.client.get("/api/v1/kiosk").get_json()
    assert (found["point"], found["unit"]["name"]) == (KIOSK, "UBND phường Cầu Giấy")
    assert found["questionnaire"] == "sipas-2024@1"
    assert found["idle"] == {"after": 45, "warning": 15}
    assert found["procedures"] == []
    assert found["hours"][0] == {"weekday": 1, "opens": "07:30", "closes": "11:30"}
    assert found["pin"]["iterations"] == 1
    assert found["urls"]["heartbeat"] == "/api/v1/heartbeat"
    with writing() as session:
        kiosks.revoke(session, world.points[KIOSK], NOW)
    assert kiosk.browser.client.get("/api/v1/kiosk").get_json()["code"] == "device_revoked"


def test_the_procedures_of_a_point_are_offered_by_domain(kiosk: Kiosk, world: World) -> None:
    with writing() as session:
        kiosks.arrange(session, world.points[KIOSK], (), ["1.001193"])
    assert kiosk.browser.client.get("/api/v1/kiosk").get_json()["procedures"] == [
        {"name": "Hộ tịch", "procedures": [{"code": "1.001193", "name": "Đăng ký khai sinh"}]}
    ]
