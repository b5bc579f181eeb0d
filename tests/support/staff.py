"""Accounts for tests, and a browser that is signed in with one of them."""

from flask import Flask

from survey.domain.access import Role
from survey.extensions import writing
from survey.services import staff
from tests.support.pages import Browser
from tests.support.places import World

PASSWORD = "bữa sáng ba bát phở"
EMAIL = "hanh@hanoi.gov.vn"


def account(world: World, code: str, email: str = EMAIL, role: Role = Role.VIEWER) -> None:
    """An account with a role at a unit of the world."""
    with writing() as session:
        staff.create(session, email, "Nguyễn Thị Hạnh", role, world.units[code], PASSWORD)


def sign_in_fields(browser: Browser, email: str = EMAIL, password: str = PASSWORD) -> dict[str, str]:
    """The sign-in form as it would be sent."""
    return {**browser.get("/staff/sign-in").fields(), "email": email, "password": password}


def signed_in(app: Flask, email: str = EMAIL) -> Browser:
    """A browser after signing in."""
    browser = Browser(app)
    assert browser.send("/staff/sign-in", sign_in_fields(browser, email)) == "/staff/"
    return browser
