"""Adds and changes single units, by the rules of an import; each change is told first, and recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from survey.domain import unit_changes
from survey.domain.audit import Action
from survey.domain.catalogue import UnitEntry
from survey.domain.differences import Change, Difference, summary
from survey.domain.problems import InvalidError, Problem
from survey.domain.unit_changes import Cells
from survey.models import Unit
from survey.queries import entries
from survey.services import audit
from survey.services.catalogue import alone, import_units, unit_difference

LONGEST_DETAIL = 300  # of one side of a change, as the audit keeps it


def compare(stored: Mapping[str, UnitEntry], rows: Sequence[Cells]) -> Difference:
    """What these lines would change; raises InvalidError whose problems name the units."""
    try:
        return unit_difference(stored, unit_changes.table(rows))[0]
    except InvalidError as error:
        raise InvalidError(unit_changes.placed(error.problems, rows)) from error


def write(session: Session, rows: Sequence[Cells]) -> Difference:
    """Write these lines; raises InvalidError whose problems name the units."""
    try:
        return import_units(session, unit_changes.table(rows))
    except InvalidError as error:
        raise InvalidError(unit_changes.placed(error.problems, rows)) from error


def compare_new(session: Session, row: Cells) -> Difference:
    """What adding this unit would change; raises InvalidError, also when the code is taken."""
    stored = entries.units(session)
    _refuse_taken(stored, row["code"])
    return compare(stored, [row])


def compare_change(session: Session, code: str, changes: Cells) -> Difference:
    """What these new values of a unit that exists would change; raises InvalidError."""
    stored = entries.units(session)
    return compare(stored, [{**unit_changes.cells(_known(stored, code)), **changes}])


def add(session: Session, row: Cells, actor: str, now: datetime) -> Difference:
    """Add a unit; raises InvalidError."""
    alone(session, Unit.__tablename__)
    _refuse_taken(entries.units(session), row["code"])
    found = write(session, [row])
    for code, entry in found.added.items():
        audit.record(session, now, actor, Action.UNIT_ADDED, code, {"unit": summary(code, entry)[:LONGEST_DETAIL]})
    return found


def change(session: Session, code: str, changes: Cells, actor: str, now: datetime) -> Difference:
    """Give a unit new values of some columns; raises InvalidError. Nothing is recorded when nothing changes."""
    alone(session, Unit.__tablename__)
    row = {**unit_changes.cells(_known(entries.units(session), code)), **changes}
    found = write(session, [row])
    for parts in found.changed.values():
        audit.record(session, now, actor, Action.UNIT_CHANGED, code, detail(parts))
    return found


def detail(changes: Sequence[Change]) -> dict[str, str | int]:
    """Changes of one entry as the audit keeps them: "old → new" by field."""
    return {one.field: f"{one.old[:LONGEST_DETAIL]} → {one.new[:LONGEST_DETAIL]}" for one in changes}


def _known(stored: Mapping[str, UnitEntry], code: str) -> UnitEntry:
    if code not in stored:
        raise InvalidError([Problem("unit", "unit_unknown", {"value": code})])
    return stored[code]


def _refuse_taken(stored: Mapping[str, UnitEntry], code: str) -> None:
    if code.strip() in stored:
        values = {"value": code.strip(), "name": stored[code.strip()].name}
        raise InvalidError([Problem("code", "code_taken", values)])
