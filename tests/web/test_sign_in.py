"""Signing in and out: who gets in, for how long, what is told to those who do not, and what is recorded."""

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from survey.domain import throttling
from survey.extensions import reading, writing
from survey.models import AuditEvent, SignInFailure, Staff, StaffSession
from survey.services import throttles
from survey.web.accounts.auth import safe_next
from tests.support import places
from tests.support.databases import SECRET
from tests.support.pages import Browser, words
from tests.support.places import NOW, WARD, World
from tests.support.staff import EMAIL, PASSWORD, account, sign_in_fields, signed_in

WRONG = "Thư điện tử hoặc mật khẩu không đúng."


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        world = places.build(session)
    account(world, WARD)
    return world


def actions() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_page_asks_for_sign_in_and_comes_back(app: Flask, world: World) -> None:
    browser = Browser(app)
    response = browser.client.get("/staff/units/00166?from=2026-01&to=2026-03")
    assert response.status_code == 302
    address = response.headers["Location"]
    page = browser.get(address)
    assert page.h1 == "Đăng nhập dành cho cán bộ"
    fields = {**page.fields(), "email": EMAIL.upper(), "password": PASSWORD}
    assert browser.send(address, fields) == "/staff/units/00166?from=2026-01&to=2026-03"
    assert browser.get("/staff/").h1 == "UBND phường Cầu Giấy"


def test_only_a_hash_of_the_session_is_kept(app: Flask, world: World) -> None:
    browser = signed_in(app)
    with browser.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with reading() as session:
        kept = session.scalars(select(StaffSession.token_hash)).one()
    assert len(token) >= 40
    assert token.encode() not in kept
    assert actions() == ["signed_in"]


def test_every_wrong_sign_in_reads_alike(app: Flask, world: World) -> None:
    browser = Browser(app)
    tried = [
        (EMAIL, "không phải mật khẩu"),
        ("ai@hanoi.gov.vn", PASSWORD),
        ("ai", "xyz"),
        (EMAIL, ""),
        (EMAIL, "x" * 999),
    ]
    for email, password in tried:
        page = browser.post("/staff/sign-in", sign_in_fields(browser, email, password), 422)
        assert words(page.one("p", class_="complaints")) == WRONG
        assert not password or password not in page.html
    assert browser.client.get("/staff/").status_code == 302


def test_refused_sign_ins_are_recorded_without_what_was_typed(app: Flask, world: World) -> None:
    browser = Browser(app)
    for email in (EMAIL, "mật khẩu gõ nhầm chỗ"):
        browser.post("/staff/sign-in", sign_in_fields(browser, email, "sai"), 422)
    with reading() as session:
        rows = session.execute(select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)).all()
    assert [tuple(row) for row in rows] == [("sign_in_refused", EMAIL), ("sign_in_refused", "-")]


def test_a_disabled_account_is_refused_and_its_session_ends(app: Flask, world: World) -> None:
    browser = signed_in(app)
    with writing() as session:
        session.execute(update(Staff).values(disabled_at=NOW))
    assert browser.client.get("/staff/").status_code == 302
    other = Browser(app)
    assert WRONG in other.post("/staff/sign-in", sign_in_fields(other), 422).text


def test_pauses_grow_after_failures_and_never_lock_anybody_out(
    app: Flask, world: World, clock: time_machine.Traveller
) -> None:
    browser, pauses = Browser(app), []
    for _ in range(5):
        browser.post("/staff/sign-in", sign_in_fields(browser, EMAIL, "sai"), 422)
    for _ in range(8):
        page = browser.post("/staff/sign-in", sign_in_fields(browser), 429)
        pauses.append(int(re.findall(r"Hãy đợi (\d+) giây", page.text)[0]))
        clock.shift(timedelta(seconds=pauses[-1]))
        browser.post("/staff/sign-in", sign_in_fields(browser, EMAIL, "sai"), 422)
    assert pauses == [2, 3, 5, 9, 17, 33, 61, 61]
    browser.post("/staff/sign-in", sign_in_fields(browser, "other@hanoi.gov.vn"), 422)
    clock.shift(timedelta(seconds=61))
    assert browser.send("/staff/sign-in", sign_in_fields(browser)) == "/staff/"
    assert_nothing_waits(app)


def assert_nothing_waits(app: Flask) -> None:
    browser = Browser(app)
    for _ in range(5):  # the right password took the failures before it back
        browser.post("/staff/sign-in", sign_in_fields(browser, EMAIL, "sai"), 422)


def test_failures_of_others_do_not_hold_up_a_known_browser(app: Flask, world: World) -> None:
    owner, guesser = signed_in(app), Browser(app)
    fields = owner.get("/staff/").fields()
    owner.send("/staff/sign-out", {"csrf_token": fields["csrf_token"]})
    for _ in range(5):
        guesser.post("/staff/sign-in", sign_in_fields(guesser, EMAIL, "sai"), 422)
    guesser.post("/staff/sign-in", sign_in_fields(guesser), 429)
    assert owner.send("/staff/sign-in", sign_in_fields(owner)) == "/staff/"


