"""Pairing at /k: once, in time, not guessable; and the cookie that comes of it."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import func, select

from survey import create_app
from survey.config import Settings
from survey.extensions import db, reading, writing
from survey.models import AuditEvent, Device, Pairing
from survey.services import kiosks
from survey.web.kiosk.devices import COOKIE
from tests.support import places
from tests.support.databases import SECRET
from tests.support.devices import invited, pair, paired
from tests.support.pages import Browser
from tests.support.places import CLOSED_POINT, KIOSK, NOW, QUICK_POINT, World


def devices(*, active: bool = True) -> int:
    wanted = select(func.count()).select_from(Device)
    with reading() as session:
        return session.scalar(wanted.where(Device.revoked_at.is_(None)) if active else wanted) or 0


def test_the_page_of_an_unpaired_browser_asks_for_a_code(app: Flask, world: World) -> None:
    page = Browser(app).get("/k")
    assert page.h1 == "Ghép máy khảo sát"
    assert page.one("input", id="code").get("autocomplete") == "off"


def test_a_code_makes_the_browser_the_kiosk_of_its_point(app: Flask, world: World) -> None:
    browser, code = Browser(app), invited(world)
    response = pair(browser, f" {code[:3].lower()}-{code[3:]} ")
    assert (response.status_code, response.headers["Location"]) == (303, "/k")
    page = browser.client.get("/k")
    assert page.status_code == 200
    assert "UBND phường Cầu Giấy" in page.get_data(as_text=True)
    with reading() as session:
        event = session.execute(select(AuditEvent.__table__).order_by(AuditEvent.id.desc())).first()
        stored = session.execute(select(Device.__table__)).one()
    assert event is not None
    assert (event.action, event.subject) == ("device_paired", KIOSK)
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    assert stored.secret_hash == kiosks.secret_hash(cookie.value)
    assert cookie.value.encode() not in stored.secret_hash


def test_no_script_and_no_other_site_gets_the_cookie(app: Flask, world: World) -> None:
    header = pair(Browser(app), invited(world)).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Strict" in header
    assert "Secure" not in header


def test_in_production_the_cookie_needs_https(settings: Settings, clock: time_machine.Traveller) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, production=True))
    with app.app_context():
        with writing() as session:
            world = places.build(session)
        client, code = app.test_client(), invited(world)
        page = client.get("/k", base_url="https://localhost").get_data(as_text=True)
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        response = client.post(
            "/k",
            data={"csrf_token": token, "code": code},
            base_url="https://localhost",
            headers={"Referer": "https://localhost/k"},
        )
        assert response.status_code == 303
        assert "Secure" in response.headers["Set-Cookie"]
        for engine in db.engines.values():
            engine.dispose()


def test_a_code_works_once(app: Flask, world: World) -> None:
    code = invited(world)
    assert pair(Browser(app), code).status_code == 303
    assert pair(Browser(app), code).status_code == 422
    assert devices() == 1


def test_a_code_ends_after_fifteen_minutes(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    code = invited(world)
    clock.move_to(NOW + timedelta(minutes=15))
    assert pair(Browser(app), code).status_code == 422
    code = invited(world, seed=2)
    clock.move_to(NOW + timedelta(minutes=29, seconds=59))
    assert pair(Browser(app), code).status_code == 303


def test_a_new_code_ends_the_one_before_and_staff_end_the_last(app: Flask, world: World) -> None:
    first, second = invited(world, seed=1), invited(world, seed=2)
    assert pair(Browser(app), first).status_code == 422
    with writing() as session:
        assert kiosks.cancel(session, world.points[KIOSK], NOW)
        assert not kiosks.cancel(session, world.points[KIOSK], NOW)
    assert pair(Browser(app), second).status_code == 422
    assert devices(active=False) == 0


def test_pairing_anew_revokes_the_device_before(app: Flask, world: World) -> None:
    old, new = paired(app, world, seed=1), paired(app, world, seed=2)
    assert (devices(), devices(active=False)) == (1, 2)
    page = old.browser.get("/k")
    assert "đã bị thu hồi" in page.text
    assert "Ghép máy này" in page.html
    assert new.put().status_code == 201
    paired(app, world, QUICK_POINT, seed=3)
    assert devices() == 2


def test_a_wrong_code_is_told_without_saying_why(app: Flask, world: World) -> None:
    for wrong in ("AAAAAA", "ABC", "ÁÁÁÁÁÁ", "<b>hi</b>"):
        browser = Browser(app)
        page = browser.post("/k", {**browser.get("/k").fields(), "code": wrong}, 422)
        assert page.one("input", id="code").get("aria-invalid") == "true"
        assert len(page.all("p", role="alert")) == 1


def test_codes_cannot_be_guessed(app: Flask, world: World) -> None:
    code = invited(world)
    for _ in range(10):
        assert pair(Browser(app), "AAAAAA").status_code == 422  # a fresh browser each time: cookies do not matter
    assert pair(Browser(app), code).status_code == 429
    browser = Browser(app)
    page = browser.get("/k")
    elsewhere = {"REMOTE_ADDR": "10.1.2.3"}
    right = browser.client.post("/k", data={**page.fields(), "code": code}, environ_overrides=elsewhere)
    assert right.status_code == 303


def test_all_addresses_together_are_limited_too(app: Flask, world: World) -> None:
    code, browser = invited(world), Browser(app)
    fields = browser.get("/k").fields()
    answers = set()
    for number in range(301):
        address = {"REMOTE_ADDR": f"2001:db8:{number:x}::1"}
        answers.add(browser.client.post("/k", data={**fields, "code": "AAAAAA"}, environ_overrides=address).status_code)
    assert answers == {422, 429}
    late = browser.client.post("/k", data={**fields, "code": code}, environ_overrides={"REMOTE_ADDR": "10.9.9.9"})
    assert late.status_code == 429


def test_a_form_without_its_token_pairs_nothing(app: Flask, world: World) -> None:
    assert app.test_client().post("/k", data={"code": invited(world)}).status_code == 400
    assert devices() == 0


def test_only_a_keyed_hash_of_a_code_is_kept(app: Flask, world: World) -> None:
    code = invited(world)
    with reading() as session:
        row = session.execute(select(Pairing.__table__)).one()
    assert row.code_hash == kiosks.code_hash(SECRET, code)
    assert row.code_hash != kiosks.code_hash(SECRET[::-1], code)


def test_a_kiosk_of_a_closed_unit_says_so(app: Flask, world: World) -> None:
    kiosk = paired(app, world, CLOSED_POINT)
    assert kiosk.browser.client.get("/k").status_code in (404, 410)


def test_the_page_that_pairs_is_not_given_to_be_kept(app: Flask, world: World) -> None:
    """Its token belongs to the cookie that comes with it; a second one meanwhile would make the first useless."""
    answer = app.test_client().get("/k", headers={"Survey-Keep": "page"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    kiosk = paired(app, world)
    assert kiosk.browser.client.get("/k", headers={"Survey-Keep": "page"}).status_code == 200
