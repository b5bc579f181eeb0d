"""Importing dossiers handled: what is refused, what is replaced, and that it says so; on both databases."""

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import Workbook

from survey.domain.handled import Handled
from survey.domain.periods import Period
from survey.extensions import reading
from survey.queries import catalogue
from survey.queries import handled as queries
from tests.support.places import CITY, DISTRICT, OTHER_WARD, WARD, World

HEADER = "unit_code,procedure_code,day,handled,early,on_time,late"
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
GOOD = f"{WARD},1.001193,2026-11-02,10,4,5,1"


def run(app: Flask, tmp_path: Path, *lines: str, header: str = HEADER, commit: bool = True) -> Result:
    file = tmp_path / "handled.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return invoke(app, file, commit=commit)


def invoke(app: Flask, file: Path, *, commit: bool = True) -> Result:
    options = ["--commit"] if commit else []
    return app.test_cli_runner().invoke(args=["catalogue", "import-handled", str(file), *options])


def sums(period: Period = YEAR, procedure: str | None = None) -> dict[str, Handled]:
    with reading() as session:
        units = catalogue.units(session)
        found = queries.of_units(session, units, period, procedure)
    return {unit.code: found[unit.id] for unit in units}


def test_dossiers_add_up_the_tree_and_over_days(app: Flask, world: World, tmp_path: Path) -> None:
    result = run(
        app, tmp_path, GOOD, f"{WARD},1.001193,2026-11-03,3,0,3,0", f"{OTHER_WARD},1.001193,2026-10-30,7,7,0,0"
    )
    assert result.exit_code == 0, result.output
    assert "3 added, 0 changed, 0 unchanged" in result.output
    assert sums() == {
        CITY: Handled(20, 11, 8, 1),
        WARD: Handled(13, 4, 8, 1),
        OTHER_WARD: Handled(7, 7, 0, 0),
        DISTRICT: Handled(),
    }
    november = sums(Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert november[CITY] == Handled(13, 4, 8, 1)
    assert sums(procedure="1.000894")[CITY] == Handled()


def test_a_second_import_replaces_and_says_so(app: Flask, world: World, tmp_path: Path) -> None:
    run(app, tmp_path, GOOD)
    assert "Nothing to change." in run(app, tmp_path, GOOD).output
    result = run(app, tmp_path, GOOD.replace("10,4,5,1", "11,4,5,2"), f"{OTHER_WARD},1.001193,2026-11-02,1,0,1,0")
    key = f"{WARD} 1.001193 2026-11-02"
    assert f"~ {key} handled: 10 → 11" in result.output
    assert f"~ {key} late: 1 → 2" in result.output
    assert "1 added, 1 changed, 0 unchanged" in result.output
    assert sums()[WARD] == Handled(11, 4, 5, 2)


def test_without_commit_nothing_is_written(app: Flask, world: World, tmp_path: Path) -> None:
    assert "Nothing was written" in run(app, tmp_path, GOOD, commit=False).output
    assert sums()[CITY] == Handled()


def test_complaints_may_be_told(app: Flask, world: World, tmp_path: Path) -> None:
    result = run(
        app, tmp_path, f"{GOOD},2", f"{OTHER_WARD},1.001193,2026-11-02,1,0,1,0,", header=f"{HEADER},complaints"
    )
    assert result.exit_code == 0, result.output
    assert sums()[CITY] == Handled(11, 4, 6, 1, 2)
    assert sums()[CITY].content == 8


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("00000,1.001193,2026-11-02,10,4,5,1", "Không có đơn vị nào có mã “00000”."),
        (f"{WARD},1.999999,2026-11-02,10,4,5,1", "Không có thủ tục nào có mã “1.999999”"),
        (f"{WARD},1.001193,2026-11-25,10,4,5,1", "Ngày 2026-11-25 ở tương lai."),
        (f"{WARD},1.001193,2026-02-30,10,4,5,1", "“2026-02-30” không phải là ngày có thật"),
        (f"{WARD},1.001193,,10,4,5,1", "Cột “day” bị bỏ trống."),
        (f"{WARD},1.001193,2025-06-30,10,4,5,1", "không hoạt động vào ngày 2025-06-30"),
        (f"{WARD},1.001193,2026-11-03,10,4,5,2", "là 11, không bằng số hồ sơ đã giải quyết 10"),
        (f"{WARD},1.001193,2026-11-03,-1,0,0,-1", "“-1” không phải là số nguyên"),
        (f"{WARD},1.001193,2026-11-03,1.5,0,1.5,0", "“1.5” không phải là số nguyên"),
        (f"{WARD},1.001193,2026-11-03,1000001,0,1000001,0", "từ 0 đến 1000000"),
        (f"{WARD},,2026-11-02,10,4,5,1", "Cột “procedure_code” bị bỏ trống."),
        (f"{WARD},1.001193,2026-11-03,10,4,5", "Có 6 ô, cần 7 ô"),
        (GOOD, "đã có ở dòng 2"),
    ],
)
def test_a_bad_line_is_refused_and_nothing_is_written(
    app: Flask, world: World, tmp_path: Path, line: str, said: str
) -> None:
    result = run(app, tmp_path, GOOD, line)
    assert result.exit_code == 1
    assert "Dòng 3" in result.output
    assert said in result.output
    assert sums()[CITY] == Handled()


def test_more_complaints_than_dossiers_on_time_are_refused(app: Flask, world: World, tmp_path: Path) -> None:
    result = run(app, tmp_path, f"{GOOD},10", header=f"{HEADER},complaints")
    assert result.exit_code == 1
    assert "nhiều hơn 9 hồ sơ không trễ hạn" in result.output


def test_a_spreadsheet_is_read_and_its_lost_zeros_are_told(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "handled.xlsx"
    file.write_bytes(workbook([WARD, "1.001193", date(2026, 11, 2), 10, 4, 5, 1]))
    assert invoke(app, file).exit_code == 0
    assert sums()[WARD] == Handled(10, 4, 5, 1)
    file.write_bytes(workbook([166, "1.001193", date(2026, 11, 2), 10, 4, 5, 1]))
    assert "các số 0 ở đầu" in invoke(app, file).output


def workbook(row: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def test_a_long_file_prints_its_beginning_and_its_counts(app: Flask, world: World, tmp_path: Path) -> None:
    lines = [f"{WARD},1.001193,2026-{month:02}-{day:02},1,0,1,0" for month in (8, 9) for day in range(1, 31)]
    result = run(app, tmp_path, *lines)
    assert result.output.count("\n+ ") + result.output.startswith("+ ") == 20
    assert "… and 40 more" in result.output
    assert "60 added" in result.output
