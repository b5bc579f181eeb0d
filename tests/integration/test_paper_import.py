"""flask responses import-paper as an operator meets it: told first, all or none, no form twice."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from survey.domain.access import Role
from survey.domain.paper import Turn
from survey.domain.periods import Period
from survey.domain.quality import Flag
from survey.extensions import reading, writing
from survey.models import AuditEvent, Point, Response
from survey.queries import catalogue
from survey.services import paper, paper_forms, quality, staff
from survey.services.paper import Wanted
from tests.support.places import NOW, TODAY, WARD, World
from tests.support.staff import PASSWORD

Run = Callable[..., Result]
HEAD = "unit,day,batch,form,A1,B1,C1,D1,E1,F1,reasons.A,facts.trips,comment,dossier"
LINES = (
    f"{WARD},2026-11-20,T1,1,5,4,3,4,4,0,,1,,",
    f"{WARD},2026-11-20,T1,2,1,4,,4,4,4,signs seats,,Khó tìm,H15.50.05.13-261008-0975",
    f"{WARD},2026-11-20,T1,3,0,,0,0,0,0,,,,",
    "00070,2026-11-21,T1,1,5,5,5,5,5,5,,2+,,",
)


@pytest.fixture
def run(app: Flask, world: World, tmp_path: Path) -> Run:
    def call(*lines: str, commit: bool = True, questionnaire: str = "quick") -> Result:
        path = tmp_path / "phiếu.csv"
        path.write_text("\n".join((HEAD, *lines)), "utf-8")
        words = ["responses", "import-paper", str(path), "--questionnaire", questionnaire]
        return app.test_cli_runner().invoke(args=words + (["--commit"] if commit else []))

    return call


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def test_a_file_is_told_then_taken_and_a_second_time_nothing_is_new(run: Run) -> None:
    told = run(*LINES, commit=False)
    assert told.output.splitlines()[0] == "3 accepted, 0 held, 1 void, 0 refused"
    assert stored() == 0
    assert "3 accepted, 0 held, 1 void, 0 refused\nWritten." in run(*LINES).output
    assert stored() == 3
    assert "0 accepted, 4 held, 1 void, 0 refused" in run(*LINES, LINES[0]).output, "a line twice is one form"
    assert stored() == 3
    table = Response.__table__.c
    with reading() as session:
        row = session.execute(
            select(table.channel, table.day, table.a01, table.a03, table.reasons, table.dossier_hash).where(
                table.a01 == 1
            )
        ).one()
        acts = session.scalars(select(AuditEvent.action)).all()
        kinds = session.scalars(select(Point.kind).where(Point.kind == "paper")).all()
    assert (row[0], row[1].isoformat(), *row[2:5]) == ("paper", "2026-11-20", 1, None, {"A": ["signs", "seats"]})
    assert len(row[5]) == 32
    assert acts.count("point_created") == len(kinds) == 2
    assert acts.count("paper_imported") == 2


def test_one_bad_line_and_nothing_is_written_and_every_one_is_told(run: Run) -> None:
    result = run(
        LINES[0],
        LINES[0].replace(",5,4,3", ",4,4,3"),
        "99999,2026-11-20,T1,9,5,5,5,5,5,5,,,,",
        f"{WARD},2026-11-25,,x,5,5,5,5,5,5,,,,",
        f"{WARD},2026-11-20,T1,4,7,5,5,5,5,5,,,,12",
        f"{WARD},20/11/2026,T1,5,5,5,5,5,5,5,,,,",
    )
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split(":")[0] for line in lines[:-2]] == ["3", "4", "5", "5", "5", "6", "6", "7"]
    assert "1 accepted, 0 held, 0 void, 5 refused" in result.output
    assert "nothing was written" in result.output
    assert stored() == 0
    missing = run(LINES[0], questionnaire="sipas-2024")
    assert missing.exit_code == 1
    assert "Thiếu cột “a2”" in missing.output
    assert run(LINES[0], questionnaire="none").exit_code == 1


def test_a_form_that_a_clerk_keyed_is_not_taken_again_from_a_file(run: Run, app: Flask) -> None:
    """The file agrees on form 1 and says something else of form 2: that is told, and nothing is overwritten."""
    key = app.config["SETTINGS"].secret_key
    places_of = dict(zip(("A1", "B1", "C1", "D1", "E1", "F1"), ("5", "4", "3", "4", "4", ""), strict=True))
    entry = {f"answers.{item}": level for item, level in places_of.items()} | {"facts.trips": "1"}
    with writing() as session:
        unit = catalogue.unit(session, WARD)
        assert unit is not None
        day = TODAY.replace(day=20)
        batch_id = paper.open_(session, Wanted(unit, "quick", "t1", day, 2), "tests", NOW, Random(1))
        batch = paper.under_way(session, batch_id)
        who = staff.create(session, "clerk@hanoi.gov.vn", "Clerk", Role.CLERK, unit.id, PASSWORD)
        for place in (1, 2):
            for turn in Turn:
                paper_forms.enter(session, batch, turn, place, entry, "", who, key)
        assert paper.accept(session, batch_id, key, "tests", NOW).forms == 2
    second = f"{WARD},2026-11-20,T1,2,1,1,1,1,1,1,,,,"
    assert "1 held" in run(LINES[0]).output
    refused = run(LINES[0], second)
    assert "3: " in refused.output
    assert "đã được nhận trước đó với nội dung khác" in refused.output
    assert stored() == 2


def test_copies_that_lie_one_behind_the_other_in_a_stack_are_flagged(run: Run, world: World) -> None:
    copied = [f"{WARD},2026-11-20,T9,{form},5,4,3,4,4,2,,,," for form in range(4, 10)]
    others = [f"{WARD},2026-11-20,T9,{form},{form % 5 + 1},4,3,4,4,5,,,," for form in (1, 2, 3, 10, 11, 12)]
    assert "12 accepted" in run(*others[:3], *copied, *others[3:]).output
    with writing() as session:
        quality.flag_within(session, world.units[WARD], Period(TODAY.replace(day=1), TODAY))
    table = Response.__table__.c
    with reading() as session:
        flagged = session.execute(select(table.flags).where(table.a06 == 2)).scalars().all()
        clean = session.execute(select(table.flags).where(table.a06 == 5)).scalars().all()
    assert flagged == [int(Flag.REPEATED)] * 6
    assert clean == [0] * 6
