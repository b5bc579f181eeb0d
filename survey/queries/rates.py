"""Figures of units: sums added up the tree, then disclosed. The one path behind every page, file and call.

People see released sums; only the operator's own checks (`COMPLETE`) read the exact ones of the moment.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from survey.domain import figures, tally
from survey.domain.disclosure import COMPLETE, Minimums
from survey.domain.figures import Figure, Rules, UnitFigures
from survey.domain.periods import Month, Period
from survey.domain.selections import Selection
from survey.domain.tally import EMPTY, Cell, Tally
from survey.domain.units import Unit
from survey.queries import catalogue, populations, released, tallies

Below = Mapping[int, Sequence[int]]


class Sum(Protocol):
    """What can be added up over units."""

    def __add__(self: "S", other: "S", /) -> "S": ...


S = TypeVar("S", bound=Sum)


def of_units(
    session: Session, selection: Selection, units: Sequence[Unit], minimums: Minimums, today: date
) -> tuple[Figure, ...]:
    """The overall figure of each unit with all below it, in the order given."""
    below = _below(session, units)
    if minimums == COMPLETE:
        exact = tallies.by_unit(session, selection, _all(below))
        alone = {unit_id: found.overall for unit_id, found in exact.items()}
    else:
        alone = released.overall_by_unit(session, selection, _all(below))
    cells = _pooled(alone, below, EMPTY)
    withheld = _withheld(session, selection, below, cells, minimums)
    targets = catalogue.targets(session, units, selection.period.end.year)
    provisional, drawn = selection.period.is_open(today), populations.of_units(session, selection, below, cells)
    return tuple(
        figures.overall(
            unit,
            selection,
            cells[unit.id],
            Rules(minimums, targets[unit.id], provisional, withheld[unit.id], drawn.get(unit.id)),
        )
        for unit in units
    )


def of_unit(session: Session, selection: Selection, unit: Unit, minimums: Minimums, today: date) -> UnitFigures:
    """Everything of one unit with all below it: overall, factors, items, and each month of the period."""
    below = _below(session, [unit])
    source = tallies if minimums == COMPLETE else released
    pooled = _pooled(source.by_unit(session, selection, _all(below)), below, tally.empty(selection.version))[unit.id]
    cells = {unit.id: pooled.overall}
    withheld = _withheld(session, selection, below, cells, minimums)
    targets = catalogue.targets(session, [unit], selection.period.end.year)
    drawn = populations.of_units(session, selection, below, cells)
    rules = Rules(minimums, targets[unit.id], selection.period.is_open(today), withheld[unit.id], drawn.get(unit.id))
    return replace(
        _everything(unit, selection, pooled, rules), months=of_months(session, selection, unit, minimums, today)
    )


def of_each(
    session: Session, selection: Selection, units: Sequence[Unit], minimums: Minimums, today: date
) -> tuple[UnitFigures, ...]:
    """Overall, factors and items of each unit with all below it, in the order given, read at once; without months."""
    below = _below(session, units)
    source = tallies if minimums == COMPLETE else released
    pooled = _pooled(source.by_unit(session, selection, _all(below)), below, tally.empty(selection.version))
    cells = {unit_id: found.overall for unit_id, found in pooled.items()}
    withheld = _withheld(session, selection, below, cells, minimums)
    targets = catalogue.targets(session, units, selection.period.end.year)
    provisional, drawn = selection.period.is_open(today), populations.of_units(session, selection, below, cells)
    return tuple(
        _everything(
            unit,
            selection,
            pooled[unit.id],
            Rules(minimums, targets[unit.id], provisional, withheld[unit.id], drawn.get(unit.id)),
        )
        for unit in units
    )


def _everything(unit: Unit, selection: Selection, pooled: Tally, rules: Rules) -> UnitFigures:
    return UnitFigures(
        overall=figures.overall(unit, selection, pooled.overall, rules),
        beside=figures.beside(selection, pooled, rules),
        factors=figures.factors(unit, selection, pooled, rules),
        items=figures.items(unit, selection, pooled, rules),
        months=(),
    )


def of_months(
    session: Session, selection: Selection, unit: Unit, minimums: Minimums, today: date
) -> tuple[Figure, ...]:
    """The overall figure of each month of the period, oldest first; each month against its own year's target."""
    below = _below(session, [unit])
    cells = _months(session, selection, below[unit.id], minimums)
    withheld = _withheld_by_month(session, selection, below[unit.id], cells, minimums)
    drawn = populations.of_months(session, selection, below[unit.id], cells)
    result = []
    for month in selection.period.months:
        within = Period(max(month.first, selection.period.start), min(month.last, selection.period.end))
        part, cell = replace(selection, period=within), cells.get(month, EMPTY)
        targets = catalogue.targets(session, [unit], month.year)
        rules = Rules(minimums, targets[unit.id], within.is_open(today), withheld[month], drawn.get(month))
        result.append(figures.overall(unit, part, cell, rules, month))
    return tuple(result)


