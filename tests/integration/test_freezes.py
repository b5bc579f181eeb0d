"""Freezing a period: what it takes, that nothing changes it, what a supplement is, and that tampering is found."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from survey.domain.frozen import sha256
from survey.extensions import db, reading, writing
from survey.queries import frozen
from tests.support import answers
from tests.support.answers import Answered
from tests.support.places import CITY, POINT, WARD
from tests.support.recount import percent
from tests.support.responses import Plan, fill

OCTOBER = ("--period", "2026-10")
Run = Callable[..., Result]


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build()
    settle(app)
    return found


@pytest.fixture
def run(app: Flask, answered: Answered) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=["rates", *words])


def settle(app: Flask) -> None:
    """Release all that may be."""
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0


def freeze(run: Run, *words: str, unit: str = CITY) -> Result:
    return run("freeze", "--unit", unit, *(words or OCTOBER), "--commit")


def frozen_id(result: Result) -> int:
    """The id that a freeze printed."""
    found = re.search(r"Frozen under id (\d+)", result.output)
    assert found is not None, result.output
    return int(found[1])


def more(app: Flask, answered: Answered, count: int = 40) -> None:
    """So many late answers of October in the ward."""
    world = answered.world
    plan = Plan(world.units[WARD], world.points[POINT], world.version, count, date(2026, 10, 1), date(2026, 10, 31))
    with writing() as session:
        fill(session, plan, 77)
    settle(app)


def exported(run: Run, row_id: int, tmp_path: Path, *words: str, fmt: str = "csv") -> bytes:
    path = tmp_path / f"{row_id}.{fmt}"
    result = run("frozen", "export", str(row_id), "--format", fmt, "-o", str(path), *words)
    assert result.exit_code == 0, result.output
    return path.read_bytes()


def test_nothing_is_frozen_without_commit(run: Run) -> None:
    result = run("freeze", "--unit", CITY, *OCTOBER)
    assert result.exit_code == 0, result.output
    assert "Nothing was written." in result.output
    assert "3 units" in result.output
    with reading() as session:
        assert frozen.entries(session) == ()


def test_a_frozen_month_holds_what_an_independent_count_finds(run: Run, answered: Answered, tmp_path: Path) -> None:
    content = exported(run, frozen_id(freeze(run)), tmp_path, "--unit", WARD)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    counted = answered.count(WARD, start="2026-10-01", end="2026-10-31")
    assert (rows[0]["respondents"], rows[0]["rate"]) == (str(counted.overall[0]), str(percent(counted.overall[1])))
    assert [row["scope"] for row in rows] == ["overall"] + ["factor"] * 5 + ["item"] * 16


def test_frozen_files_stay_the_same_to_the_byte_after_more_answers(
    app: Flask, run: Run, answered: Answered, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    first = frozen_id(freeze(run))
    kinds = [(fmt, words) for fmt in ("csv", "xlsx") for words in ((), ("--by", "unit"), ("--lang", "en"))]
    before = [exported(run, first, tmp_path, *words, fmt=fmt) for fmt, words in kinds]
    more(app, answered)
    clock.shift(86400 * 40)
    assert [exported(run, first, tmp_path, *words, fmt=fmt) for fmt, words in kinds] == before
    assert run("frozen", "verify").exit_code == 0


def test_later_answers_go_to_a_numbered_supplement(app: Flask, run: Run, answered: Answered, tmp_path: Path) -> None:
    freeze(run)
    repeated = freeze(run)
    assert repeated.exit_code == 1
    assert "không có gì thay đổi" in repeated.output
    more(app, answered)
    result = freeze(run)
    assert "number 2" in result.output
    assert "differ from number 1" in result.output
    with reading() as session:
        newest, first = frozen.entries(session)
        supplement = frozen.snapshot(session, newest.id)
    assert (first.number, newest.number) == (1, 2)
    assert supplement.follows == first.sha256
    overall = next(change for change in supplement.changes if change.place[:2] == (WARD, "overall"))
    assert overall.respondents[0] is not None
    assert overall.respondents[1] is not None
    assert overall.respondents[1] > overall.respondents[0]
    assert exported(run, first.id, tmp_path) != exported(run, newest.id, tmp_path)


REFUSED = (
    (("--period", "2026-11"), "chưa kết thúc"),
    (("--period", "2026-Q4"), "chưa kết thúc"),
    (("--period", "2026"), "chưa kết thúc"),
    (("--period", "2026-10-01"), "không phải là tháng, quý hay năm"),
    (("--period", "2019"), "không có số liệu nào đủ phiếu"),
    ((*OCTOBER, "--questionnaire", "quick"), "không có số liệu nào đủ phiếu"),
)


def test_a_period_that_cannot_be_frozen_is_refused(run: Run) -> None:
    for words, said in REFUSED:
        result = freeze(run, *words)
        assert result.exit_code == 1
        assert said in result.output
    assert "không hoạt động trong kỳ 2024" in freeze(run, "--period", "2024", unit=WARD).output
    with reading() as session:
        assert frozen.entries(session) == ()


def test_quarters_and_years_hold_their_months(run: Run) -> None:
    assert freeze(run, "--period", "2026-Q3", unit=WARD).exit_code == 0
    assert freeze(run, "--period", "2025").exit_code == 0
    with reading() as session:
        year, quarter = (frozen.snapshot(session, entry.id) for entry in frozen.entries(session))
        assert frozen.years(session) == ("2025",)
    assert [len(year.units[0].months), len(quarter.units[0].months)] == [12, 3]
    assert [found.unit.code for found in quarter.units] == [WARD]


def test_a_freeze_waits_for_answers_that_are_about_to_be_released(app: Flask, run: Run, answered: Answered) -> None:
    world = answered.world
    plan = Plan(world.units[WARD], world.points[POINT], world.version, 40, date(2026, 10, 1), date(2026, 10, 31))
    with writing() as session:
        fill(session, plan, 77)
    result = freeze(run)
    assert result.exit_code == 1
    assert "40 phiếu chưa vào số liệu đã phát hành" in result.output
    settle(app)
    assert freeze(run).exit_code == 0


def test_the_database_refuses_every_change(run: Run) -> None:
    freeze(run)
    for statement in ("UPDATE frozen_period SET figures = '{}'", "DELETE FROM frozen_period"):
        with pytest.raises(Exception, match="never changes"), writing() as session:
            session.execute(text(statement))


def without_triggers(statement: str, values: dict[str, object]) -> None:
    """What somebody with the database's own password could do."""
    engine = db.get_engine()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE frozen_period DISABLE TRIGGER USER"))
            connection.execute(text(statement), values)
            connection.execute(text("ALTER TABLE frozen_period ENABLE TRIGGER USER"))
            return
        triggers = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'frozen_period'")
        ).all()
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement), values)
        for _, definition in triggers:
            connection.execute(text(definition))


