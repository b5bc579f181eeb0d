"""flask catalogue target set|remove: what the page of targets does, rehearsed without --commit."""

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from survey.extensions import reading, writing
from survey.models import AuditEvent, Target
from tests.support import places
from tests.support.places import WARD

SET = ("set", "satisfaction", "--unit", WARD, "--year", "2026", "--percent", "90,5", "--name", "Mức độ hài lòng")
REMOVE = ("remove", "satisfaction", "--unit", WARD, "--year", "2026")


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["catalogue", "target", *arguments])


def held() -> list[str]:
    with reading() as session:
        return [str(percent) for percent in session.scalars(select(Target.percent))]


def test_a_target_is_set_and_taken_away_only_with_commit(app: Flask, clock: time_machine.Traveller) -> None:
    with writing() as session:
        places.build(session)
    assert "Nothing was written" in run(app, *SET).output
    assert held() == []
    assert "Written." in run(app, *SET, "--commit").output
    assert held() == ["90.50"]
    assert run(app, *REMOVE).exit_code == 0
    assert held() == ["90.50"]
    assert run(app, *REMOVE, "--commit").exit_code == 0
    assert held() == []
    with reading() as session:
        acts = session.execute(select(AuditEvent.actor, AuditEvent.action).order_by(AuditEvent.id)).all()
    assert [tuple(act) for act in acts] == [("command line", "target_set"), ("command line", "target_removed")]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*SET[:5], "soon", *SET[6:]), "không phải là năm"),
        ((*SET[:7], "101", *SET[8:]), "không phải là số phần trăm"),
        ((*SET[:3], "00999", *SET[4:]), "no unit has the code 00999"),
        (REMOVE, "Không có mục tiêu “satisfaction” của năm 2026 để bỏ."),
        ((*REMOVE[:5], "xx"), "không phải là năm"),
    ],
)
def test_what_cannot_be_done_is_said(
    app: Flask, clock: time_machine.Traveller, arguments: tuple[str, ...], said: str
) -> None:
    with writing() as session:
        places.build(session)
    result = run(app, *arguments)
    assert result.exit_code == 1
    assert said in result.output
