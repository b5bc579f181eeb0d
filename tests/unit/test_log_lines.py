"""What may stand in a log line: never a personal datum, whatever somebody hands to the logger."""

import json
import logging

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from survey.telemetry import JsonFormatter
from survey.telemetry.server_lines import WithoutRequest

SECRETS = ("chi.hanh@hanoi.gov.vn", "10.9.8.7", "0912345678", "01890000-0000-7000-8000-000000000000", "2001:db8::1:2")


def line(message: str, *arguments: object, error: Exception | None = None, **extra: object) -> dict[str, object]:
    raised = None if error is None else (type(error), error, error.__traceback__)
    logger = logging.getLogger("survey")
    record = logger.makeRecord("survey", logging.ERROR, __file__, 1, message, arguments, raised, extra=extra)
    found: dict[str, object] = json.loads(JsonFormatter().format(record))
    return found


def test_plain_numbers_and_words_stand_as_they_are() -> None:
    found = line("took %d rows in %.1f s from %s", 12, 0.5, "waiting", rows=3, done=True)
    assert found["message"] == "took 12 rows in 0.5 s from waiting"
    assert (found["rows"], found["done"]) == (3, True)


@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_somebodys_is_refused_wherever_it_stands(secret: str) -> None:
    for found in (line(f"it was {secret}"), line("it was %s", secret), line("it was", note=f"<{secret}>")):
        assert secret not in json.dumps(found)


def test_what_is_no_scalar_or_has_a_known_name_is_refused() -> None:
    answers = {"A1": 5}
    found = line("got %s", answers, body="tốt", answers=answers, email="x", device_id=7, client_id="y", rows=[1, 2])
    assert found["message"] == "got [refused]"
    for name in ("body", "answers", "email", "device_id", "client_id", "rows"):
        assert found[name] == "[refused]"
    assert line("%(email)s and %(rows)d", {"email": "x", "rows": 3})["message"] == "[refused] and 3"
    assert "object at" not in json.dumps(line("counted %d", object()))


def failed(error: Exception) -> str:
    try:
        raise error
    except Exception as caught:
        return str(line("it went wrong", error=caught)["exception"])


def test_an_error_says_where_and_what_kind_but_not_with_which_values() -> None:
    told = failed(IntegrityError("INSERT INTO comment VALUES (?)", ("Cô Hạnh làm rất tốt",), ValueError("Key (Hạnh)")))
    assert "test_log_lines.py" in told
    assert told.endswith("sqlalchemy.exc.IntegrityError")
    assert "Hạnh" not in told
    assert "Hạnh" not in failed(KeyError("Hạnh"))
    away = failed(OperationalError("SELECT 1", ("Hạnh",), OSError("connection refused\nDETAIL: Hạnh")))
    assert away.endswith("sqlalchemy.exc.OperationalError: connection refused")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Invalid request from ip=10.9.8.7: Invalid HTTP Version: 'x'",
            "Invalid request from somewhere: Invalid HTTP Version: …",
        ),
        (
            "Invalid request from ip=::1: Invalid header: b'a: it's \"SECRET\"'",
            "Invalid request from somewhere: Invalid header: …",
        ),
        ("Error handling request GET /i/SECRET?q=SECRET", "Error handling request"),
        ("Worker (pid:12) was sent SIGKILL", "Worker (pid:12) was sent SIGKILL"),
    ],
)
def test_what_the_server_itself_says_quotes_no_request(said: str, kept: str) -> None:
    record = logging.makeLogRecord({"msg": said, "levelno": logging.ERROR})
    assert WithoutRequest().filter(record)
    assert record.getMessage() == kept


def test_an_error_that_reaches_the_server_is_told_without_its_text() -> None:
    try:
        raise ValueError("SECRET")
    except ValueError as error:
        raised = (type(error), error, error.__traceback__)
    record = logging.makeLogRecord({"msg": "Error handling request %s", "args": ("/i/SECRET",), "exc_info": raised})
    WithoutRequest().filter(record)
    told = logging.Formatter().format(record)
    assert "builtins.ValueError" in told
    assert "test_log_lines.py" in told
    assert "SECRET" not in told
