"""A command on a database that is not there or not migrated ends with a sentence that says what to do."""

from pathlib import Path

import pytest

from survey import create_app
from tests.support.databases import migrate, settings_for

COMMANDS = (
    ["rates", "refresh"],
    [
        "rates",
        "export",
        "--unit",
        "HN",
        "--from",
        "2026-01",
        "--to",
        "2026-02",
        "--by",
        "unit",
        "--format",
        "csv",
        "-o",
        "-",
    ],
    ["staff", "create", "lan@hanoi.gov.vn", "--role", "viewer", "--unit", "HN"],
    ["points", "create", "--unit", "HN", "--kind", "poster"],
)


@pytest.mark.parametrize("words", COMMANDS)
def test_an_empty_database_is_named_with_its_cure(tmp_path: Path, words: list[str]) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert "flask db upgrade" in result.output
    assert "Traceback" not in result.output


def test_a_database_out_of_reach_is_said_so() -> None:
    app = create_app(settings_for("postgresql://nobody@127.0.0.1:9/none"))
    result = app.test_cli_runner().invoke(args=["rates", "refresh"])
    assert result.exit_code == 1
    assert "SURVEY_DATABASE_URL" in result.output


def test_an_older_database_is_told_which_migration_it_has(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    migrate(url, "0001")
    result = create_app(settings_for(url)).test_cli_runner().invoke(args=["rates", "refresh"])
    assert result.exit_code == 1
    assert "is at migration 0001" in result.output
