"""Rebuilds the tallies of the days that have pending responses: delete the day, insert the day (DESIGN §2)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from survey.models import Pending, Response, Tally
from survey.queries import questionnaires
from survey.queries.tallies import column_names, of_responses

DAYS_AT_ONCE = 500  # unit-days a transaction: on SQLite nobody else writes meanwhile
LOOKED_AT = 50_000  # pending responses that are read to find these days
INDEX = "INDEXED BY ix_response_unit_id_day", "sqlite"  # it would read all of a unit's responses instead
UnitDay = tuple[int, date]


def refresh(session: Session, days: int = DAYS_AT_ONCE) -> int:
    """Rebuild up to so many unit-days, unit by unit; how many pending responses were taken up, 0 when none is left.

    Call it inside `extensions.refreshing()`: one stable snapshot and one refresher at a time. A response that commits
    meanwhile is outside the snapshot, so it is neither counted nor does it lose its pending row.
    """
    due = _due(session, days)
    if not due:
        return 0
    table: Table = Response.__table__  # type: ignore[assignment]
    session.execute(delete(Tally).where(_among(Tally.unit_id, Tally.day, due)))
    on_due = _among(table.c.unit_id, table.c.day, due)
    found = select(table.c.questionnaire_id).where(on_due).distinct().with_hint(table, *INDEX)
    for questionnaire_id in sorted(session.scalars(found)):
        _rebuild(session, questionnaire_id, on_due)
    taken_up = _among(Pending.unit_id, Pending.day, due)
    count = session.scalar(select(func.count()).select_from(Pending).where(taken_up))
    session.execute(delete(Pending).where(taken_up))
    return count or 0


def _due(session: Session, days: int) -> list[UnitDay]:
    """The first unit-days that wait, in the order of the key: however many responses wait, only so many are read."""
    first = select(Pending.unit_id, Pending.day).order_by(Pending.unit_id, Pending.client_id).limit(LOOKED_AT)
    found: dict[UnitDay, None] = {}
    for unit_id, day in session.execute(first):
        if len(found) == days and (unit_id, day) not in found:
            break
        found[unit_id, day] = None
    return list(found)


def _among(unit_id: Any, day: Any, due: list[UnitDay]) -> ColumnElement[bool]:
    """Whether a row is of one of these unit-days. Said twice: by pairs alone SQLite reads the whole table."""
    units, days = {unit for unit, _ in due}, {day for _, day in due}
    return and_(unit_id.in_(units), day.in_(days), tuple_(unit_id, day).in_(due))


def _rebuild(session: Session, questionnaire_id: int, on_due: ColumnElement[bool]) -> None:
    version = questionnaires.by_id(session, questionnaire_id)
    table: Table = Response.__table__  # type: ignore[assignment]
    keys = [table.c.unit_id, table.c.day, table.c.questionnaire_id, table.c.channel, table.c.quarantined]
    sums = (
        of_responses(version, keys).where(table.c.questionnaire_id == questionnaire_id, on_due).with_hint(table, *INDEX)
    )
    names = [column.name for column in keys] + column_names(version)
    session.execute(insert(Tally).from_select(names, sums))
