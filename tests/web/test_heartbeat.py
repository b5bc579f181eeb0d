"""Heartbeats: what is kept of them, how seldom they are written, and who may send one."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Row, event, select

from survey.extensions import db, reading, writing
from survey.models import Device
from survey.services import kiosks
from tests.support.devices import Kiosk, paired
from tests.support.places import KIOSK, NOW, World


@pytest.fixture
def kiosk(app: Flask, world: World) -> Kiosk:
    return paired(app, world)


def device() -> Row[Any]:
    with reading() as session:
        return session.execute(select(Device.__table__)).one()


def test_a_heartbeat_is_kept_and_answered(kiosk: Kiosk) -> None:
    told = {
        "queue": 7,
        "oldest_waiting_at": (NOW - timedelta(days=2)).isoformat(),
        "aside": 1,
        "problems": {"invalid": 1},
        "now": (NOW - timedelta(seconds=300)).isoformat(),
        "version": "abc",
    }
    answer = kiosk.beat(**told)
    assert answer.status_code == 200
    assert answer.get_json()["revoked"] is False
    assert answer.get_json()["server_time"] == "2026-11-24T02:00:00.000+00:00"
    assert answer.get_json()["version"] == kiosk.browser.client.get("/api/v1/kiosk").get_json()["version"]
    assert "Max-Age=34560000" in answer.headers["Set-Cookie"]
    found = device()
    assert (found.last_seen, found.queued, found.aside, found.skew, found.version) == (NOW, 7, 1, -300, "abc")
    assert (found.oldest_day, found.problems) == (date(2026, 11, 22), {"invalid": "1"})


def test_a_heartbeat_that_tells_nothing_new_is_written_seldom(kiosk: Kiosk, clock: time_machine.Traveller) -> None:
    written: list[str] = []
    event.listen(db.get_engine(), "before_cursor_execute", lambda *call: written.append(call[2]))
    kiosk.beat(queue=1)
    clock.move_to(NOW + timedelta(seconds=29))
    kiosk.beat(queue=1)
    assert sum("UPDATE device" in statement for statement in written) == 1
    kiosk.beat(queue=2)
    clock.move_to(NOW + timedelta(seconds=60))
    kiosk.beat(queue=2)
    assert sum("UPDATE device" in statement for statement in written) == 3
    assert device().last_seen == NOW + timedelta(seconds=60)


def test_a_revoked_kiosk_is_told_so_and_may_say_what_it_holds(kiosk: Kiosk, world: World) -> None:
    with writing() as session:
        kiosks.revoke(session, world.points[KIOSK], NOW)
    assert kiosk.beat(queue=12).get_json()["revoked"] is True
    assert device().queued == 12


def test_only_a_kiosk_and_only_json_is_heard(app: Flask, kiosk: Kiosk) -> None:
    answer = app.test_client().post("/api/v1/heartbeat", json={})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "device_unknown")
    form = kiosk.browser.client.post("/api/v1/heartbeat", data={"queue": "1"})
    assert form.status_code == 415
    plain = kiosk.browser.client.post("/api/v1/heartbeat", data='{"queue": 1}', content_type="text/plain")
    assert plain.status_code == 415
    assert kiosk.browser.client.post("/api/v1/heartbeat", json=[]).status_code == 422
    assert device().last_seen is None


def test_a_kiosk_gone_mad_is_slowed_down(kiosk: Kiosk) -> None:
    assert [kiosk.beat().status_code for _ in range(31)] == [200] * 30 + [429]
