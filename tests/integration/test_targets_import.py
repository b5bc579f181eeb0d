"""Importing a plan's targets and published figures, on both databases."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.config import ROOT
from survey.extensions import reading
from survey.queries import catalogue, entries

DATA = ROOT / "survey" / "data"
TARGETS = ("--unit", "HN", "--year", "2021")
INDICATORS = ("--year", "2020", "--kind", "par_index")


@pytest.fixture
def hanoi(app: Flask) -> Flask:
    """An application that knows Hà Nội's units."""
    assert run(app, "import-units", DATA / "hanoi_units.csv", "--commit").exit_code == 0
    return app


def run(app: Flask, command: str, file: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["catalogue", command, str(file), *options])


def test_the_plan_of_2021_holds_for_every_unit_from_2021_on(hanoi: Flask) -> None:
    file = DATA / "hanoi_plan_2021.csv"
    assert run(hanoi, "import-targets", file, *TARGETS, "--commit").exit_code == 0
    with file.open(encoding="utf-8", newline="") as stream:
        rows = {row["code"]: row for row in csv.DictReader(stream)}
    with reading() as session:
        units = catalogue.units(session)
        for kind, row in rows.items():
            found = catalogue.targets(session, units, 2026, kind)
            assert set(found.values()) == {Decimal(row["target_percent"])}
        (city,) = [unit for unit in units if unit.code == "HN"]
        stored = entries.targets(session, city.id, 2021)
    assert {kind: entry.name for kind, entry in stored.items()} == {kind: row["name"] for kind, row in rows.items()}


def test_a_second_import_changes_nothing_and_a_new_value_is_told(hanoi: Flask, tmp_path: Path) -> None:
    file = DATA / "hanoi_plan_2021.csv"
    run(hanoi, "import-targets", file, *TARGETS, "--commit")
    assert "Nothing to change." in run(hanoi, "import-targets", file, *TARGETS, "--commit").output
    raised = tmp_path / "raised.csv"
    raised.write_text("code;name;comparison;target_percent\non_time;Đúng hạn;at_least;99,5\n", encoding="utf-8")
    result = run(hanoi, "import-targets", raised, *TARGETS, "--commit")
    assert "~ on_time percent: 99.00 → 99.5" in result.output
    assert "0 added, 1 changed, 0 unchanged; 5 not in the file" in result.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("on_time,Đúng hạn,at_most,99", "at_least"),
        ("on_time,Đúng hạn,at_least,100.01", "100"),
        ("on_time,Đúng hạn,at_least,-1", "100"),
        ("on_time,Đúng hạn,at_least,9e1", "100"),
        ("on_time,Đúng hạn,at_least,99.999", "100"),
        ("On Time,Đúng hạn,at_least,99", "code"),
        ("on_time,,at_least,99", "name"),
    ],
)
def test_a_bad_target_is_refused(hanoi: Flask, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(f"code,name,comparison,target_percent\n{line}\n", encoding="utf-8")
    result = run(hanoi, "import-targets", file, *TARGETS, "--commit")
    assert result.exit_code == 1
    assert "Dòng 2" in result.output
    assert said in result.output


def test_targets_of_an_unknown_unit_are_refused(hanoi: Flask) -> None:
    result = run(hanoi, "import-targets", DATA / "hanoi_plan_2021.csv", "--unit", "XX", "--year", "2021", "--commit")
    assert result.exit_code == 1
    assert "XX" in result.output


def test_the_published_index_is_stored_as_the_file_has_it(hanoi: Flask) -> None:
    file = DATA / "hanoi_par_index_2020.csv"
    assert run(hanoi, "import-indicators", file, *INDICATORS, "--commit").exit_code == 0
    assert "Nothing to change." in run(hanoi, "import-indicators", file, *INDICATORS, "--commit").output
    with reading() as session:
        found = entries.indicators(session, 2020, "par_index")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [
            (row["unit_code"], row["group"], row["position"], Decimal(row["points"])) for row in csv.DictReader(stream)
        ]
    assert sorted((each.unit_code, each.group, each.position, each.value) for each in found.values()) == sorted(rows)


def test_figures_of_unknown_units_and_bad_kinds_are_refused(hanoi: Flask, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("unit_code,group,position,points\n005,district,,94.22\nXX,district,,1\nYY,district,,\n", "utf-8")
    result = run(hanoi, "import-indicators", file, *INDICATORS, "--commit")
    assert result.exit_code == 1
    assert "Dòng 3" in result.output
    assert "Dòng 4" in result.output
    assert run(hanoi, "import-indicators", file, "--year", "2020", "--kind", "PAR Index", "--commit").exit_code == 1
    with reading() as session:
        assert entries.indicators(session, 2020, "par_index") == {}