TAMPERED: tuple[tuple[dict[str, object], str], ...] = (
    ({"figures": "{}"}, "hash"),
    ({"sha256": "0" * 64}, "hash"),
    ({"period": "2026-09"}, "header"),
    ({"number": 3}, "header"),
    ({"frozen_by": "nobody"}, "header"),
)


def altered(values: dict[str, object]) -> None:
    """Set columns of the only frozen period behind the program's back."""
    columns = ", ".join(f"{name} = :{name}" for name in values)
    without_triggers(f"UPDATE frozen_period SET {columns}", values)


def test_tampering_with_the_database_is_found(run: Run) -> None:
    row_id = frozen_id(freeze(run))
    with reading() as session:
        before = dict(session.execute(text("SELECT * FROM frozen_period")).mappings().one())
    forged = before["figures"].replace('"respondents":', '"respondents":1', 1)
    for values, code in (*TAMPERED, ({"figures": forged, "sha256": sha256(forged)}, "record")):
        assert run("frozen", "verify").exit_code == 0
        altered(values)
        result = run("frozen", "verify")
        assert result.exit_code == 1
        assert f"{row_id}\t{code}\t" in result.output
        altered({name: before[name] for name in values})
    without_triggers("DELETE FROM frozen_period", {})
    assert f"{row_id}\tgone\t" in run("frozen", "verify").output


def test_the_list_names_every_freeze(run: Run) -> None:
    first, second = frozen_id(freeze(run)), frozen_id(freeze(run, "--period", "2026-Q3", unit=WARD))
    lines = [line.split("\t") for line in run("frozen", "list").output.splitlines()]
    assert [line[:5] for line in lines] == [
        [str(second), WARD, "2026-Q3", "sipas-2024@1", "1"],
        [str(first), CITY, "2026-10", "sipas-2024@1", "1"],
    ]
    assert all(len(line[7]) == 64 for line in lines)
