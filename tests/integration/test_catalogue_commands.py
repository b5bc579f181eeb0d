"""flask catalogue unit and procedure: told first, written with --commit, refused with a sentence."""

from datetime import date

import pytest
import time_machine
from flask import Flask

from survey.domain.catalogue import UnitEntry
from survey.extensions import reading, writing
from survey.queries import catalogue, entries
from tests.support import places
from tests.support.places import CITY, NOW, OTHER_WARD, POINT, WARD

PROCEDURE = "1.001193"


@pytest.fixture(autouse=True)
def world(app: Flask, clock: time_machine.Traveller) -> None:
    with writing() as session:
        places.build(session)


def stored() -> dict[str, UnitEntry]:
    with reading() as session:
        return entries.units(session)


def run(app: Flask, *words: str, refused: bool = False) -> str:
    result = app.test_cli_runner().invoke(args=["catalogue", *words])
    assert result.exit_code == (1 if refused else 0), result.output
    assert "Traceback" not in result.output
    return result.output


def both(app: Flask, *words: str) -> str:
    """Dry first, which must change nothing, then with --commit, which must tell the same."""
    before = stored()
    dry = run(app, *words)
    assert stored() == before
    assert "--commit" in dry
    wet = run(app, *words, "--commit")
    assert wet.splitlines()[0] == dry.splitlines()[0]
    assert wet.rstrip().endswith("Written.")
    return dry


def test_a_unit_is_added_renamed_moved_closed_and_opened_again(app: Flask) -> None:
    told = both(
        app, "unit", "add", "TT", "--name", "Trung tâm", "--kind", "agency", "--parent", WARD, "--from", "2026-01-01"
    )
    assert "+ TT Trung tâm, agency" in told
    assert "~ TT name: Trung tâm → Trung tâm Một cửa" in both(app, "unit", "rename", "TT", "Trung tâm Một cửa")
    both(app, "unit", "move", "TT", "--parent", OTHER_WARD)
    both(app, "unit", "close", "TT", "--last-day", "2026-06-30", "--replaced-by", OTHER_WARD)
    assert stored()["TT"] == UnitEntry(
        "TT", "Trung tâm Một cửa", "agency", OTHER_WARD, date(2026, 1, 1), date(2026, 6, 30), (OTHER_WARD,)
    )
    assert "chưa có ngày cuối cùng" in run(app, "unit", "close", "TT", "--last-day", "-", refused=True)
    both(app, "unit", "close", "TT", "--last-day", "-", "--replaced-by", "")
    assert stored()["TT"].valid_to is None
    assert "Nothing to change." in run(app, "unit", "rename", "TT", "Trung tâm Một cửa", "--commit")
    for words, said in (
        (("add", WARD, "--name", "X", "--kind", "commune"), "Hãy chọn mã khác"),
        (("rename", "XX", "Tên"), "XX"),
        (("rename", "TT", " "), "Hãy điền tên"),
        (("close", "TT", "--last-day", "2026-02-30"), "không phải là ngày có thật"),
        (("move", "TT", "--parent", "TT"), "Vòng lặp"),
    ):
        assert said in run(app, "unit", *words, "--commit", refused=True)


def test_units_are_merged_and_the_merger_is_taken_back(app: Flask) -> None:
    before = stored()
    words = ("unit", "merge", WARD, OTHER_WARD, "--into", "00999", "--from", "2027-01-01")
    assert "both --name and --kind" in run(app, *words, "--name", "Mới", refused=True)
    assert "00999" in run(app, *words, refused=True)
    told = both(app, *words, "--name", "UBND phường Mới", "--kind", "commune", "--parent", CITY, "--points")
    assert f"~ {WARD} valid_to: (empty) → 2026-12-31" in told
    assert "made anew: 4" in told
    assert stored()[WARD].replaced_by == ("00999",)
    line = run(app, "unit", "mergers").rstrip("\n").split("\t")
    assert line[1:5] == ["2027-01-01", f"{OTHER_WARD} {WARD}", "00999", "command line"]
    both(app, "unit", "unmerge", line[0])
    assert stored() == before
    assert "hoàn tác" in run(app, "unit", "unmerge", line[0], refused=True)


def test_a_procedure_is_added_renamed_retired_and_offered_again(app: Flask) -> None:
    def held(code: str) -> catalogue.Procedure:
        with reading() as session:
            return next(one for one in catalogue.procedures(session) if one.code == code)

    both(app, "procedure", "add", "2.000815", "--name", "Chứng thực bản sao", "--domain", "Chứng thực")
    both(app, "procedure", "rename", PROCEDURE, "--name", "Khai sinh")
    assert held(PROCEDURE) == catalogue.Procedure(PROCEDURE, "Khai sinh", "Hộ tịch")
    both(app, "procedure", "retire", PROCEDURE, "--from", "2026-11-24")
    assert held(PROCEDURE).retired_on == date(2026, 11, 24)
    assert not held(PROCEDURE).is_offered(places.TODAY)
    form = app.test_client().get(f"/p/{POINT}").get_data(as_text=True)
    assert "Khai sinh" not in form
    assert "Chứng thực bản sao" in form
    both(app, "procedure", "restore", PROCEDURE)
    assert held(PROCEDURE).is_offered(NOW.date())
    assert "Hãy chọn mã khác" in run(
        app, "procedure", "add", PROCEDURE, "--name", "A", "--domain", "B", "--commit", refused=True
    )
    assert "procedure" in run(app, "procedure", "rename", "9", "--name", "A", refused=True)
    assert "danh mục" in run(app, "procedure", "retire", "9", "--from", "2026-11-24", refused=True)
