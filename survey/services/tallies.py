"""Rebuilds the tallies of the days that have pending responses: delete the day, insert the day (DESIGN §2)."""

from datetime import date
from typing import cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Table,
    and_,
    any_,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from survey.models import Pending, Response, Tally
from survey.queries import questionnaires
from survey.queries.tallies import column_names, of_responses

DAYS_AT_ONCE = 500  # unit-days a transaction: on SQLite nobody else writes meanwhile
LOOKED_AT = 50_000  # pending responses that are read to find these days
INDEX = "INDEXED BY ix_response_unit_id_day", "sqlite"  # it would read all of a unit's responses instead
UnitDay = tuple[int, date]
_NUMBERS, _DAYS = ARRAY(Integer), ARRAY(Date)
_RESPONSE, _PENDING, _TALLY = (cast(Table, model.__table__) for model in (Response, Pending, Tally))


def refresh(session: Session, days: int = DAYS_AT_ONCE) -> int:
    """Rebuild up to so many unit-days, unit by unit; how many pending responses were taken up, 0 when none is left.

    Call it inside `extensions.refreshing()`: one stable snapshot and one refresher at a time. A response that commits
    meanwhile is outside the snapshot, so it is neither counted nor does it lose its pending row.
    """
    due = _due(session, days)
    if not due:
        return 0
    connection = session.connection()
    dialect = connection.dialect.name
    connection.execute(delete(_TALLY).where(_among(dialect, _TALLY, due)))
    on_due = _among(dialect, _RESPONSE, due)
    found = select(_RESPONSE.c.questionnaire_id).where(on_due).distinct().with_hint(_RESPONSE, *INDEX)
    for questionnaire_id in sorted(session.scalars(found)):
        _rebuild(session, questionnaire_id, on_due)
    return connection.execute(delete(_PENDING).where(_among(dialect, _PENDING, due))).rowcount


def _due(session: Session, days: int) -> list[UnitDay]:
    """The first unit-days that wait, in the order of the key: however many responses wait, only so many are read."""
    first = select(Pending.unit_id, Pending.day).order_by(Pending.unit_id, Pending.client_id).limit(LOOKED_AT)
    found: dict[UnitDay, None] = {}
    for unit_id, day in session.execute(first):
        if len(found) == days and (unit_id, day) not in found:
            break
        found[unit_id, day] = None
    return list(found)


def _among(dialect: str, table: Table, due: list[UnitDay]) -> ColumnElement[bool]:
    """Whether a row is of one of these unit-days. Said twice: by pairs alone SQLite reads the whole table.

    PostgreSQL gets arrays: hundreds of pairs one by one would be planned again for each partition.
    """
    unit_id, day = table.c.unit_id, table.c.day
    units, days = [unit for unit, _ in due], [day for _, day in due]
    if dialect == "sqlite":
        return and_(unit_id.in_(set(units)), day.in_(set(days)), tuple_(unit_id, day).in_(due))
    pair = func.unnest(literal(units, _NUMBERS), literal(days, _DAYS)).table_valued("unit_id", "day").render_derived()
    of_units = unit_id == any_(literal(sorted(set(units)), _NUMBERS))
    of_days = day == any_(literal(sorted(set(days)), _DAYS))
    return and_(of_units, of_days, tuple_(unit_id, day).in_(select(pair.c.unit_id, pair.c.day)))


def _rebuild(session: Session, questionnaire_id: int, on_due: ColumnElement[bool]) -> None:
    version = questionnaires.by_id(session, questionnaire_id)
    table = _RESPONSE
    keys = [table.c.unit_id, table.c.day, table.c.questionnaire_id, table.c.channel, table.c.quarantined]
    sums = (
        of_responses(version, keys).where(table.c.questionnaire_id == questionnaire_id, on_due).with_hint(table, *INDEX)
    )
    names = [column.name for column in keys] + column_names(version)
    session.execute(insert(_TALLY).from_select(names, sums))
