"""Accounts: second factors, one-time links, sessions, proof before dangerous acts, and who decides on whose account."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.demo.accounts import ACCOUNTS
from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, RecoveryCode, Staff, StaffLink
from survey.services import authenticators, demonstrations, staff
from tests.support import places
from tests.support.databases import SECRET
from tests.support.pages import Browser, Page, words
from tests.support.places import CITY, DISTRICT, NOW, OTHER_WARD, WARD, World
from tests.support.staff import EMAIL, PASSWORD, account, authenticator, code, sign_in_fields, signed_in

NEW = "chiều mưa sông Hồng lặng"
ADMIN = "quan-tri@hanoi.gov.vn"
STAFF = "/staff/admin/staff"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        return places.build(session)


def staff_id(email: str) -> int:
    with reading() as session:
        return session.scalars(select(Staff.id).where(Staff.email == email)).one()


def actions() -> set[str]:
    with reading() as session:
        return set(session.scalars(select(AuditEvent.action)))


def token_of(browser: Browser, path: str = "/staff/account") -> dict[str, str]:
    return {"csrf_token": browser.get(path).fields()["csrf_token"]}


def half_signed_in(app: Flask, email: str = EMAIL) -> Browser:
    browser = Browser(app)
    assert browser.send("/staff/sign-in", sign_in_fields(browser, email)) == "/staff/sign-in/code"
    return browser


def give_code(browser: Browser, given: str) -> int:
    fields = {**browser.get("/staff/sign-in/code").fields(), "code": given}
    return browser.client.post("/staff/sign-in/code", data=fields).status_code


def link_on(page: Page) -> str:
    return words(page.one("p", class_="link-once")).removeprefix("http://localhost")


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


def test_an_invitation_opens_an_account_once(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    admin = signed_in(app, ADMIN)
    wanted = {"email": "Lan@hanoi.gov.vn", "name": "Lê Thị Lan", "role": "manager", "unit": WARD}
    link = link_on(admin.post(STAFF, {**token_of(admin), **wanted}, 200))
    with reading() as session:
        kept = session.scalars(select(StaffLink.token_hash)).one()
    assert link.rpartition("/")[2].encode() not in kept
    guest = Browser(app)
    page = guest.get(link)
    weak = guest.post(link, {**page.fields(), "new": "password1234", "again": "x"}, 422)
    assert len(weak.all("li")) == 2
    assert guest.send(link, {**page.fields(), "new": NEW, "again": NEW}) == "/staff/sign-in?done=password"
    guest.get(link, 404)
    fields = sign_in_fields(guest, "lan@hanoi.gov.vn", NEW)
    assert guest.send("/staff/sign-in", fields) == "/staff/"
    assert guest.get("/staff/").h1 == "UBND phường Cầu Giấy"
    assert {"staff_invited", "role_granted", "password_changed"} <= actions()


def test_links_end_and_a_new_one_ends_the_old(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    admin, owner = signed_in(app, ADMIN), signed_in(app)
    path = f"{STAFF}/{staff_id(EMAIL)}/reset"
    first = link_on(admin.post(path, token_of(admin), 200))
    assert owner.client.get("/staff/").status_code == 302
    second = link_on(admin.post(path, token_of(admin), 200))
    Browser(app).get(first, 404)
    Browser(app).get(second.replace("/reset/", "/invitation/"), 404)
    Browser(app).get(second)
    clock.shift(timedelta(hours=24))
    Browser(app).get(second, 404)


def test_an_administrator_decides_within_reach_only(app: Flask, world: World) -> None:
    account(world, WARD, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    account(world, OTHER_WARD, "xa@hanoi.gov.vn")
    account(world, CITY, "tren@hanoi.gov.vn", Role.ADMINISTRATOR)
    admin = signed_in(app, ADMIN)
    page = admin.get(STAFF)
    assert EMAIL in page.text
    assert "xa@hanoi.gov.vn" not in page.html
    assert "tren@hanoi.gov.vn" not in page.html
    assert "Hoàn Kiếm" not in page.html
    unseen, fields = staff_id("xa@hanoi.gov.vn"), token_of(admin)
    admin.get(f"{STAFF}/{unseen}", 404)
    for act in ("grants", "reset", "authenticator", "disabled"):
        admin.post(f"{STAFF}/{unseen}/{act}", {**fields, "role": "viewer", "unit": WARD}, 404)
    beyond = {**fields, "role": "viewer", "unit": OTHER_WARD}
    admin.post(f"{STAFF}/{staff_id(EMAIL)}/grants", beyond, 422)
    admin.post(STAFF, {**beyond, "email": "m@hanoi.gov.vn", "name": "M"}, 422)


def test_an_account_with_roles_elsewhere_is_not_taken_over(app: Flask, world: World) -> None:
    account(world, WARD, ADMIN, Role.ADMINISTRATOR)
    account(world, CITY, role=Role.ADMINISTRATOR)
    account(world, CITY, "tren@hanoi.gov.vn", Role.ADMINISTRATOR)
    above = signed_in(app, "tren@hanoi.gov.vn")
    path = f"{STAFF}/{staff_id(EMAIL)}"
    above.send(f"{path}/grants", {**token_of(above), "role": "viewer", "unit": WARD})
    admin = signed_in(app, ADMIN)
    assert "còn 1 vai trò ở nơi khác" in admin.get(path).text
    for act in ("reset", "authenticator", "disabled"):
        admin.post(f"{path}/{act}", token_of(admin), 403)
    admin.post(f"{STAFF}/{staff_id(ADMIN)}/disabled", token_of(admin), 403)
    assert admin.send(f"{path}/grants", {**token_of(admin), "act": "revoke", "role": "viewer", "unit": WARD}) == STAFF


def test_nobody_changes_their_own_roles_or_inspects_what_they_manage(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD, role=Role.MANAGER)
    admin = signed_in(app, ADMIN)
    inspector = {**token_of(admin), "role": "inspector", "unit": CITY}
    page = admin.post(f"{STAFF}/{staff_id(ADMIN)}/grants", inspector, 422)
    assert "không tự đổi quyền" in page.text
    page = admin.post(f"{STAFF}/{staff_id(EMAIL)}/grants", inspector, 422)
    assert "không được là người phụ trách" in page.text
    path = f"{STAFF}/{staff_id(EMAIL)}"
    assert admin.send(f"{path}/grants", {**inspector, "unit": OTHER_WARD}) == path
    assert admin.send(f"{path}/grants", {**inspector, "act": "revoke", "role": "manager", "unit": WARD}) == path
    assert {"role_granted", "role_revoked"} <= actions()


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    admin, owner = signed_in(app, ADMIN), signed_in(app)
    path = f"{STAFF}/{staff_id(EMAIL)}"
    admin.send(f"{path}/disabled", {**token_of(admin), "act": "disable"})
    assert owner.client.get("/staff/").status_code == 302
    admin.send(f"{path}/disabled", {**token_of(admin), "act": "enable"})
    signed_in(app)


def test_dangerous_acts_want_a_fresh_proof(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    admin, path = signed_in(app, ADMIN), f"{STAFF}/{staff_id(EMAIL)}"
    clock.shift(timedelta(minutes=10))
    form = {**token_of(admin), "role": "clerk", "unit": WARD}
    answer = admin.client.post(f"{path}/grants", data=form, headers={"Referer": f"http://localhost{path}"})
    assert answer.headers["Location"] == f"/staff/confirm?next={path}"
    page = admin.get(answer.headers["Location"])
    admin.post(answer.headers["Location"], {**page.fields(), "password": "sai"}, 422)
    assert admin.send(answer.headers["Location"], {**page.fields(), "password": PASSWORD}) == path
    assert admin.send(f"{path}/grants", form) == path


def test_every_dangerous_address_is_marked(app: Flask) -> None:
    fresh = {name for name, view in app.view_functions.items() if getattr(view, "fresh", False)}
    assert fresh >= {
        "staff_admin.invite",
        "staff_admin.change_grant",
        "staff_admin.reset",
        "staff_admin.remove_authenticator",
        "staff_admin.disable",
        "account.set_authenticator",
        "account.renew_codes",
        "points.revoke",
        "freezes.freeze",
    }


def test_sessions_are_listed_and_ended(app: Flask, world: World) -> None:
    account(world, WARD)
    here, there, third = (signed_in(app) for _ in range(3))
    page = here.get("/staff/account")
    names = [field.get("value") or "" for field in page.all("input", name="session")]
    assert len(names) == 2
    here.send("/staff/account/sessions/end", {**token_of(here), "session": names[0]})
    assert sorted(one.client.get("/staff/").status_code for one in (there, third)) == [200, 302]
    here.send("/staff/account/sessions/end", token_of(here))
    assert {one.client.get("/staff/").status_code for one in (there, third)} == {302}
    assert here.client.get("/staff/").status_code == 200


def test_a_new_password_ends_the_other_sessions(app: Flask, world: World) -> None:
    account(world, WARD)
    here, there = signed_in(app), signed_in(app)
    fields = {**token_of(here), "new": NEW, "again": NEW}
    here.post("/staff/account/password", {**fields, "password": "sai"}, 422)
    here.post("/staff/account/password", {**fields, "password": PASSWORD, "again": "khác"}, 422)
    here.send("/staff/account/password", {**fields, "password": PASSWORD})
    assert here.client.get("/staff/").status_code == 200
    assert there.client.get("/staff/").status_code == 302


def test_an_authenticator_that_is_removed_is_asked_for_again(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, WARD)
    authenticator(staff_id(EMAIL))
    admin, path = signed_in(app, ADMIN), f"{STAFF}/{staff_id(EMAIL)}"
    half_signed_in(app)
    admin.send(f"{path}/authenticator", token_of(admin))
    other = Browser(app)
    assert other.send("/staff/sign-in", sign_in_fields(other)) == "/staff/"


def test_demonstration_accounts_need_no_authenticator_there_and_never_enter_in_production(
    app: Flask, world: World
) -> None:
    demo = ACCOUNTS[0]
    with writing() as session:
        staff.create(session, demo.email, demo.name, demo.role, world.units[CITY], PASSWORD)
    browser = Browser(app)
    browser.send("/staff/sign-in", sign_in_fields(browser, demo.email))
    assert browser.client.get("/staff/").status_code == 303  # a real database knows no exception
    with writing() as session:
        demonstrations.mark(session, NOW, 1, 1)
    browser.get("/staff/")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], production=True)
    assert browser.client.get("/staff/").status_code == 302
    browser.post("/staff/sign-in", sign_in_fields(browser, demo.email), 422)


def test_the_step_of_a_code_never_goes_back(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    with writing() as session:
        session.execute(update(Staff).values(totp_step=int(NOW.timestamp()) // 30 + 5))
    assert give_code(half_signed_in(app), code()) == 422


def test_a_closed_unit_can_still_be_administered(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, DISTRICT)
    assert "UBND quận Cầu Giấy" in signed_in(app, ADMIN).get(STAFF).text
