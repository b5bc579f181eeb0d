"""Second factors: an authenticator that some roles need, its codes, recovery codes, and guesses of them."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import RecoveryCode, Staff
from survey.services import authenticators, staff
from tests.support.databases import SECRET
from tests.support.pages import Browser, words
from tests.support.places import CITY, NOW, WARD, World
from tests.support.staff import (
    EMAIL,
    PASSWORD,
    account,
    actions,
    authenticator,
    code,
    sign_in_fields,
    signed_in,
    staff_id,
    token_of,
)

NEW = "chiều mưa sông Hồng lặng"
ADMIN = "quan-tri@hanoi.gov.vn"
STAFF = "/staff/admin/staff"


def half_signed_in(app: Flask, email: str = EMAIL) -> Browser:
    browser = Browser(app)
    assert browser.send("/staff/sign-in", sign_in_fields(browser, email)) == "/staff/sign-in/code"
    return browser


def give_code(browser: Browser, given: str) -> int:
    fields = {**browser.get("/staff/sign-in/code").fields(), "code": given}
    return browser.client.post("/staff/sign-in/code", data=fields).status_code


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTOR])
def test_administrators_and_inspectors_set_up_an_authenticator_first(app: Flask, world: World, role: Role) -> None:
    with writing() as session:
        staff.create(session, EMAIL, "Nguyễn Thị Hạnh", role, world.units[CITY], PASSWORD)
    browser = Browser(app)
    browser.send("/staff/sign-in", sign_in_fields(browser))
    for path in ("/staff/", "/staff/account", "/staff/ranking", f"/staff/units/{WARD}"):
        assert browser.client.get(path).headers["Location"] == "/staff/account/authenticator"
    page = browser.get("/staff/account/authenticator")
    secret = words(page.one("span", class_="code")).replace(" ", "")
    assert page.one("img").get("src", "").startswith("data:image/svg+xml")
    wrong = browser.post("/staff/account/authenticator", {**page.fields(), "code": "000000"}, 422)
    assert "Mã không đúng" in wrong.text
    shown = browser.post("/staff/account/authenticator", {**page.fields(), "code": pyotp.TOTP(secret).at(NOW)}, 200)
    assert len(shown.all("li", class_="code")) == 10
    browser.get("/staff/")
    with reading() as session:
        stored = session.scalars(select(Staff.totp_secret)).one()
        kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert stored is not None
    assert secret.encode() not in stored
    assert len(kept) == 10
    assert {"authenticator_set", "recovery_codes_made"} <= actions()


def test_a_code_opens_once_and_so_does_a_recovery_code(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    codes = ("abcde-fghjk", "mnpqr-stuvw")
    with writing() as session:
        authenticators.replace_codes(session, staff_id(EMAIL), EMAIL, codes, SECRET, NOW)
    assert give_code(half_signed_in(app), code()) == 303
    assert give_code(half_signed_in(app), code()) == 422  # seen over a shoulder
    clock.shift(timedelta(seconds=30))
    assert give_code(half_signed_in(app), code()) == 303
    assert give_code(half_signed_in(app), "ABCDE FGHJK") == 303
    assert give_code(half_signed_in(app), codes[0]) == 422
    assert give_code(half_signed_in(app), codes[1]) == 303
    assert "recovery_code_used" in actions()


def test_the_password_alone_opens_nothing_and_its_proof_ends(
    app: Flask, world: World, clock: time_machine.Traveller
) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    assert Browser(app).client.get("/staff/sign-in/code").headers["Location"] == "/staff/sign-in"
    browser = half_signed_in(app)
    assert browser.client.get("/staff/").status_code == 302
    clock.shift(timedelta(minutes=5))
    assert browser.client.get("/staff/sign-in/code").headers["Location"] == "/staff/sign-in"


def test_guesses_of_a_code_wait(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    browser = half_signed_in(app)
    assert [give_code(browser, "000000") for _ in range(6)] == [422] * 5 + [429]
    assert give_code(browser, code()) == 429


def test_with_another_secret_of_the_application_no_code_is_right(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    recovery, other = "abcde-fghjk", "another secret" * 4
    with writing() as session:
        authenticators.replace_codes(session, staff_id(EMAIL), EMAIL, [recovery], SECRET, NOW)
        for tried in (code(), recovery):
            assert not authenticators.accept(session, staff_id(EMAIL), EMAIL, tried, other, NOW)
        assert authenticators.accept(session, staff_id(EMAIL), EMAIL, recovery, SECRET, NOW)


def test_an_authenticator_that_is_removed_is_asked_for_again(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    authenticator(staff_id(EMAIL))
    admin, path = signed_in(app, ADMIN), f"{STAFF}/{staff_id(EMAIL)}"
    half_signed_in(app)
    admin.send(f"{path}/authenticator", token_of(admin))
    other = Browser(app)
    assert other.send("/staff/sign-in", sign_in_fields(other)) == "/staff/"


def test_the_step_of_a_code_never_goes_back(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    with writing() as session:
        session.execute(update(Staff).values(totp_step=int(NOW.timestamp()) // 30 + 5))
    assert give_code(half_signed_in(app), code()) == 422