def _months(
    session: Session, selection: Selection, unit_ids: Sequence[int], minimums: Minimums
) -> Mapping[Month, Cell]:
    if minimums == COMPLETE:
        exact = tallies.by_month(session, selection, unit_ids)
        return {month: found.overall for month, found in exact.items()}
    return released.by_month(session, selection, unit_ids)


def _withheld(
    session: Session, selection: Selection, below: Below, cells: Mapping[int, Cell], minimums: Minimums
) -> Mapping[int, int]:
    """The forms that each cell lacks and the page must say so: some that are released, or, where there is none, all."""
    lacking: Counter[int] = Counter()
    if minimums == COMPLETE:
        return lacking
    empty = {unit_id: ids for unit_id, ids in below.items() if not cells[unit_id].k}
    above = _above(empty)
    for member in tallies.received(session, selection, above):
        lacking.update(above[member])
    above, period = _above({unit_id: ids for unit_id, ids in below.items() if unit_id not in empty}), selection.period
    for member, span, count, always in released.left_out(session, selection, above):
        if always or not (period.start <= span.start and span.end <= period.end):
            lacking.update(dict.fromkeys(above[member], count))
    return lacking


def _withheld_by_month(
    session: Session, selection: Selection, unit_ids: Sequence[int], cells: Mapping[Month, Cell], minimums: Minimums
) -> Mapping[Month, int]:
    lacking: Counter[Month] = Counter()
    if minimums == COMPLETE:
        return lacking
    for _, span, count, _ in released.left_out(session, selection, unit_ids):
        lacking.update(dict.fromkeys(span.months, count))
    empty = [month for month in selection.period.months if not cells.get(month, EMPTY).k]
    if empty:
        period = Period(empty[0].first, empty[-1].last)
        lacking.update(tallies.received_months(session, replace(selection, period=period), unit_ids) & set(empty))
    return lacking


def _pooled(alone: Mapping[int, S], below: Below, empty: S) -> dict[int, S]:
    """The sum of each unit and all below it."""
    pooled = {}
    for unit_id, ids in below.items():
        total = empty
        for member in ids:
            total = total + alone[member] if member in alone else total
        pooled[unit_id] = total
    return pooled


def _above(below: Below) -> dict[int, list[int]]:
    """The asked units of which each unit is a part."""
    above: dict[int, list[int]] = {}
    for unit_id, ids in below.items():
        for member in ids:
            above.setdefault(member, []).append(unit_id)
    return above


def _all(below: Below) -> set[int]:
    return {unit_id for ids in below.values() for unit_id in ids}


def _below(session: Session, units: Sequence[Unit]) -> dict[int, list[int]]:
    """The ids of each unit and all below it, closed ones too: a response keeps the unit of its day."""
    every = catalogue.units(session)
    wanted = {unit.id for unit in units}
    below: dict[int, list[int]] = {unit_id: [] for unit_id in wanted}
    for unit in every:
        for ancestor in wanted.intersection(unit.path):
            below[ancestor].append(unit.id)
    return below
