"""Which released lots an export of rows may have, and what their rows may say: `coarsening`'s rule on stored lots."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from survey.domain import coarsening
from survey.domain.coarsening import Block, Lot, Names, Shift
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.models import Layer, Released, ReleasedPart, Response


@dataclass(frozen=True, slots=True)
class RowKeys:
    """What the rows of lots and their procedures are called, how many there are, and how many stay out.

    `totals` are rows by questionnaire version and unit, by their ids. `left_out` are released rows of these months and
    units whose lots reach beyond them, or of which answers were deleted: part of a lot is never shown, nor of lots that
    a later decision joins.
    """

    names: Names
    totals: Mapping[tuple[int, int], int]
    left_out: int


def of_lots(
    session: Session, period: Period, units: Sequence[Unit], versions: Sequence[Version], minimum: int
) -> RowKeys:
    """The lots that lie wholly within these units and months, of which every answer is still there."""
    codes = {unit.id: unit.code for unit in units}
    called = {version.id: version.name for version in versions}
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for part in session.execute(_parts(period, codes, called)):
        parts[part.lot].append(part)
    found, left_out = {}, 0
    rows = {row.id: row for row in session.execute(_lots(period, codes, called))}
    for lot_id, own in parts.items():
        row, count = rows.get(lot_id), sum(part.rows for part in own)
        if row is None or row.respondents != count:
            left_out += count
            continue
        found[lot_id] = _lot(row, own, codes, called, count)
    shifts = _shifts(session, period, codes, called)
    while torn := [number for number, shift in shifts.items() if not shift.lots <= found.keys()]:
        left_out += sum(found.pop(lot).rows for number in torn for lot in shifts.pop(number).lots if lot in found)
    totals = Counter[tuple[int, int]]()
    for lot_id in found:
        totals.update({(rows[lot_id].questionnaire_id, part.unit_id): part.rows for part in parts[lot_id]})
    blocks = _blocks(session, period, codes, called)
    return RowKeys(coarsening.names(found, blocks, minimum, shifts), totals, left_out)


def _lot(row: Any, parts: Sequence[Any], codes: Mapping[int, str], called: Mapping[int, str], count: int) -> Lot:
    """A pool of offices has no unit: its rows are of several, or of one that must not be told."""
    assisted = {part.least for part in parts} | {part.most for part in parts}
    return Lot(
        span=Period(row.first, row.last),
        unit_code=codes[row.unit_id] if {part.unit_id for part in parts} == {row.unit_id} else None,
        questionnaire=called[row.questionnaire_id],
        channel=row.channel,
        assisted=bool(assisted.pop()) if len(assisted) == 1 else None,
        quarantined=row.quarantined,
        rows=count,
    )


def _blocks(session: Session, period: Period, unit_ids: Iterable[int], version_ids: Iterable[int]) -> Iterable[Block]:
    """The blocks of procedures of these units and months, each with its lots."""
    columns = (Released.id, Released.procedure, Released.respondents, ReleasedPart.lot_id)
    joined = select(*columns).join(ReleasedPart, ReleasedPart.released_id == Released.id)
    lots: defaultdict[tuple[int, str, int], list[int]] = defaultdict(list)
    for number, procedure, rows, lot_id in session.execute(
        joined.where(*_within(period, unit_ids, version_ids, Layer.BLOCK))
    ):
        lots[number, procedure or coarsening.BLANK, rows].append(lot_id)
    return [Block(procedure, frozenset(own), rows) for (_, procedure, rows), own in lots.items()]


def _shifts(session: Session, period: Period, unit_ids: Iterable[int], version_ids: Iterable[int]) -> dict[int, Shift]:
    """Those of these units and months by id, each with its lots and without those who went on from there."""
    within = _within(period, unit_ids, version_ids, Layer.SHIFT)
    rows = session.scalars(select(Released).where(*within)).all()
    went_on = Counter[int | None]()
    for row in rows:
        went_on[row.within] += row.respondents
    lots: defaultdict[int, set[int]] = defaultdict(set)
    part = select(ReleasedPart).where(ReleasedPart.released_id.in_([row.id for row in rows]))
    for each in session.scalars(part):
        lots[each.released_id].add(each.lot_id)
    return {row.id: Shift(frozenset(lots[row.id]), row.quarantined, row.respondents - went_on[row.id]) for row in rows}


def _lots(period: Period, unit_ids: Iterable[int], version_ids: Iterable[int]) -> Select[Any]:
    table = Released.__table__.c
    names = ("id", "unit_id", "questionnaire_id", "first", "last", "channel", "quarantined", "respondents")
    return select(*(table[name] for name in names)).where(*_within(period, unit_ids, version_ids, Layer.LOT))


def _within(period: Period, unit_ids: Iterable[int], version_ids: Iterable[int], layer: Layer) -> tuple[Any, ...]:
    return (
        Released.questionnaire_id.in_(list(version_ids)),
        Released.layer == layer,
        Released.unit_id.in_(list(unit_ids)),
        Released.first >= period.start,
        Released.last <= period.end,
    )


def _parts(
    period: Period, unit_ids: Iterable[int], version_ids: Iterable[int]
) -> Select[int | None, int, int, int, int]:
    """The rows of each lot in each unit, and whether some or all of them were assisted."""
    assisted = cast(Response.assisted, Integer)
    return (
        select(
            Response.lot,
            Response.unit_id,
            func.count().label("rows"),
            func.min(assisted).label("least"),
            func.max(assisted).label("most"),
        )
        .where(
            Response.unit_id.in_(list(unit_ids)),
            Response.day.between(period.start, period.end),
            Response.questionnaire_id.in_(list(version_ids)),
            Response.lot.is_not(None),
        )
        .group_by(Response.lot, Response.unit_id)
    )
