"""Keeps a file until its sender confirms what it changes, and then writes exactly that or says what is different."""

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import Protocol

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from survey.domain import names
from survey.domain.audit import Action
from survey.domain.differences import ChangedError, Difference, digest
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Line, at
from survey.domain.uploads import KEPT, SHAPES, Beside, FileKind
from survey.models import Upload as Row
from survey.queries import entries
from survey.queries.uploads import Upload
from survey.services import audit, catalogue, handled, sheets, targets

LONGEST_NAME = 200


class Act(Protocol):
    """One side of an import: compares, or writes; raises InvalidError with every bad line."""

    def __call__(self, session: Session, lines: tuple[Line, ...], /) -> Difference: ...


def keep(
    session: Session, staff_id: int, kind: FileKind, name: str, beside: Beside, content: bytes, now: datetime
) -> int:
    """Keep a file, and let go of every other of the same person and of those whose time is over; its id."""
    mine = (Row.staff_id == staff_id) & Row.kind.in_([each.value for each in FileKind])
    session.execute(delete(Row).where(or_(mine, Row.expires_at <= now)))
    row = Row(
        staff_id=staff_id,
        kind=kind.value,
        name=name[-LONGEST_NAME:],
        options=json.dumps(asdict(beside)),
        content=zlib.compress(content),
        expires_at=now + KEPT,
    )
    session.add(row)
    session.flush()
    return row.id


def drop(session: Session, upload_id: int, staff_id: int) -> None:
    """Let go of a file."""
    session.execute(delete(Row).where(Row.id == upload_id, Row.staff_id == staff_id))


def compare(
    session: Session, kind: FileKind, beside: Beside, content: bytes, reach: Collection[str], today: date
) -> Difference:
    """What the file would change; raises InvalidError with every bad line. Units outside the reach are unknown."""
    lines = _lines(session, kind, beside, content, reach)
    acts: dict[FileKind, Act] = {
        FileKind.UNITS: catalogue.compare_units,
        FileKind.PROCEDURES: catalogue.compare_procedures,
        FileKind.HANDLED: partial(handled.compare_handled, today=today, reach=reach),
        FileKind.TARGETS: partial(targets.compare_targets, unit_code=beside.unit, year=beside.year),
        FileKind.INDICATORS: partial(targets.compare_indicators, year=beside.year, kind=beside.source),
    }
    return acts[kind](session, lines)


def confirm(
    session: Session, upload: Upload, seal: str, reach: Collection[str], actor: str, today: date, now: datetime
) -> Difference:
    """Write what was shown and let go of the file. Raises ChangedError when it would change something else now."""
    kind, beside = upload.kind, upload.beside
    lines = _lines(session, kind, beside, upload.content, reach)
    acts: dict[FileKind, Act] = {
        FileKind.UNITS: catalogue.import_units,
        FileKind.PROCEDURES: catalogue.import_procedures,
        FileKind.HANDLED: partial(handled.import_handled, today=today, reach=reach),
        FileKind.TARGETS: partial(targets.import_targets, unit_code=beside.unit, year=beside.year),
        FileKind.INDICATORS: partial(targets.import_indicators, year=beside.year, kind=beside.source),
    }
    found = acts[kind](session, lines)
    if digest(found) != seal:
        raise ChangedError  # and with it the transaction goes back
    session.execute(delete(Row).where(Row.id == upload.id))
    detail: dict[str, str | int] = {"kind": kind.value, "added": len(found.added), "changed": len(found.changed)}
    audit.record(session, now, actor, Action.CATALOGUE_IMPORTED, upload.name, detail)
    return found


def _lines(
    session: Session, kind: FileKind, beside: Beside, content: bytes, reach: Collection[str]
) -> tuple[Line, ...]:
    if beside.unit and beside.unit not in reach:
        raise InvalidError([Problem("unit", "unit_unknown", {"value": beside.unit})])
    lines = sheets.table(content, SHAPES[kind])
    if kind is FileKind.UNITS and (problems := _new_tops(session, lines)):
        raise InvalidError(problems)
    return lines


def _new_tops(session: Session, lines: Iterable[Line]) -> list[Problem]:
    """A new top of a tree is the operator's: whoever hands a file in would have no role at it, and no say over all."""
    tops = {code for code, entry in entries.units(session).items() if not entry.parent_code}
    found = [line for line in lines if not line.problems and not line.cells["parent_code"].strip()]
    codes = [(line.number, names.normal(line.cells["code"])) for line in found]
    return [Problem(at(number), "top_by_operator", {"value": code}) for number, code in codes if code not in tops]
