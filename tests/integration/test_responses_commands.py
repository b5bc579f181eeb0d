"""flask responses export on real rows of both databases, held against the rows that were put in."""

import io
from collections import Counter
from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from survey.domain.questionnaire import Version
from survey.extensions import reading, writing
from survey.models import SLOT_COLUMNS, AuditEvent, Layer, Released, Response
from tests.support import places, responses
from tests.support.places import CITY, KIOSK, OTHER_POINT, OTHER_WARD, POINT, QUICK_POINT, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan

YEAR = ("--from", "2026-01", "--to", "2026-12")
KEY = ["month", "unit_code", "questionnaire", "channel", "assisted", "procedure", "quarantined"]
Run = Callable[..., Result]


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> tuple[World, pandas.DataFrame]:
    """Responses of a year in large and small cells, and what an exact export of them holds."""
    with writing() as session:
        world = places.build(session)
        ward, other = world.units[WARD], world.units[OTHER_WARD]
        start, end = date(2026, 6, 1), date(2026, 11, 20)
        version, procedures = world.version, (None, "1.001193", "2.000815")
        plans = (
            Plan(ward, world.points[POINT], version, 300, start, end, "poster", procedures, quarantined=0.05),
            Plan(ward, world.points[KIOSK], version, 30, start, end, "kiosk", procedures),
            Plan(other, world.points[OTHER_POINT], version, 4, start, end),
            Plan(other, world.points[QUICK_POINT], world.versions["quick"], 40, start, end, "kiosk"),
        )
        rows = [row for seed, plan in enumerate(plans) for row in responses.fill(session, plan, seed)]
        session.execute(update(Response).where(Response.procedure == "2.000815").values(assisted=True))
    release()
    return world, _expected(world, rows)


def _released(expected: pandas.DataFrame) -> pandas.DataFrame:
    """Those rows that a lot holds: the small ward's four and some others wait."""
    with reading() as session:
        ids = session.scalars(select(Response.client_id).where(Response.lot.is_not(None))).all()
    assert 0 < len(ids) < len(expected)
    return expected[expected.index.isin(ids)]


def _expected(world: World, rows: list[dict[str, Any]]) -> pandas.DataFrame:
    """The exact export, made from the rows in Python."""
    codes = {row_id: code for code, row_id in world.units.items()}
    versions = {version.id: version for version in world.versions.values()}
    return pandas.DataFrame(
        index=[row["client_id"] for row in rows],
        data=[
            {
                "month": f"{row['day']:%Y-%m}",
                "unit_code": codes[row["unit_id"]],
                "questionnaire": versions[row["questionnaire_id"]].name,
                "channel": row["channel"],
                "assisted": "true" if row["procedure"] == "2.000815" else "false",
                "procedure": row["procedure"] or "",
                "quarantined": "true" if row["quarantined"] else "false",
                **_levels(versions[row["questionnaire_id"]], row),
            }
            for row in rows
        ],
    ).fillna("")


def _levels(version: Version, row: dict[str, Any]) -> dict[str, str]:
    return {item.key: str(row[SLOT_COLUMNS[item.slot - 1]] or "") for item in version.items}


@pytest.fixture
def run(app: Flask) -> Run:
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=["responses", *args])


