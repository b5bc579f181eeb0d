"""Accounts: one-time links, sessions, proof before dangerous acts, and who decides on whose account."""

from dataclasses import replace
from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from survey.demo.accounts import ACCOUNTS
from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import StaffLink
from survey.services import demonstrations, staff
from tests.support.pages import Browser, Page, words
from tests.support.places import CITY, DISTRICT, NOW, OTHER_WARD, WARD, World
from tests.support.staff import (
    EMAIL,
    PASSWORD,
    account,
    actions,
    sign_in_fields,
    signed_in,
    staff_id,
    token_of,
)

NEW = "chiều mưa sông Hồng lặng"
ADMIN = "quan-tri@hanoi.gov.vn"
STAFF = "/staff/admin/staff"


def link_on(page: Page) -> str:
    return words(page.one("p", class_="link-once")).removeprefix("http://localhost")


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
    assert guest.get(link, 404).h1 == "Đường dẫn không còn dùng được"
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
    thief = Browser(app)
    with admin.client.session_transaction() as cookie:
        stolen = dict(cookie)
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.client.get("/staff/account").status_code == 200
    assert admin.send(answer.headers["Location"], {**page.fields(), "password": PASSWORD}) == path
    assert admin.send(f"{path}/grants", form) == path
    assert thief.client.get("/staff/account").status_code == 302, "the session has another token since"


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


def test_a_closed_unit_can_still_be_administered(app: Flask, world: World) -> None:
    account(world, CITY, ADMIN, Role.ADMINISTRATOR)
    account(world, DISTRICT)
    assert "UBND quận Cầu Giấy" in signed_in(app, ADMIN).get(STAFF).text
