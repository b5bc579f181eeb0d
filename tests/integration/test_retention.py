"""What is kept long enough goes, with proof, and no figure moves by it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from survey.cli import refresher
from survey.domain.audit import Action
from survey.domain.retention import kept_from
from survey.extensions import reading, writing
from survey.models import AuditEvent, Base, BatchComment, Comment, PaperBatch, PaperForm, Response, Staff, StaffSession
from survey.queries import audit
from survey.services import staff
from tests.support import answers
from tests.support.answers import Answered
from tests.support.commenters import say, several
from tests.support.places import CITY, DISTRICT, POINT, WARD, World
from tests.support.releases import release

OLD = date(2025, 3, 31)
LATER = datetime(2027, 4, 1, 2, tzinfo=UTC)  # 24 months after OLD, and a day
Run = Callable[..., Result]


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build()
    say(found.world, several("Cũ", 10, day=OLD), 5)
    say(found.world, several("Chờ", 3, day=OLD - timedelta(days=60), point="M4XNHR"), 6)
    _key_a_paper_form(found.world)
    release()
    app.test_cli_runner().invoke(args=["comments", "batch", "--commit"])
    clock.move_to(LATER)
    return found


def _key_a_paper_form(world: World) -> None:
    """A batch that was never finished."""
    stack = PaperBatch(number="1", day=OLD, forms=1, opened_at=LATER, opened_by="x")
    stack.point_id, stack.questionnaire_id = world.points[POINT], world.version.id
    with writing() as session:
        session.add(stack)
        session.flush()
        session.add(PaperForm(batch_id=stack.id, place=1, first=b"x"))


@pytest.fixture
def run(app: Flask, answered: Answered) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def rows(table: type[Base], *which: object) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0  # type: ignore[arg-type]


def figures(run: Run, folder: Path) -> list[bytes]:
    """Every released figure of the city and of a unit that is closed, by every split, months of long ago too."""
    found = []
    for code in (CITY, WARD, DISTRICT):
        for by, *more in (("unit",), ("factor",), ("item",), ("month",), ("item", "--complete")):
            path = folder / f"{code}.csv"
            period = ("--from", "2025-01", "--to", "2026-11", "--unit", code, "--by", by, *more)
            result = run("rates", "export", *period, "--format", "csv", "-o", str(path))
            assert result.exit_code == 0, result.output
            found.append(path.read_bytes())
    return found


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 11, 24), 24, date(2024, 11, 25)),
        (date(2026, 8, 31), 18, date(2025, 3, 1)),
        (date(2027, 1, 1), 14, date(2025, 11, 2)),
    ],
)
def test_nothing_is_kept_longer_than_promised(today: date, months: int, first: date) -> None:
    assert kept_from(today, months) == first


def _who_asks_exactly_for_what_is_gone_is_told(run: Run, folder: Path) -> None:
    years, out = ("--from", "2025-01", "--to", "2026-11", "--unit", CITY), ("-o", str(folder / "file.csv"))
    rates = ("rates", "export", *years, "--format", "csv", *out)
    procedure, gone = ("--procedure", "1.001193"), "answers before 2025-04-02 are deleted after 24 months"
    assert gone in run(*rates, *procedure, "--complete").stderr
    assert gone in run("responses", "export", *years, *out, "--complete").stderr
    later = ("--from", "2025-05", "--to", "2026-11", "--unit", CITY)
    for kept in (
        (*rates, "--complete"),
        (*rates, *procedure),
        ("responses", "export", *years, *out),
        ("responses", "export", *later, *out, "--complete"),
    ):
        result = run(*kept)
        assert result.exit_code == 0
        assert "are deleted" not in result.stderr


def test_what_is_too_old_goes_with_proof_and_no_figure_moves(run: Run, answered: Answered, tmp_path: Path) -> None:
    old = rows(Response, Response.day <= OLD)
    assert old > 10
    assert rows(BatchComment) == 10
    before = figures(run, tmp_path)
    dry = run("retention", "purge")
    assert dry.output.startswith("Kept from 2025-04-02\n")
    assert "Nothing was removed." in dry.output
    assert rows(Response, Response.day <= OLD) == old

    done = run("retention", "purge", "--commit")
    assert done.exit_code == 0, done.output
    removed = [line.split("\t") for line in done.output.splitlines() if "\t" in line]
    assert sum(int(count) for month, table, count, _ in removed if table == "response") >= old
    assert [(table, count) for month, table, count, _ in removed if month == "2025-03" and table != "response"] == [
        ("batch_comment", "10"),
        ("paper_form", "1"),
    ]
    assert rows(Response, Response.day < date(2025, 4, 2)) == 0
    assert rows(Response) > 200
    assert (rows(BatchComment), rows(Comment), rows(PaperForm)) == (0, 0, 0)
    with reading() as session:
        events = [link for link in audit.links(session) if link.event.action == Action.RETENTION_PURGED]
    assert {link.hash for link in events} == {record for *_, record in removed}
    assert json.loads(events[0].event.detail)["month"] == removed[0][0]

    assert figures(run, tmp_path) == before
    assert run("rates", "refresh").exit_code == 0
    assert figures(run, tmp_path) == before
    again = run("retention", "purge", "--commit")
    assert "There is nothing to remove." in again.output
    _who_asks_exactly_for_what_is_gone_is_told(run, tmp_path)


def test_the_refresher_removes_once_a_day_and_sign_ins_that_are_over(app: Flask, answered: Answered) -> None:
    with writing() as session:
        session.add(
            StaffSession(
                token_hash=staff.token_hash("x"),
                staff_id=session.scalars(select(Staff.id)).one(),
                created_at=LATER,
                expires_at=LATER - timedelta(days=1),
                proved_at=LATER,
                browser="Firefox",
            )
        )
    released_on = refresher.one_round(None, LATER)
    assert rows(Response, Response.day < date(2025, 4, 2)) == 0
    assert rows(StaffSession) == 0
    events = rows(AuditEvent)
    refresher.one_round(released_on, LATER)
    refresher.one_round(None, LATER)
    assert rows(AuditEvent) == events, "there was nothing to do"
