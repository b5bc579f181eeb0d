"""flask points pair: a code and a PIN on the command line."""

import re

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from survey.extensions import limiter, reading, writing
from survey.models import AuditEvent, Pairing
from tests.support import places
from tests.support.devices import pair
from tests.support.pages import Browser
from tests.support.places import KIOSK, POINT, World


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    limiter.reset()
    with writing() as session:
        return places.build(session)


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
