"""Imports dossiers handled by the rules of the catalogue: everything or nothing, and it says what it replaces."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from survey.domain import handled
from survey.domain.differences import Difference, difference
from survey.domain.handled import HandledEntry, Known
from survey.domain.tables import Line
from survey.models import Handled
from survey.queries import catalogue as reads
from survey.queries import handled as stored
from survey.services.catalogue import Progress, alone, save, silent, sound


def compare_handled(
    session: Session, lines: Iterable[Line], today: date, reach: Collection[str] | None = None
) -> Difference:
    """What importing these dossiers would change; raises InvalidError with every bad line.

    With a reach, units whose codes are not in it are taken as unknown.
    """
    return _difference(session, lines, today, reach)[0]


def import_handled(
    session: Session,
    lines: Iterable[Line],
    today: date,
    progress: Progress = silent,
    reach: Collection[str] | None = None,
) -> Difference:
    """Add dossiers, and replace those of a unit, procedure and day that are stored; raises InvalidError.

    `progress` is called with the number of rows written in each step.
    """
    alone(session, Handled.__tablename__)
    found, wanted, ids = _difference(session, lines, today, reach)
    save(session, Handled, found, {key: _values(entry, ids) for key, entry in wanted.items()}, progress)
    return found


def put(session: Session, entries: Iterable[HandledEntry]) -> Difference:
    """Add or replace dossiers that are known to be right, such as those of a demonstration."""
    wanted = {f"{entry.unit_code} {entry.procedure_code} {entry.day.isoformat()}": entry for entry in entries}
    found = _compared(session, wanted)
    ids = {unit.code: unit.id for unit in reads.units(session)}
    save(session, Handled, found, {key: _values(entry, ids) for key, entry in wanted.items()}, silent)
    return found


def _difference(
    session: Session, lines: Iterable[Line], today: date, reach: Collection[str] | None
) -> tuple[Difference, Mapping[str, HandledEntry], Mapping[str, int]]:
    units = {unit.code: unit for unit in reads.units(session) if reach is None or unit.code in reach}
    procedures = frozenset(procedure.code for procedure in reads.procedures(session))
    wanted = sound(handled.entries(lines, Known(units, procedures, today)))
    return _compared(session, wanted), wanted, {code: unit.id for code, unit in units.items()}


def _compared(session: Session, wanted: Mapping[str, HandledEntry]) -> Difference:
    if not wanted:
        return difference({}, {})
    days = [entry.day for entry in wanted.values()]
    held = stored.entries(session, {entry.unit_code for entry in wanted.values()}, min(days), max(days))
    here = {key: entry for key, entry in held.items() if key in wanted}
    return difference(here, wanted)


def _values(entry: HandledEntry, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "unit_id": ids[entry.unit_code],
        "day": entry.day,
        "procedure": entry.procedure_code,
        "handled": entry.handled,
        "early": entry.early,
        "on_time": entry.on_time,
        "late": entry.late,
        "complaints": entry.complaints,
    }
