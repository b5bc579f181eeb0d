"""flask points pair|revoke|set: a code and a PIN, their end, and hours, on the command line."""

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from survey.domain import opening
from survey.extensions import reading
from survey.models import AuditEvent, Pairing
from survey.queries import kiosks
from tests.support.devices import pair
from tests.support.pages import Browser
from tests.support.places import KIOSK, POINT, World


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["points", "pair", *arguments])


def test_the_command_prints_a_code_that_pairs_and_a_pin(app: Flask, world: World) -> None:
    result = run(app, KIOSK.lower())
    assert result.exit_code == 0, result.output
    found = re.fullmatch(r"Code: (\w{6}) \(once, until 09:15 in Vietnam\)\nPIN: (\d{6})\n", result.output)
    assert found is not None, result.output
    assert pair(Browser(app), found[1]).status_code == 303
    with reading() as session:
        events = session.execute(select(AuditEvent.actor, AuditEvent.action).order_by(AuditEvent.id)).all()
    assert [tuple(event) for event in events] == [("command line", "pairing_created"), ("kiosk", "device_paired")]


def test_a_machine_is_revoked_only_with_commit(app: Flask, world: World) -> None:
    made = re.search(r"Code: (\w{6})", run(app, KIOSK).output)
    assert made is not None
    pair(Browser(app), made[1])
    for arguments, left in (((), None), (("--commit",), "device_revoked")):
        result = app.test_cli_runner().invoke(args=["points", "revoke", KIOSK, *arguments])
        assert result.exit_code == 0, result.output
        with reading() as session:
            acts = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
        assert ("device_revoked" in acts) is (left is not None)
    assert app.test_cli_runner().invoke(args=["points", "revoke", POINT]).exit_code == 1, "no kiosk"


def test_a_given_pin_is_not_printed(app: Flask, world: World) -> None:
    result = run(app, KIOSK, "--pin", "90210377")
    assert result.exit_code == 0, result.output
    assert "PIN" not in result.output
    with reading() as session:
        assert "90210377" not in str(session.execute(select(Pairing.__table__)).one())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((POINT,), "no kiosk point"), (("NOWHERE",), "no kiosk point"), ((KIOSK, "--pin", "1234"), "quá dễ đoán")],
)
def test_what_cannot_be_paired_is_refused(app: Flask, world: World, arguments: tuple[str, ...], said: str) -> None:
    result = run(app, *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_hours_and_procedures_are_set_only_with_commit_and_what_is_not_named_stays(app: Flask, world: World) -> None:
    def arranged(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(args=["points", "set", KIOSK.lower(), *arguments])

    def stored() -> tuple[str, frozenset[str]]:
        with reading() as session:
            point = world.points[KIOSK]
            return opening.written(kiosks.hours(session, [point])[point]), kiosks.procedures(session, point)

    week = ("--hours", "T2-T6 7:30-11:30 13h00-17h00")
    result = arranged(*week, "--procedure", "1.001193")
    assert result.exit_code == 0, result.output
    assert "open T2-T6 07:30-11:30 13:00-17:00\nprocedures: 1.001193\n" in result.output
    assert stored() == (opening.written(opening.OFFICE_HOURS), frozenset())
    assert arranged(*week, "--commit").exit_code == 0
    assert stored() == ("T2-T6 07:30-11:30 13:00-17:00", frozenset())
    assert arranged("--procedure", "1.001193", "--commit").exit_code == 0
    assert stored() == ("T2-T6 07:30-11:30 13:00-17:00", frozenset({"1.001193"}))
    assert "Nothing to change." in arranged("--commit").output
    assert arranged("--no-procedures", "--hours", "", "--commit").exit_code == 0
    assert stored() == ("", frozenset())
    with reading() as session:
        acts = list(session.scalars(select(AuditEvent.action)))
    assert acts == ["point_changed"] * 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NOWHERE",), "no point has the code NOWHERE"),
        ((KIOSK, "--hours", "T9 7-8"), "Không đọc được “T9 7-8”"),
        ((KIOSK, "--hours", "T2 07:00-09:00 08:00-10:00"), "Giờ mở cửa của T2 chồng lên nhau"),
        ((KIOSK, "--procedure", "9.999999"), "no procedure has the code 9.999999"),
        ((KIOSK, "--procedure", "1.001193", "--no-procedures"), "either --procedure or --no-procedures"),
    ],
)
def test_what_cannot_be_set_is_said(app: Flask, world: World, arguments: tuple[str, ...], said: str) -> None:
    result = app.test_cli_runner().invoke(args=["points", "set", *arguments, "--commit"])
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