def test_a_network_that_fails_with_many_accounts_waits(app: Flask, world: World) -> None:
    browser = Browser(app)
    network = throttles.counter("network", "127.0.0.1", throttling.NETWORK, SECRET, clears=False)
    with writing() as session:
        for _ in range(50):
            throttles.attempt(session, [network], NOW)
    browser.post("/staff/sign-in", sign_in_fields(browser), 429)
    elsewhere = Browser(app)
    page = elsewhere.get("/staff/sign-in", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    answer = elsewhere.client.post(
        "/staff/sign-in",
        data={**page.fields(), "email": EMAIL, "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )
    assert answer.status_code == 303


def sent_from(app: Flask, address: str, password: str) -> int:
    """What a sign-in from a browser that nobody knows is answered, from this address."""
    browser, network = Browser(app), {"REMOTE_ADDR": address}
    fields = browser.get("/staff/sign-in", environ_base=network).fields() | {"email": EMAIL, "password": password}
    return browser.client.post("/staff/sign-in", data=fields, environ_base=network).status_code


def test_one_network_keeps_an_owner_out_nowhere_else(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    for _ in range(40):  # whenever a pause is over
        sent_from(app, "10.0.0.1", "sai")
        clock.shift(timedelta(seconds=61))
    assert [sent_from(app, "10.0.0.1", "sai") for _ in range(2)] == [422, 429]
    assert [sent_from(app, "10.0.0.2", PASSWORD) for _ in range(2)] == [303, 303]


def test_many_networks_together_guess_once_a_minute(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    told = [sent_from(app, f"10.0.{number}.1", "sai") for number in range(30) for _ in range(3)]
    assert told[:20] == [422] * 20
    assert told[20:].count(422) == 0, "within one moment"
    guesses = 0
    for number in range(100):
        clock.shift(timedelta(seconds=6))
        guesses += sent_from(app, f"10.1.{number}.1", "sai") == 422
    assert guesses < 20, "in ten minutes, however many networks there are"


def test_the_table_of_failures_names_nobody(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.post("/staff/sign-in", sign_in_fields(browser, EMAIL, "sai"), 422)
    with reading() as session:
        keys = session.scalars(select(SignInFailure.key)).all()
    assert len(keys) == 3
    assert hashlib.sha256(EMAIL.encode()).digest() not in keys


def test_a_session_ends_after_twelve_hours(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    browser = signed_in(app)
    for _ in range(12):
        clock.shift(timedelta(minutes=59))
        assert browser.client.get("/staff/").status_code == 200
    clock.shift(timedelta(minutes=12))
    assert browser.client.get("/staff/").status_code == 302


def test_a_session_that_is_not_used_ends_after_an_hour(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    browser = signed_in(app)
    clock.shift(timedelta(hours=1))
    assert browser.client.get("/staff/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(app: Flask, world: World) -> None:
    browser, thief = signed_in(app), Browser(app)
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)
    fields = browser.get("/staff/").fields()
    assert browser.send("/staff/sign-out", {"csrf_token": fields["csrf_token"]}) == "/staff/sign-in"
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.client.get("/staff/").status_code == 302
    assert actions() == ["signed_in", "signed_out"]


def test_forms_without_their_token_are_refused(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.post("/staff/sign-in", {"email": EMAIL, "password": PASSWORD}, 400)
    browser = signed_in(app)
    browser.post("/staff/sign-out", {}, 400)
    assert browser.client.get("/staff/").status_code == 200
    assert browser.client.get("/staff/sign-out").status_code == 405


def test_an_old_hash_is_renewed_at_sign_in(app: Flask, world: World) -> None:
    old = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    with writing() as session:
        session.execute(update(Staff).values(password_hash=old))
    signed_in(app)
    with reading() as session:
        assert "m=19456,t=2,p=1" in session.scalars(select(Staff.password_hash)).one()


def test_a_signed_in_reader_does_not_sign_in_again(app: Flask, world: World) -> None:
    browser = signed_in(app)
    assert browser.client.get("/staff/sign-in").headers["Location"] == "/staff/"


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://evil.example/staff/",
        "//evil.example/staff/",
        "/\\evil.example",
        "\\/evil.example",
        "/staff/\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "/p/K7QAMX",
        "/staff/../p/K7QAMX",
        "/staffish",
        "staff/",
        "http:/staff/",
        " /staff/",
    ],
)
def test_next_never_leads_elsewhere(app: Flask, address: str | None) -> None:
    with app.test_request_context():
        assert safe_next(address) == "/staff/"


def test_next_leads_to_staff_pages(app: Flask) -> None:
    with app.test_request_context():
        assert safe_next("/staff/units/00166?from=2026-01") == "/staff/units/00166?from=2026-01"
