"""Brings what was told of lots in line with shifts: which groups, blocks and panels count where the quarantined are
left out, and what shifts add there or take off.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from survey.domain.disclosure import shifts
from survey.domain.disclosure.shifts import Group, Settled, Shift
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.models import FACTOR_SUMS, LEVEL_COLUMNS, OVERALL_COLUMNS, RELEASED_SUMS, Layer, Released
from survey.queries import shifts as queries
from survey.services.released_rows import Place

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Office:
    """The shifts of an office with their sums and signs, the rows that hold their lots, and the side of each lot.

    `lots` are those of every row and shift; of rows of factors `sums` has how many answered each.
    """

    version: Version
    shifts: Sequence[Released]
    rows: Sequence[Released]
    lots: Mapping[int, frozenset[int]]
    sides: Mapping[int, bool]
    signs: Mapping[int, int]
    sums: Mapping[int, Mapping[str, int]]


def settle(session: Session, place: Place, changed: Iterable[int]) -> None:
    """Do so for an office; `changed` are lots that changed sides just now, with or without shifts."""
    office = _office(session, place, changed)
    found = [_added(office, row, Layer.LOT, _span(row)) for row in office.shifts]
    out = {row.id: any(office.sides[lot] for lot in office.lots[row.id]) for row in office.rows}
    for layer in (Layer.FACTORS, *(Layer.ITEMS + number for number in range(len(place.version.factors)))):
        settled = _layer(office, layer)
        counted = settled.counted
        found += [_added(office, row, layer, counted[row.id]) for row in office.shifts if row.id in counted]
        out |= dict.fromkeys(settled.apart, True)
    out |= _blocks(session, place, office)
    for row in office.rows:
        if row.layer != Layer.PANEL and row.quarantined != out[row.id]:
            row.quarantined = out[row.id]
    session.flush()
    _write(session, place, [values for values in found if office.signs[values["within"]]])
    _citizens(session, office, out)
    session.flush()


def _office(session: Session, place: Place, changed: Iterable[int]) -> _Office:
    (unit_id,), version = place.unit_ids, place.version
    own = queries.of_office(session, (unit_id, version.id))
    of_shifts = queries.parts(session, [row.id for row in own])
    rows = queries.holding(session, {*changed, *(lot for lots in of_shifts.values() for lot in lots)})
    lots = of_shifts | queries.parts(session, [row.id for row in rows])
    sides = queries.sides(session, {lot for of_row in lots.values() for lot in of_row})
    now = {row.id: row.quarantined for row in own}
    before = {row.id: sides[min(lots[row.id])] if row.within is None else now[row.within] for row in own}
    signs = {row_id: int(before[row_id]) - int(now[row_id]) for row_id in now}
    factors = [row.id for row in rows if row.layer == Layer.FACTORS]
    return _Office(version, own, rows, lots, sides, signs, queries.sums(session, [*now, *factors]))


def _layer(office: _Office, layer: int) -> Settled:
    """Which shifts the groups of a layer can follow. Lots in which nobody answered the factor have no items."""
    groups = [
        Group(row.id, office.lots[row.id], _span(row), len({office.sides[lot] for lot in office.lots[row.id]}) > 1)
        for row in office.rows
        if row.layer == layer
    ]
    if layer == Layer.FACTORS:
        every = [Shift(row.id, office.lots[row.id], office.signs[row.id]) for row in office.shifts]
        return shifts.settle(every, groups)
    people, names = FACTOR_SUMS[layer - Layer.ITEMS][0], _names(office.version, layer)
    silent = {
        lot
        for row in office.rows
        if row.layer == Layer.FACTORS and not office.sums[row.id][people]
        for lot in office.lots[row.id]
    }
    answered = [
        Shift(
            row.id,
            office.lots[row.id] - silent,
            office.signs[row.id],
            any(office.sums[row.id][name] for name in names),
        )
        for row in office.shifts
        if office.sums[row.id][people]
    ]
    return shifts.settle(answered, groups)


def _blocks(session: Session, place: Place, office: _Office) -> dict[int, bool]:
    """The blocks with somebody whom a shift keeps out."""
    out = [row.id for row in office.shifts if row.quarantined]
    cells = queries.kept_out(session, out, place.holders) if out else set()
    blocks = [row for row in office.rows if row.layer == Layer.BLOCK]
    return {row.id: True for row in blocks if any((lot, row.procedure) in cells for lot in office.lots[row.id])}


def _citizens(session: Session, office: _Office, out: Mapping[int, bool]) -> None:
    """Groups of citizens count while nobody in their panel is on another side than when it was decided, be it of this
    office or of a neighbour in the same panel.
    """
    panels = [row.id for row in office.rows if row.layer == Layer.PANEL]
    touched = queries.counting(session, {lot for panel in panels for lot in office.lots[panel]})
    found = queries.groups_of_citizens(session, panels)
    of_row = queries.parts(session, [row.id for row in found])
    for row in found:
        (panel,) = of_row[row.id]
        row.quarantined = out[panel] or bool(office.lots[panel] & touched)


def _added(office: _Office, row: Released, layer: int, span: Period) -> Values:
    sign, sums = office.signs[row.id], office.sums[row.id]
    return {
        "unit_id": row.unit_id,
        "questionnaire_id": row.questionnaire_id,
        "layer": Layer.SHIFTED + layer,
        "number": 0,
        "released_at": row.released_at,
        "first": span.start,
        "last": span.end,
        "channel": row.channel,
        "quarantined": False,
        "within": row.id,
        "whole": row.whole,
        "respondents": sign * row.respondents if layer == Layer.LOT else 0,
        **dict.fromkeys(RELEASED_SUMS, 0),
        **{name: sign * sums[name] for name in _names(office.version, layer)},
    }


def _write(session: Session, place: Place, wanted: Sequence[Values]) -> None:
    """Replace what shifts add in the office, if it differs."""
    table: Table = Released.__table__  # type: ignore[assignment]
    mine = (
        table.c.unit_id.in_(list(place.unit_ids)),
        table.c.questionnaire_id == place.version.id,
        table.c.layer >= Layer.SHIFTED,
    )
    there = session.execute(select(table).where(*mine)).mappings().all()
    if sorted(map(_key, there)) == sorted(map(_key, wanted)):
        return
    session.execute(delete(table).where(*mine))
    for values in wanted:
        session.execute(insert(table).values(values))


def _key(row: Any) -> tuple[Any, ...]:
    """All that two rows can differ in."""
    return tuple(row[name] for name in ("within", "layer", "first", "last", "respondents", *RELEASED_SUMS))


def _names(version: Version, layer: int) -> Sequence[str]:
    if layer == Layer.LOT:
        return OVERALL_COLUMNS
    if layer == Layer.FACTORS:
        return [name for names in FACTOR_SUMS[: len(version.factors)] for name in names]
    return [name for number in version.items_of_factors[layer - Layer.ITEMS] for name in LEVEL_COLUMNS[number]]


def _span(row: Released) -> Period:
    return Period(row.first, row.last)
