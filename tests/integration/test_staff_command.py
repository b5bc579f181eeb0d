"""flask staff create: the account that it makes, and what it refuses."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Grant, Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Staff
from survey.queries import staff as queries
from survey.services import passwords, staff
from tests.support import places
from tests.support.places import NOW, WARD, World
from tests.support.staff import PASSWORD


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


def create(app: Flask, *arguments: str, given: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["staff", "create", *arguments], input=given)


def test_the_printed_password_opens_the_account(app: Flask, world: World) -> None:
    result = create(app, "Hanh@Hanoi.gov.vn", "--role", "manager", "--unit", WARD)
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert first == f"Created hanh@hanoi.gov.vn: manager at {WARD}"
    password = second.removeprefix("Password: ")
    with reading() as session:
        known = queries.credentials(session, "hanh@hanoi.gov.vn")
    assert known is not None
    assert passwords.check(password, known.password_hash).right
    with writing() as session:
        staff.sign_in(session, known, "a token", None, NOW)
    with reading() as session:
        member = queries.signed_in(session, staff.token_hash("a token"), NOW)
    assert member is not None
    assert member.name == "Hanh"
    assert member.grants == (Grant(Role.MANAGER, world.units[WARD]),)


def test_a_given_password_is_not_printed(app: Flask, world: World) -> None:
    result = create(
        app, "a@b.vn", "--role", "viewer", "--unit", WARD, "--name", "Trần Á", "--password-stdin", given=f"{PASSWORD}\n"
    )
    assert (result.exit_code, result.output) == (0, f"Created a@b.vn: viewer at {WARD}\n")
    with reading() as session:
        assert session.scalars(select(Staff.name)).all() == ["Trần Á"]
        known = queries.credentials(session, "a@b.vn")
        assert known is not None
        assert passwords.check(PASSWORD, known.password_hash).right
        assert session.scalars(select(AuditEvent.action)).all() == ["staff_created"]


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (["x", "--role", "viewer", "--unit", WARD], None, "“x” không phải là địa chỉ thư điện tử."),
        (["a@b.vn", "--role", "viewer", "--unit", "XX"], None, "Không có đơn vị nào có mã “XX”."),
        (["a@b.vn", "--role", "boss", "--unit", WARD], None, "'boss' is not one of"),
        (["a@b.vn", "--role", "viewer", "--unit", WARD, "--password-stdin"], "ngắn", "Mật khẩu quá ngắn"),
        (["a@b.vn", "--role", "viewer", "--unit", WARD, "--password-stdin"], "password1234", "Mật khẩu dễ đoán"),
        (["a@b.vn", "--role", "viewer", "--unit", WARD, "--password-stdin"], "", "Mật khẩu quá ngắn"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    app: Flask, world: World, arguments: list[str], given: str | None, words: str
) -> None:
    result = create(app, *arguments, given=given)
    assert result.exit_code != 0
    assert words in result.output
    with reading() as session:
        assert session.scalars(select(Staff.id)).all() == []
        assert session.scalars(select(AuditEvent.id)).all() == []


def test_an_address_is_taken_once_in_any_spelling(app: Flask, world: World) -> None:
    assert create(app, "a@b.vn", "--role", "viewer", "--unit", WARD).exit_code == 0
    result = create(app, "A@B.vn", "--role", "clerk", "--unit", WARD)
    assert result.exit_code == 1
    assert "Đã có tài khoản với địa chỉ a@b.vn." in result.output
