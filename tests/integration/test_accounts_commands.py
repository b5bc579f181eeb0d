"""flask staff invite|grant|revoke|reset|disable|enable: what they print, and what they change."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Grant
from tests.support import places
from tests.support.pages import Browser
from tests.support.places import CITY, WARD, World
from tests.support.staff import EMAIL, account, sign_in_fields, signed_in


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


def run(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["staff", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def roles() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Grant.role).order_by(Grant.role)))


def test_an_invitation_prints_a_link_that_works(app: Flask, world: World) -> None:
    told = run(app, "invite", "Lan@hanoi.gov.vn", "--name", "Lê Thị Lan", "--role", "clerk", "--unit", WARD)
    assert told.startswith(f"Invited lan@hanoi.gov.vn: clerk at {WARD}\n")
    link = re.findall(r"/staff/invitation/\S+", told)[0]
    assert "lan@hanoi.gov.vn" in Browser(app).get(link).text


def test_roles_are_given_and_taken(app: Flask, world: World) -> None:
    account(world, WARD)
    run(app, "grant", EMAIL, "--role", "manager", "--unit", WARD)
    assert roles() == ["manager", "viewer"]
    assert "không được là người phụ trách" in run(app, "grant", EMAIL, "--role", "inspector", "--unit", CITY, code=1)
    run(app, "revoke", EMAIL, "--role", "manager", "--unit", WARD)
    assert roles() == ["viewer"]
    assert "mã “XX”" in run(app, "grant", EMAIL, "--role", "manager", "--unit", "XX", code=1)
    assert "there is no account" in run(app, "revoke", "x@y.vn", "--role", "clerk", "--unit", WARD, code=1)


def test_a_reset_ends_sessions_and_an_account_is_closed_and_opened(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    browser = signed_in(app)
    link = re.findall(r"/staff/reset/\S+", run(app, "reset", EMAIL, "--authenticator"))[0]
    assert browser.client.get("/staff/").status_code == 302
    Browser(app).get(link)
    run(app, "disable", EMAIL)
    Browser(app).get(link, 404)
    other = Browser(app)
    other.post("/staff/sign-in", sign_in_fields(other), 422)
    run(app, "enable", EMAIL)
    assert other.send("/staff/sign-in", sign_in_fields(other)) == "/staff/"
    with reading() as session:
        done = set(session.scalars(select(AuditEvent.action)))
    assert {"reset_link_made", "authenticator_removed", "staff_disabled", "staff_enabled"} <= done
