"""flask rates refresh|export on real rows, recounted by pandas."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from survey.extensions import reading, writing
from survey.models import SLOT_COLUMNS, AuditEvent, Pending, Unit
from tests.support import places, responses
from tests.support.places import CITY, DISTRICT, KIOSK, OTHER_POINT, OTHER_WARD, POINT, QUICK_POINT, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan

YEAR = ("--from", "2026-01", "--to", "2026-12")
Run = Callable[..., Result]


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> tuple[World, pandas.DataFrame]:
    """The small world with responses of a year, and the same rows as a table."""
    with writing() as session:
        world = places.build(session)
        ward, other = world.units[WARD], world.units[OTHER_WARD]
        start, end = date(2026, 1, 1), date(2026, 11, 20)
        version = world.version
        plans = (
            Plan(ward, world.points[POINT], version, 120, start, end, quarantined=0.05),
            Plan(ward, world.points[KIOSK], version, 80, start, end, "kiosk", (None, "1.001193"), -0.5),
            Plan(other, world.points[OTHER_POINT], version, 8, start, end),
            Plan(other, world.points[QUICK_POINT], world.versions["quick"], 40, start, end, "kiosk"),
        )
        rows = [row for seed, plan in enumerate(plans) for row in responses.fill(session, plan, seed)]
    release()
    return world, pandas.DataFrame(rows)


@pytest.fixture
def run(app: Flask) -> Run:
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=["rates", *args])


def _export(run: Run, folder: Path, *args: str) -> list[dict[str, str]]:
    target = folder / "out.csv"
    result = run("export", *args, "--format", "csv", "-o", str(target))
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline="")))


def _half_up(part: int, whole: int) -> str:
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _recount(rows: pandas.DataFrame, columns: list[str], least: float = 0) -> dict[str, str]:
    """Respondents, answers, counts and rate over the columns, of rows with at least `least` of them answered."""
    answers: Any = rows[columns]
    answers = answers[answers.notna().sum(axis=1) >= max(least, 1)]
    counts = [int((answers == level).sum().sum()) for level in range(1, 6)]
    total = sum(counts)
    return {
        "respondents": str(len(answers)),
        "answers": str(total),
        **{f"c{level}": str(count) for level, count in enumerate(counts, 1)},
        "rate": _half_up(counts[3] + counts[4], total),
    }


def _numbers(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in ("respondents", "answers", "c1", "c2", "c3", "c4", "c5", "rate")}


def test_complete_figures_equal_a_recount_of_the_rows(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    made, rows = world
    version = made.version
    counted = rows[~rows.quarantined & (rows.questionnaire_id == version.id)]
    slots = {item.key: SLOT_COLUMNS[item.slot - 1] for item in version.items}
    found = _export(run, tmp_path, "--unit", CITY, *YEAR, "--complete")
    overall, *parts = found
    assert _numbers(overall) == _recount(counted, [slots[item.key] for item in version.scored], len(version.scored) / 2)
    expected = {factor.key: [slots[item.key] for item in factor.items] for factor in version.factors}
    expected |= {key: [slot] for key, slot in slots.items()}
    assert [row["key"] for row in parts] == list(expected)
    for row in parts:
        assert _numbers(row) == _recount(counted, expected[row["key"]]), row["key"]


def test_units_months_channels_and_days_equal_a_recount(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    made, rows = world
    version = made.version
    scored = [SLOT_COLUMNS[item.slot - 1] for item in version.scored]
    counted = rows[rows.questionnaire_id == version.id]
    days = ("--from", "2026-03-05", "--to", "2026-09-09", "--complete", "--flagged")
    within = counted[(counted.day >= date(2026, 3, 5)) & (counted.day <= date(2026, 9, 9))]
    by_unit = _export(run, tmp_path, "--unit", CITY, *days, "--by", "unit")
    assert [row["unit_code"] for row in by_unit] == [CITY, WARD, OTHER_WARD]
    for row in by_unit:
        own = within if row["unit_code"] == CITY else within[within.unit_id == made.units[row["unit_code"]]]
        assert _numbers(row) == _recount(own, scored, len(scored) / 2)
    by_month = _export(run, tmp_path, "--unit", WARD, *days, "--by", "month", "--channel", "kiosk")
    kiosk = within[(within.channel == "kiosk") & (within.unit_id == made.units[WARD])]
    assert [row["key"] for row in by_month] == [f"2026-{month:02}" for month in range(3, 10)]
    for row in by_month:
        own = kiosk[[day.month == int(row["key"][-2:]) for day in kiosk.day]]
        assert _numbers(row) == _recount(own, scored, len(scored) / 2)
    procedure = _export(run, tmp_path, "--unit", WARD, *days, "--by", "unit", "--procedure", "1.001193")
    own = within[(within.procedure == "1.001193") & (within.unit_id == made.units[WARD])]
    assert _numbers(procedure[0]) == _recount(own, scored, len(scored) / 2)


def test_people_get_whole_months_and_no_small_cells(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    by_unit = _export(run, tmp_path, "--unit", CITY, *YEAR, "--by", "unit")
    small = next(row for row in by_unit if row["unit_code"] == OTHER_WARD)
    assert set(_numbers(small).values()) == {""}
    assert small["note"] == "too_few: chưa đủ phiếu; provisional: tạm tính"
    result = run("export", "--unit", WARD, "--from", "2026-03-05", "--to", "2026-04", "--format", "csv", "-o", "-")
    assert result.stderr.startswith("Whole months only: 2026-03-01 – 2026-04-30")
    months = _export(run, tmp_path, "--unit", WARD, "--from", "2026-03", "--to", "2026-04")
    assert result.stdout_bytes == (tmp_path / "out.csv").read_bytes()
    assert months[0]["respondents"] != ""


def test_splits_and_questionnaires(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    factors = _export(run, tmp_path, "--unit", WARD, *YEAR, "--by", "factor", "--lang", "en")
    assert {row["scope"] for row in factors} == {"factor"}
    assert factors[0]["label"] == world[0].version.factors[0].title.en
    assert {row["scope"] for row in _export(run, tmp_path, "--unit", WARD, *YEAR, "--by", "item")} == {"item"}
    for name in ("quick@1", "quick"):
        quick = _export(run, tmp_path, "--unit", CITY, *YEAR, "--by", "unit", "--questionnaire", name)
        assert {row["questionnaire"] for row in quick} == {"quick@1"}
    assert _export(run, tmp_path, "--unit", DISTRICT, *YEAR)[0]["note"].startswith("no_data")


def test_a_workbook_has_its_method_and_the_same_figures(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    expected = _export(run, tmp_path, "--unit", CITY, *YEAR)
    target = tmp_path / "out.xlsx"
    assert run("export", "--unit", CITY, *YEAR, "--format", "xlsx", "-o", str(target)).exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Tổng hợp", "Yếu tố", "Tiêu chí", "Phương pháp", "Từ điển dữ liệu"]
    rate = next(cell for cell in book["Tổng hợp"][1] if cell.value == "Tỷ lệ hài lòng (%)").column_letter
    assert Decimal(str(book["Tổng hợp"][f"{rate}2"].value)) == Decimal(expected[0]["rate"])
    said = {name.value: text.value for name, text in book["Phương pháp"].iter_rows(max_col=2)}
    assert said["Số liệu tính đến"] == "24/11/2026 09:00:00 (giờ Việt Nam)"
    assert said["Mã băm SHA-256 của mẫu phiếu"] == world[0].version.sha256
    assert "Tỷ lệ câu hỏi được trả lời" in said


def test_new_answers_are_seen_once_they_are_released_ten_together(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    made, before = world[0], _export(run, tmp_path, "--unit", CITY, *YEAR)
    for seed, count in ((21, 9), (22, 4)):
        with writing() as session:
            plan = Plan(made.units[WARD], made.points[POINT], made.version, count, date(2026, 3, 1), date(2026, 3, 9))
            responses.fill(session, plan, seed)
        assert _export(run, tmp_path, "--unit", CITY, *YEAR) == before
        released = run("refresh").output.splitlines()
        if count == 9:
            assert released == ["9 responses taken into the tallies", "0 answers released, 24 wait for others"]
            assert _export(run, tmp_path, "--unit", CITY, *YEAR) == before
    assert released == ["4 responses taken into the tallies", "13 answers released, 15 wait for others"]
    after = _export(run, tmp_path, "--unit", CITY, *YEAR)
    assert int(after[0]["respondents"]) == int(before[0]["respondents"]) + 13
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Pending)) == 0


def test_one_cut_at_a_time(world: tuple[World, pandas.DataFrame], run: Run) -> None:
    cuts = ("--channel", "kiosk", "--procedure", "1.001193")
    result = run("export", "--unit", WARD, *YEAR, *cuts, "--format", "csv", "-o", "-")
    assert result.exit_code == 2
    assert "one of --channel, --procedure and --flagged at a time" in result.output


def test_an_export_is_recorded(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    _export(run, tmp_path, "--unit", WARD, *YEAR, "--complete")
    with reading() as session:
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.subject, event.actor) == ("exported", "rates", "command line")
        assert '"complete":1' in event.detail
        assert f'"unit":"{WARD}"' in event.detail


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("--unit", "99999", *YEAR), "no unit has the code 99999"),
        (
            ("--unit", WARD, "--from", "2026-12", "--to", "2026-01"),
            "the period ends before it starts: 2026-12 – 2026-01",
        ),
        (
            ("--unit", WARD, "--from", "2026-13", "--to", "2026-01"),
            "not a month (YYYY-MM) or a day (YYYY-MM-DD): 2026-13",
        ),
        (
            ("--unit", WARD, *YEAR, "--questionnaire", "none@1"),
            "no questionnaire none@1 is published; there is quick@1, ",
        ),
    ],
)
def test_a_mistake_is_one_line_and_leaves_no_file(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path, args: tuple[str, ...], complaint: str
) -> None:
    result = run("export", *args, "--format", "csv", "-o", str(tmp_path / "out.csv"))
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {complaint}")
    assert result.output.count("\n") == 1
    assert list(tmp_path.glob("*.csv")) == []


def test_an_unwritable_file_is_one_line(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    for target in (tmp_path / "missing" / "out.csv", tmp_path):
        result = run("export", "--unit", WARD, *YEAR, "--format", "csv", "-o", str(target))
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: cannot write {target}: ")


def test_a_report_is_a_pdf_and_takes_no_split_but_the_units(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    made = run("export", "--unit", WARD, *YEAR, "--format", "pdf", "--by", "unit", "-o", str(tmp_path / "out.pdf"))
    assert made.exit_code == 0, made.output
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    refused = run("export", "--unit", WARD, *YEAR, "--format", "docx", "--by", "item", "-o", str(tmp_path / "out.docx"))
    assert refused.exit_code == 2
    assert not (tmp_path / "out.docx").exists()


def test_a_failed_export_keeps_the_old_file(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from survey.reports import csv_files

    target = tmp_path / "out.csv"
    target.write_text("old")

    def fails(*args: object) -> bytes:
        raise RuntimeError

    monkeypatch.setattr(csv_files, "rates", fails)
    assert run("export", "--unit", WARD, *YEAR, "--format", "csv", "-o", str(target)).exit_code == 1
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.glob("*out.csv*")] == ["out.csv"]


def test_a_name_that_looks_like_a_formula_is_inert(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    with writing() as session:
        session.get_one(Unit, world[0].units[WARD]).name = "=cmd|' /C calc'!A0"
    assert _export(run, tmp_path, "--unit", WARD, *YEAR)[0]["unit_name"] == "'=cmd|' /C calc'!A0"
