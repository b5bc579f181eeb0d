"""Accounts for tests, and a browser that is signed in with one of them."""

import pyotp
from flask import Flask, current_app
from sqlalchemy import select, update

from survey.domain.access import SECOND_FACTOR, Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Staff
from survey.services import authenticators, staff
from survey.web import clock
from tests.support.pages import Browser
from tests.support.places import World

PASSWORD = "bữa sáng ba bát phở"
EMAIL = "hanh@hanoi.gov.vn"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of every authenticator


def account(world: World, code: str, email: str = EMAIL, role: Role = Role.VIEWER) -> None:
    """An account with a role at a unit of the world, and an authenticator where the role needs one."""
    with writing() as session:
        made = staff.create(session, email, "Nguyễn Thị Hạnh", role, world.units[code], PASSWORD)
    if role in SECOND_FACTOR:
        authenticator(made)


def authenticator(staff_id: int) -> None:
    """Give an account an authenticator."""
    key = current_app.config["SETTINGS"].secret_key
    with writing() as session:
        email = session.scalars(select(Staff.email).where(Staff.id == staff_id)).one()
        authenticators.enable(session, staff_id, email, SECRET, 0, key, clock.now())


def code() -> str:
    """What every authenticator shows now."""
    return pyotp.TOTP(SECRET).at(clock.now())


def sign_in_fields(browser: Browser, email: str = EMAIL, password: str = PASSWORD) -> dict[str, str]:
    """The sign-in form as it would be sent."""
    return {**browser.get("/staff/sign-in").fields(), "email": email, "password": password}


def signed_in(app: Flask, email: str = EMAIL) -> Browser:
    """A browser after signing in."""
    browser = Browser(app)
    address = browser.send("/staff/sign-in", sign_in_fields(browser, email))
    if address == "/staff/sign-in/code":
        with writing() as session:  # the clock of tests stands still: a code is used more than once
            session.execute(update(Staff).where(Staff.email == email).values(totp_step=0))
        address = browser.send(address, {**browser.get(address).fields(), "code": code()})
    assert address == "/staff/"
    return browser


def staff_id(email: str) -> int:
    """The account's number."""
    with reading() as session:
        return session.scalars(select(Staff.id).where(Staff.email == email)).one()


def actions() -> set[str]:
    """Every kind of act that is recorded so far."""
    with reading() as session:
        return set(session.scalars(select(AuditEvent.action)))


def token_of(browser: Browser, path: str = "/staff/account") -> dict[str, str]:
    """What a form of that page sends to be believed."""
    return {"csrf_token": browser.get(path).fields()["csrf_token"]}
