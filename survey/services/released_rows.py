"""Writes one row of what is released: sums of the answers of some lots, and which lots those are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.domain.tally import Cell, Tally
from survey.models import FACTOR_SUMS, LEVEL_COLUMNS, OVERALL_COLUMNS, Released, ReleasedPart

Sums = dict[str, int]


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


def add(session: Session, told: Told, like: Sequence[Released], lot_ids: Iterable[int], moment: datetime) -> None:
    """Write a row that tells of these lots; its place, span and channel are those of the rows that it is like."""
    first, channels = like[0], {row.channel for row in like}
    values = {
        "unit_id": first.unit_id,
        "questionnaire_id": first.questionnaire_id,
        "layer": told.layer,
        "number": 0,
        "released_at": moment,
        "first": min(row.first for row in like),
        "last": max(row.last for row in like),
        "channel": channels.pop() if len(channels) == 1 else None,
        "procedure": told.procedure,
        "quarantined": first.quarantined,
        "whole": first.whole,
        "respondents": told.respondents,
    }
    table: Table = Released.__table__  # type: ignore[assignment]
    row_id = session.execute(insert(table).returning(table.c.id), {**values, **told.sums}).scalar_one()
    session.execute(insert(ReleasedPart), [{"released_id": row_id, "lot_id": lot_id} for lot_id in lot_ids])


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