def _export(run: Run, folder: Path, *args: str) -> pandas.DataFrame:
    target = folder / "rows.csv"
    result = run("export", *args, "-o", str(target))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return pandas.read_csv(io.BytesIO(target.read_bytes()), dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _counted(table: pandas.DataFrame, columns: list[str]) -> Counter[Hashable]:
    return Counter(table[columns].itertuples(index=False, name=None))


def test_a_complete_export_is_every_row_exactly(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    expected = world[1]
    found = _export(run, tmp_path, "--unit", CITY, *YEAR, "--complete")
    assert set(found.columns) == set(expected.columns)
    assert list(found.columns[:7]) == KEY
    assert _counted(found, list(expected.columns)) == _counted(expected, list(expected.columns))


def test_one_questionnaire_has_its_items_in_order(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    made, expected = world
    found = _export(run, tmp_path, "--unit", CITY, *YEAR, "--complete", "--questionnaire", "sipas-2024@1")
    assert list(found.columns) == [*KEY, *(item.key for item in made.version.items)]
    own = expected[expected.questionnaire == "sipas-2024@1"]
    assert _counted(found, list(found.columns)) == _counted(own, list(found.columns))


def test_ten_rows_share_every_key_and_no_answer_is_lost(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    expected = _released(world[1])
    found = _export(run, tmp_path, "--unit", CITY, *YEAR)
    assert min(_counted(found, KEY).values()) >= 10
    answers = ["questionnaire", *(name for name in expected.columns if name not in KEY)]
    assert _counted(found, answers) == _counted(expected, answers)
    # The four rows of the small ward are in no lot.
    assert OTHER_WARD not in set(found[found.questionnaire == "sipas-2024@1"].unit_code)
    # A unit with enough rows keeps what it can.
    quick = found[found.questionnaire == "quick@1"]
    assert set(quick.unit_code) == {OTHER_WARD}


def test_coarser_keys_only_lose(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    ward = _export(run, tmp_path, "--unit", WARD, *YEAR)
    assert set(ward.unit_code) == {WARD}
    assert {"2026-07", "2026-08"} <= set(ward.month)
    assert set(ward.channel) <= {"poster", "kiosk", ""}
    assert set(ward.procedure) <= {"1.001193", "2.000815", ""}
    exact = _counted(world[1], KEY)
    for key, count in _counted(ward, KEY).items():
        assert count <= exact[key] or "" in key  # type: ignore[operator]


def test_a_lot_that_lost_an_answer_or_reaches_beyond_the_months_stays_out(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    before = _export(run, tmp_path, "--unit", WARD, *YEAR)
    with writing() as session:
        own = (Released.unit_id == world[0].units[WARD], Released.layer == Layer.LOT)
        lost, longer, *_ = session.scalars(select(Released).where(*own).order_by(Released.id))
        first = session.scalars(select(Response).where(Response.lot == lost.id)).first()
        session.delete(first)
        others, size = lost.respondents - 1, longer.respondents
        longer.last = date(2027, 1, 31)
    result = run("export", "--unit", WARD, *YEAR, "-o", str(tmp_path / "rows.csv"))
    assert f"{others + size} more are in lots that reach beyond" in result.stderr
    after = _export(run, tmp_path, "--unit", WARD, *YEAR)
    assert len(after) == len(before) - lost.respondents - size
    answers = [name for name in after.columns if name not in KEY]
    assert not _counted(after, answers) - _counted(before, answers)


def test_the_order_is_made_afresh(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    first, second = (_export(run, tmp_path, "--unit", WARD, *YEAR, "--complete") for _ in range(2))
    assert not first.equals(second)
    assert _counted(first, list(first.columns)) == _counted(second, list(second.columns))


def test_duplicates_are_left_out_and_days_are_kept_when_complete(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    with writing() as session:
        other = world[0].units[OTHER_WARD]
        session.execute(update(Response).where(Response.unit_id == other).values(counted=False))
        held = session.scalars(select(Response.day).where(Response.unit_id == world[0].units[WARD])).all()
    found = _export(run, tmp_path, "--unit", CITY, "--from", "2026-07-03", "--to", "2026-09-09", "--complete")
    assert len(found) == sum(date(2026, 7, 3) <= day <= date(2026, 9, 9) for day in held)
    assert set(found.unit_code) == {WARD}


def test_nothing_leaves_the_header_of_the_default(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path
) -> None:
    found = _export(run, tmp_path, "--unit", WARD, "--from", "2020-01", "--to", "2020-02")
    assert list(found.columns) == [*KEY, *(item.key for item in world[0].version.items)]
    assert found.empty


def test_an_export_is_recorded(world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path) -> None:
    _export(run, tmp_path, "--unit", WARD, *YEAR, "--complete")
    with reading() as session:
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.subject) == ("exported", "responses")
        assert '"complete":1' in event.detail


def test_standard_output_holds_the_file_alone(world: tuple[World, pandas.DataFrame], run: Run) -> None:
    count = (_released(world[1]).unit_code == WARD).sum()
    result = run("export", "--unit", WARD, *YEAR, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfmonth,")
    assert result.stdout_bytes.count(b"\r\n") == count + 1
    assert f"{count} responses" in result.stderr


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("--unit", "99999", *YEAR), "no unit has the code 99999"),
        (("--unit", WARD, "--from", "2026-12", "--to", "2026-01"), "the period ends before it starts"),
        (("--unit", WARD, *YEAR, "--questionnaire", "none"), "no questionnaire none is published"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_no_file(
    world: tuple[World, pandas.DataFrame], run: Run, tmp_path: Path, args: tuple[str, ...], complaint: str
) -> None:
    result = run("export", *args, "-o", str(tmp_path / "rows.csv"))
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {complaint}")
    assert list(tmp_path.glob("*rows.csv*")) == []
