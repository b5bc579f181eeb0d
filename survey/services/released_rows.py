"""Writes rows of what is released: sums of the answers of some lots, and which lots those are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.domain.tally import Cell, Tally
from survey.models import FACTOR_SUMS, LEVEL_COLUMNS, OVERALL_COLUMNS, RELEASED_SUMS, Released, ReleasedPart

Sums = dict[str, int]
_TABLE: Table = Released.__table__  # type: ignore[assignment]
_PARTS: Table = ReleasedPart.__table__  # type: ignore[assignment]
_INSERT, _INSERT_PARTS = insert(_TABLE), insert(_PARTS)
_NOTHING: dict[str, object] = {column.name: None for column in _TABLE.columns} | dict.fromkeys(RELEASED_SUMS, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where answers are told: one questionnaire in some units. `holders` are the units that hold their answers."""

    version: Version
    unit_ids: Sequence[int]
    holders: Sequence[int]
    moment: datetime
    minimum: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: some sums of so many people, perhaps of one procedure."""

    layer: int
    sums: Sums
    respondents: int
    procedure: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that tells of these lots; its place, span and channel are those of the rows that it is like."""

    told: Told
    like: Sequence[Released]
    lot_ids: Sequence[int]


def add(session: Session, rows: Sequence[Row], moment: datetime) -> None:
    """Write these rows together: one by one their hundreds of columns were a third of a release."""
    ids = new_ids(session, len(rows))
    write(session, [{**_values(row, moment), "id": row_id} for row, row_id in zip(rows, ids, strict=True)])
    parts = [
        {"released_id": row_id, "lot_id": lot} for row, row_id in zip(rows, ids, strict=True) for lot in row.lot_ids
    ]
    if parts:
        session.connection().execute(_INSERT_PARTS, parts)


def write(session: Session, values: Sequence[Mapping[str, object]]) -> None:
    """Write rows with ids of `new_ids`. What a row does not name is 0 where it is a sum, else NULL."""
    session.flush()
    if values:
        session.connection().execute(_INSERT, [{**_NOTHING, **each} for each in values])


def new_ids(session: Session, count: int) -> list[int]:
    """The next ids, which nobody else gets: SQLite has one writer."""
    if session.get_bind().dialect.name == "sqlite":
        first = (session.scalar(select(func.max(Released.id))) or 0) + 1
        return list(range(first, first + count))
    number = func.nextval(func.pg_get_serial_sequence("released", "id"))
    return list(session.scalars(select(number).select_from(func.generate_series(1, count))))


def _values(row: Row, moment: datetime) -> dict[str, object]:
    first, channels = row.like[0], {each.channel for each in row.like}
    return {
        "unit_id": first.unit_id,
        "questionnaire_id": first.questionnaire_id,
        "layer": row.told.layer,
        "number": 0,
        "released_at": moment,
        "first": min(each.first for each in row.like),
        "last": max(each.last for each in row.like),
        "channel": channels.pop() if len(channels) == 1 else None,
        "procedure": row.told.procedure,
        "quarantined": first.quarantined,
        "whole": first.whole,
        "respondents": row.told.respondents,
        **row.told.sums,
    }


def overall(tally: Tally) -> Sums:
    """The columns of the overall cell."""
    return _cell(OVERALL_COLUMNS, tally.overall)


def factors(tally: Tally) -> Sums:
    """The columns of every factor."""
    found: Sums = {}
    for names, cell in zip(FACTOR_SUMS, tally.factors, strict=False):
        found |= _cell(names, cell)
    return found


def items(tally: Tally, numbers: Iterable[int]) -> Sums:
    """The columns of the items with these numbers, counted from 0 in the order of the questionnaire."""
    return {
        name: count
        for number in numbers
        for name, count in zip(LEVEL_COLUMNS[number], tally.items[number], strict=True)
    }


def added(tallies: Mapping[int, Tally], lot_ids: Iterable[int]) -> Tally:
    """The tally of several lots."""
    first, *rest = (tallies[lot_id] for lot_id in lot_ids)
    for tally in rest:
        first = first + tally
    return first


def _cell(names: Sequence[str], cell: Cell) -> Sums:
    return dict(zip(names, (cell.k, *cell.counts, cell.mm, cell.sm, cell.ss), strict=True))
