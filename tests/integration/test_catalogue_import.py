"""Importing units and procedures through the command line, on both databases."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import event

from survey.config import ROOT
from survey.database import WRITE
from survey.domain import catalogue as shapes
from survey.domain import names
from survey.domain.problems import InvalidError
from survey.extensions import db, reading, writing
from survey.queries import catalogue as queries
from survey.queries import entries
from survey.services import catalogue, sheets
from tests.support.files import units_csv, xlsx

DATA = ROOT / "survey" / "data"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Run:
    """Runs `flask catalogue COMMAND FILE …` on a file with this content."""

    def invoke(command: str, content: bytes, *options: str) -> Result:
        path = tmp_path / "file"
        path.write_bytes(content)
        return app.test_cli_runner().invoke(args=["catalogue", command, str(path), *options])

    return invoke


def stored_units() -> dict[str, shapes.UnitEntry]:
    with reading() as session:
        return entries.units(session)


def test_the_real_units_are_stored_as_an_independent_reading_has_them(run: Run) -> None:
    content = (DATA / "hanoi_units.csv").read_bytes()
    result = run("import-units", content, "--commit")
    assert result.exit_code == 0, result.output
    rows = {row["code"]: row for row in csv.DictReader(content.decode().splitlines())}
    with reading() as session:
        units = queries.units(session)
        by_id = {unit.id: unit for unit in units}
        successors = queries.successors(session, by_id)
    assert len(units) == len(rows) == 181
    for unit in units:
        row = rows[unit.code]
        assert (unit.name, unit.kind.value) == (row["name"], row["kind"])
        assert [by_id[above].code for above in unit.path] == [code for code in (row["parent_code"], unit.code) if code]
        assert str(unit.valid_from or "") == row["valid_from"]
        assert str(unit.valid_to or "") == row["valid_to"]
        assert [by_id[after].code for after in successors[unit.id]] == row["replaced_by"].split()


def test_the_real_procedures_are_stored_as_an_independent_reading_has_them(run: Run) -> None:
    content = (DATA / "procedures.csv").read_bytes()
    assert run("import-procedures", content, "--commit").exit_code == 0
    with reading() as session:
        found = {(each.code, each.name, each.domain_name) for each in queries.procedures(session)}
    rows = csv.DictReader(content.decode().splitlines())
    assert found == {(row["code"], row["name"], row["domain"]) for row in rows}


def test_without_commit_the_difference_is_told_and_nothing_written(run: Run) -> None:
    result = run("import-units", units_csv("HN,Hà Nội,city,,,,"))
    assert result.exit_code == 0
    assert "+ HN Hà Nội, city" in result.output
    assert "1 added, 0 changed, 0 unchanged; 0 not in the file" in result.output
    assert "--commit" in result.output
    assert stored_units() == {}


def test_importing_the_same_file_again_changes_nothing(run: Run) -> None:
    for file, command in (("hanoi_units.csv", "import-units"), ("procedures.csv", "import-procedures")):
        content = (DATA / file).read_bytes()
        run(command, content, "--commit")
        result = run(command, content, "--commit")
        assert result.exit_code == 0
        assert "0 added, 0 changed" in result.output
        assert "Nothing to change." in result.output


def test_a_change_is_told_old_and_new_and_what_the_file_leaves_out_stays(run: Run) -> None:
    first = units_csv("HN,Hà Nội,city,,,,", "A,Quận A,district,HN,,,", "B,Phường B,commune,HN,,,")
    run("import-units", first, "--commit")
    second = units_csv(
        "A,Quận A,district,HN,,2025-06-30,B;C", "C,Phường C,commune,HN,2025-07-01,,", "HN,Hà Nội,city,,,,"
    )
    result = run("import-units", second, "--commit")
    assert "~ A valid_to: (empty) → 2025-06-30" in result.output
    assert "~ A replaced_by: (empty) → B;C" in result.output
    assert "1 added, 1 changed, 1 unchanged; 1 not in the file" in result.output
    assert result.output.rstrip().endswith("Written.")
    units = stored_units()
    assert units["A"].replaced_by == ("B", "C")
    assert set(units) == {"HN", "A", "B", "C"}
    third = run("import-units", units_csv("A,Quận A,district,B,,2025-06-30,C"), "--commit")
    assert "~ A parent_code: HN → B" in third.output
    assert "~ A replaced_by: B;C → C" in third.output
    assert stored_units()["A"].parent_code == "B"


def test_a_renamed_unit_is_found_and_sorted_by_its_new_name(run: Run) -> None:
    run("import-units", units_csv("A,Xã Mỹ Đức,commune,,,,"), "--commit")
    run("import-units", units_csv("A,Xã Đoài Phương,commune,,,,"), "--commit")
    with reading() as session:
        (unit,) = queries.units(session)
    assert unit.sort_key == names.sort_key("Xã Đoài Phương")


def test_every_bad_line_is_told_at_once_and_nothing_is_changed(run: Run) -> None:
    run("import-units", units_csv("HN,Hà Nội,city,,,,"), "--commit")
    content = units_csv(
        "HN,Thành phố Hà Nội,city,,,,",
        "1,Một,district,XX,,,",
        "2,Hai,ward,HN,,,",
        "3,,district,HN,,,",
        "4,Bốn,district,HN,2025-07-01,2025-06-30,",
        "5,Năm,district,HN,,,5",
        "1,Sáu,district,HN,,,",
        "7,Bảy,district,HN",
        "8,Tám,district,9,,,",
        "9,Chín,district,8,,,",
        "10,Mười,district,HN,,2025-06-30,YY",
    )
    result = run("import-units", content, "--commit")
    assert result.exit_code == 1
    complaints = [line for line in result.output.splitlines() if line.startswith("Dòng ")]
    assert [line.split(":")[0] for line in complaints] == [f"Dòng {number}" for number in range(3, 13)]
    assert "10 problems, nothing was changed" in result.output
    assert "Traceback" not in result.output
    assert set(stored_units()) == {"HN"}
    assert stored_units()["HN"].name == "Hà Nội"


def test_wrong_encodings_and_broken_files_are_told_without_a_trace(run: Run) -> None:
    text = units_csv("HN,Hà Nội,city,,,,").decode()
    for content, said in (
        (text.encode("utf-16"), "UTF-16"),
        ("Hòa\n".encode("cp1252"), "Windows-1252"),
        (b"", "không có nội dung"),
        (xlsx([("code",)])[:200], "bị hỏng"),
        (b"code,name\n1,2\n", "kind"),
    ):
        result = run("import-units", content, "--commit")
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert said in result.output
    assert stored_units() == {}


def test_a_misplaced_tone_and_decomposed_letters_are_corrected_at_the_entrance(run: Run) -> None:
    decomposed = "H\u006f\u0300a Bi\u0300nh"
    run("import-units", units_csv("1,UBND phường Hòan Kiếm,commune,,,,", f"2,{decomposed},commune,,,,"), "--commit")
    assert [unit.name for unit in stored_units().values()] == ["UBND phường Hoàn Kiếm", "Hòa Bình"]


def test_a_workbook_imports_like_the_text(run: Run) -> None:
    content = (DATA / "hanoi_units.csv").read_text(encoding="utf-8")
    book = xlsx(csv.reader(content.splitlines()))
    assert run("import-units", book, "--commit").exit_code == 0
    assert "Nothing to change." in run("import-units", content.encode("utf-8-sig"), "--commit").output


def test_codes_that_became_numbers_are_refused_with_the_remedy(run: Run) -> None:
    header = ("code", "name", "kind", "parent_code", "valid_from", "valid_to", "replaced_by")
    result = run("import-units", xlsx([header, (1, "Ba Đình", "district", None, None, None, None)]), "--commit")
    assert result.exit_code == 1
    assert "Dòng 2" in result.output
    assert "Text" in result.output


def test_ten_thousand_lines_take_few_statements(app: Flask) -> None:
    lines = [f"{number:05},Xã {number},commune,{number // 100 + 1:05},,," for number in range(2, 10_002)]
    content = units_csv(*reversed(lines), "00001,Thành phố,city,,,,")
    steps: list[int] = []
    statements: list[str] = []
    table = sheets.table(content, shapes.UNITS)
    engine = db.get_engine(WRITE)
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    with writing() as session:
        difference = catalogue.import_units(session, table, steps.append)
    assert len(statements) < 200, "none a line"
    assert len(difference.added) == sum(steps) == 10_001
    assert len(steps) > 10, "progress is told on the way"
    stored = stored_units()
    assert {unit.code: unit.parent_code for unit in stored.values()} == {
        row["code"]: row["parent_code"] for row in csv.DictReader(content.decode().splitlines())
    }


def test_a_bad_line_in_a_service_call_leaves_the_transaction_clean(app: Flask) -> None:
    table = sheets.table(units_csv("1,Một,commune,,,,", "2,Hai,commune,XX,,,"), shapes.UNITS)
    with writing() as session:
        with pytest.raises(InvalidError):
            catalogue.import_units(session, table)
        assert not session.new
        assert not session.dirty
    assert stored_units() == {}


def test_the_longest_names_fit_both_databases(run: Run) -> None:
    unit, procedure = "Ầ" * 199, "Ầ" * 499
    assert run("import-units", units_csv(f"1,{unit},commune,,,,"), "--commit").exit_code == 0
    content = f"code,name,domain\n1.001193,{procedure},{'Ầ' * 200}\n".encode()
    assert run("import-procedures", content, "--commit").exit_code == 0
    assert stored_units()["1"].name == unit


@pytest.mark.parametrize(
    "code", ["4.001193", "1.00119", "1.001193.", "1.001193.00.00.h56", "001193", "1.001193 H56", ""]
)
def test_a_bad_procedure_code_is_refused(run: Run, code: str) -> None:
    result = run("import-procedures", f"code,name,domain\n{code},Khai sinh,Hộ tịch\n".encode(), "--commit")
    assert result.exit_code == 1
    assert "Dòng 2" in result.output


def test_a_procedure_may_have_a_local_tail(run: Run) -> None:
    content = "code,name,domain\n1.010708.000.00.00.H56,Một,Hộ tịch\n1.001193,Hai,Hộ tịch\n".encode()
    assert run("import-procedures", content, "--commit").exit_code == 0
