"""Files handed to commands with what no database keeps in every cell, and words that are no text: no stack trace."""

from itertools import chain
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from survey.domain.uploads import SHAPES, FileKind
from survey.extensions import writing
from tests.support import places
from tests.support.places import CITY, WARD

HOSTILE = (
    "a\x00b",
    "\ud800",  # half of a pair, as bytes that no UTF-8 has
    "\u202e00166\u200b",
    "9" * 400,
    "-1",
    "1e309",
    "=1+1",
    "9999-99-99",
    "a" * 40_000,
    "'; DROP TABLE unit; --",
)
COMMANDS = {
    FileKind.UNITS: ["catalogue", "import-units"],
    FileKind.PROCEDURES: ["catalogue", "import-procedures"],
    FileKind.TARGETS: ["catalogue", "import-targets", "--unit", CITY, "--year", "2026"],
    FileKind.INDICATORS: ["catalogue", "import-indicators", "--year", "2026", "--kind", "par_index"],
    FileKind.HANDLED: ["catalogue", "import-handled"],
}
OTHERS = (
    ["responses", "import"],
    ["responses", "import-paper", "--questionnaire", "quick"],
    ["invitations", "import", "-o", "-"],
    ["questionnaire", "publish"],
    ["questionnaire", "check"],
)
FILES = (
    *(b"", b"\x00" * 99, b"\xff\xfe\x00", b"\xed\xa0\x80", b"[" * 5000, b"PK\x03\x04", b'{"records": 5}'),
    b'{"format":"survey-outbox","version":1,"exported_at":"x","records":[{"id":"\\ud800","point":"a\\u0000","body":{}}]}',
    b'{"format":"survey-outbox","version":1e400,"records":[[],null,{"id":5,"body":{"comment":"\\u0000"}}]}',
)
WORDS = ("a\x00b", "\udcff", "\u202e", "9" * 400, "")


@pytest.fixture
def ready(app: Flask, clock: time_machine.Traveller) -> Flask:
    with writing() as session:
        places.build(session)
    return app


def run(app: Flask, words: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=words)
    assert result.exception is None or isinstance(result.exception, SystemExit), (words, repr(result.exception)[:300])
    assert "Traceback" not in result.output, words


def test_no_cell_of_a_file_breaks_a_command(ready: Flask, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    for kind, words in COMMANDS.items():
        columns = (*SHAPES[kind].columns, *SHAPES[kind].optional)
        usual = dict.fromkeys(columns, "1") | {"code": "X1", "name": "X", "unit_code": WARD, "parent_code": WARD}
        for text in HOSTILE:
            rows = [usual | {column: text} for column in columns] + [dict.fromkeys(columns, text)]
            lines = [",".join(columns), *(",".join(row[column] for column in columns) for row in rows)]
            path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
            run(ready, [*words, "--commit", str(path)])


def test_no_file_breaks_a_command(ready: Flask, tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content in FILES:
        path.write_bytes(content)
        for words in chain(COMMANDS.values(), OTHERS):
            run(ready, [*words, *([] if "check" in words else ["--commit"]), str(path)])


def test_no_word_of_an_operator_breaks_a_command(ready: Flask) -> None:
    for word in WORDS:
        run(ready, ["staff", "create", word, "--role", "viewer", "--unit", WARD])
        run(ready, ["staff", "create", "x@hanoi.gov.vn", "--name", word, "--role", "viewer", "--unit", word])
        run(ready, ["points", "create", "--unit", word, "--kind", "poster", "--label", word])
        run(ready, ["tokens", "create", "--unit", WARD, "--name", word])
        run(ready, ["rates", "freeze", "--unit", word, "--period", word, "--commit"])
        run(ready, ["catalogue", "unit", "rename", word, word, "--from", "2027-01-01"])
        run(ready, ["audit", "verify", "--mark", word])
