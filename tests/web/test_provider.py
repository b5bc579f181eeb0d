"""Sign-in by OpenID Connect against a provider that signs real tokens: who gets in, and which tokens do not hold."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import Staff
from tests.support import places
from tests.support.issuers import CLIENT_ID, CLIENT_SECRET, KEY, OTHER_KEY, Issuer, issuing
from tests.support.pages import Browser
from tests.support.places import CITY, WARD, World
from tests.support.staff import EMAIL, account, code

START = "/staff/sign-in/provider"
HOLDER = {"sub": "s-1", "email": EMAIL, "email_verified": True}


@pytest.fixture
def issuer(app: Flask, world: World) -> Iterator[Issuer]:
    with issuing() as issuer:
        issuer.claims = dict(HOLDER)
        app.config["SETTINGS"] = replace(
            app.config["SETTINGS"],
            oidc_issuer=issuer.url,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
        )
        yield issuer


def come_back(app: Flask, issuer: Issuer, path: str = START) -> tuple[Browser, int, str]:
    browser = Browser(app)
    there = browser.client.get(path).headers["Location"]
    answer = browser.client.get(issuer.visit(there))
    return browser, answer.status_code, answer.headers.get("Location", "")


def test_a_known_address_gets_in_and_is_bound_to_the_person(app: Flask, world: World, issuer: Issuer) -> None:
    account(world, WARD)
    assert "Đăng nhập qua tài khoản của cơ quan" in Browser(app).get("/staff/sign-in").links()
    browser, status, address = come_back(app, issuer, f"{START}?next=/staff/units/{WARD}")
    assert (status, address) == (303, f"/staff/units/{WARD}")
    assert browser.get("/staff/").h1 == "UBND phường Cầu Giấy"
    with reading() as session:
        assert session.execute(select(Staff.issuer, Staff.subject)).one() == (issuer.url, "s-1")
    issuer.claims = {"sub": "s-1", "email": "married@hanoi.gov.vn", "email_verified": True}
    assert come_back(app, issuer)[1] == 303  # the person counts, not the address
    issuer.claims = {**HOLDER, "sub": "s-2"}
    assert come_back(app, issuer)[1] == 403  # somebody else who got the address later


def test_nobody_unknown_disabled_or_unverified_gets_in(app: Flask, world: World, issuer: Issuer) -> None:
    assert come_back(app, issuer)[1] == 403
    with reading() as session:
        assert session.scalars(select(Staff.id)).all() == []
    account(world, WARD)
    issuer.claims = {**HOLDER, "email_verified": False}
    assert come_back(app, issuer)[1] == 403
    issuer.claims = dict(HOLDER)
    with writing() as session:
        session.execute(update(Staff).values(disabled_at=places.NOW))
    assert come_back(app, issuer)[1] == 403


def test_the_provider_stands_for_the_password_only(app: Flask, world: World, issuer: Issuer) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    browser, status, address = come_back(app, issuer)
    assert (status, address) == (303, "/staff/sign-in/code")
    assert browser.client.get("/staff/").status_code == 302
    assert browser.send(address, {**browser.get(address).fields(), "code": code()}) == "/staff/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": "another", "azp": CLIENT_ID},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"sub": None},
        {"iat": 4_102_444_800},  # in the year 2100: the same in every process that collects these tests
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_does_not_hold(
    app: Flask, world: World, issuer: Issuer, wrong: dict[str, object]
) -> None:
    account(world, WARD)
    issuer.claims = {**HOLDER, **wrong}
    browser, status, _ = come_back(app, issuer)
    assert status == 403
    assert browser.client.get("/staff/").status_code == 302


def test_a_token_without_signature_or_with_another_does_not_hold(app: Flask, world: World, issuer: Issuer) -> None:
    account(world, WARD)
    issuer.unsigned = True
    assert come_back(app, issuer)[1] == 403
    issuer.unsigned, issuer.signer = False, OTHER_KEY
    assert come_back(app, issuer)[1] == 403
    issuer.signer = KEY
    assert come_back(app, issuer)[1] == 303


def test_an_answer_that_was_not_asked_for_does_not_hold(app: Flask, world: World, issuer: Issuer) -> None:
    account(world, WARD)
    there = Browser(app).client.get(START).headers["Location"]
    victim = Browser(app)
    assert victim.client.get(issuer.visit(there)).status_code == 403  # state of another browser
    for query in ("", "?code=c0de", "?state=x", "?error=access_denied", "?code=c0de&state=x"):
        assert victim.client.get(f"{START}/back{query}").status_code == 403


def test_without_configuration_there_is_no_provider(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.get(START, 404)
    browser.get(f"{START}/back", 404)
    assert "cơ quan" not in " ".join(browser.get("/staff/sign-in").links())


def test_a_provider_that_does_not_answer_is_said_so(app: Flask, world: World, issuer: Issuer) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], oidc_issuer="http://127.0.0.1:9")
    assert "Không liên lạc được" in Browser(app).get(START, 403).text
