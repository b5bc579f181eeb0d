"""The exported queue of a kiosk: JSON with records, a JSON array, or one record a line. Read here, judged elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE

MOST_BYTES = 20_000_000  # about twenty thousand full questionnaires
MOST_RECORDS = 50_000
ENVELOPE = "records"  # the key of the records in the file that a kiosk writes


@dataclass(frozen=True, slots=True)
class Record:
    """One waiting answer: its number in the file from 1, its client id, and the body as the kiosk would send it."""

    number: int
    client_id: UUID
    document: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be one, with why."""

    number: int
    problems: tuple[Problem, ...]


Entry = Record | Broken


def read(content: bytes) -> tuple[Entry, ...]:
    """Every record of a file, broken ones too. Raises InvalidError when the file is no queue at all."""
    if len(content) > MOST_BYTES:
        raise InvalidError([Problem(FILE, "file_too_large", {"megabytes": MOST_BYTES // 1_000_000})])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError([Problem(FILE, "not_utf8")]) from None
    entries = _entries(text)
    if not entries:
        raise InvalidError([Problem(FILE, "queue_empty")])
    if len(entries) > MOST_RECORDS:
        raise InvalidError([Problem(FILE, "queue_long", {"most": MOST_RECORDS})])
    return entries


def _entries(text: str) -> tuple[Entry, ...]:
    try:
        whole = _parsed(text)
    except ValueError:
        return _by_line(text)
    if isinstance(whole, Mapping) and ENVELOPE in whole:
        whole = whole[ENVELOPE]
    if isinstance(whole, Mapping):
        whole = [whole]  # a file of one line
    if not isinstance(whole, list):
        raise InvalidError([Problem(FILE, "queue_unknown")])
    return tuple(_entry(number, value) for number, value in enumerate(whole, start=1))


def _by_line(text: str) -> tuple[Entry, ...]:
    """One JSON object a line; a file without any is no queue, a broken line among others is its own problem."""
    found: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(_entry(number, _parsed(line)))
            except ValueError:
                found.append(Broken(number, (Problem("", "not_json"),)))
    if found and all(isinstance(entry, Broken) for entry in found):
        raise InvalidError([Problem(FILE, "queue_unknown")])
    return tuple(found)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:  # brackets without end
        raise ValueError from None


def _entry(number: int, value: object) -> Entry:
    if not isinstance(value, Mapping):
        return Broken(number, (Problem("", "not_object"),))
    body, name = value.get("body"), value.get("id")
    problems = []
    if not isinstance(body, Mapping):
        problems.append(Problem("body", "field_missing"))
    elif value.get("point", body.get("point")) != body.get("point"):
        problems.append(Problem("point", "point_differs"))
    try:
        client_id = UUID(name if isinstance(name, str) else "")
    except ValueError:
        problems.append(Problem("id", "client_id_malformed"))
    if problems:
        return Broken(number, tuple(problems))
    assert isinstance(body, Mapping)
    return Record(number, client_id, body)
