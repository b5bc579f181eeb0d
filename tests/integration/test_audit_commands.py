"""flask audit verify and export: what an operator sees of a whole record and of one that was tampered with."""

import csv
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from survey.cli import refresher
from survey.domain import audit as rules
from survey.domain.audit import Action, Event
from survey.domain.moments import SKEW
from survey.extensions import reading, writing
from survey.queries import audit as queries
from survey.services import audit
from tests.support import calls, places
from tests.support.audit import unguarded
from tests.support.places import CITY, NOW, OTHER_WARD, TODAY, WARD


def fill() -> None:
    with writing() as session:
        places.build(session)
        for number, unit in enumerate((WARD, OTHER_WARD, CITY)):
            detail: dict[str, str | int] = {"unit": unit}
            audit.record(session, NOW + number * SKEW, "hạnh@hanoi.gov.vn", Action.DOWNLOADED, "=rates.csv", detail)


def test_a_whole_record_gives_a_mark_that_later_ones_hold(app: Flask) -> None:
    fill()
    run = app.test_cli_runner()
    first = run.invoke(args=["audit", "verify"])
    assert first.exit_code == 0, first.output
    assert first.output.startswith("3 events are what was recorded\nmark 3:")
    mark = first.output.split()[-1]
    with writing() as session:
        audit.record(session, NOW, "hạnh@hanoi.gov.vn", Action.SIGNED_OUT, "hạnh@hanoi.gov.vn")
    later = run.invoke(args=["audit", "verify", "--mark", mark])
    assert later.exit_code == 0, later.output
    assert run.invoke(args=["audit", "verify", "--mark", "3:abc"]).exit_code == 1
    other = run.invoke(args=["audit", "verify", "--mark", f"2:{'0' * 64}"])
    assert (other.exit_code, "mark: dòng số" in other.output) == (1, True)


def test_a_record_that_lacks_its_end_or_was_altered_exits_with_one_and_says_where(app: Flask) -> None:
    fill()
    run = app.test_cli_runner()
    with unguarded() as session:
        session.execute(text("DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)"))
        session.commit()
    cut = run.invoke(args=["audit", "verify"])
    assert (cut.exit_code, "cut: thiếu 1 dòng cuối" in cut.output) == (1, True)
    with unguarded() as session:
        session.execute(text("UPDATE audit_event SET detail = '{}'"))
        session.commit()
    altered = run.invoke(args=["audit", "verify"])
    assert (altered.exit_code, "altered: dòng số" in altered.output) == (1, True)


def test_exports_hold_what_was_asked_for_and_lines_prove_themselves(app: Flask, tmp_path: Path) -> None:
    fill()
    run, table, lines = app.test_cli_runner(), tmp_path / "audit.csv", tmp_path / "audit.jsonl"
    asked = ["--from", "2026-11-24", "--to", "2026-11-24", "--unit", WARD, "--who", "HẠNH"]
    done = run.invoke(args=["audit", "export", *asked, "--format", "csv", "--lang", "en", "-o", str(table)])
    assert done.exit_code == 0, done.output
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["sentence"] == "hạnh@hanoi.gov.vn downloaded =rates.csv."
    assert (row["subject"], row["unit_code"], row["at"]) == ("'=rates.csv", WARD, "24/11/2026 09:00")
    done = run.invoke(args=["audit", "export", "--format", "jsonl", "-o", str(lines)])
    assert done.exit_code == 0, done.output
    previous = rules.BEGINNING
    found = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    for line in found:
        at = NOW.fromisoformat(line["at"])
        event = Event(at, line["actor"], line["action"], line["subject"], line["detail"], line["unit"])
        assert line["previous_hash"] == previous
        assert line["hash"] == rules.chained(previous, event)
        previous = line["hash"]
    assert [line["action"] for line in found] == ["downloaded"] * 3 + ["exported"] * 2


def test_the_refresher_says_every_day_where_the_record_ends(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    refresher.one_round(None, NOW)
    told = capsys.readouterr().err
    mark = told.split("audit mark ")[1].split()[0]
    assert app.test_cli_runner().invoke(args=["audit", "verify", "--mark", mark]).exit_code == 0
    assert "mark" not in (refresher.one_round(TODAY, NOW), capsys.readouterr().err)[1]


def test_what_a_program_reads_is_recorded_once_for_all_pages_of_an_answer(app: Flask) -> None:
    fill()
    calls.give_token(WARD)
    calls.call(app, f"/api/v1/rates?unit={WARD}&by=item&limit=2")
    with reading() as session:
        *_, last = queries.links(session)
    assert (last.event.action, last.event.subject, last.event.unit) == (Action.RATES_CALLED, "kiểm thử", WARD)
