"""Figures of units: tallies added up the tree, then disclosed. The one path behind every page, file and call."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from survey.domain import figures, tally
from survey.domain.disclosure import Minimums
from survey.domain.figures import Figure, Rules, UnitFigures
from survey.domain.periods import Period
from survey.domain.selections import Selection
from survey.domain.tally import Tally
from survey.domain.units import Unit
from survey.queries import catalogue, tallies


def of_units(
    session: Session, selection: Selection, units: Sequence[Unit], minimums: Minimums, today: date
) -> tuple[Figure, ...]:
    """The overall figure of each unit with all below it, in the order given."""
    pooled = _pooled(session, selection, units)
    targets = catalogue.targets(session, units, selection.period.end.year)
    return tuple(
        figures.overall(unit, selection, pooled[unit.id].overall, _rules(unit, targets, minimums, selection, today))
        for unit in units
    )


def of_unit(session: Session, selection: Selection, unit: Unit, minimums: Minimums, today: date) -> UnitFigures:
    """Everything of one unit with all below it: overall, factors, items, and each month of the period."""
    pooled = _pooled(session, selection, [unit])[unit.id]
    targets = catalogue.targets(session, [unit], selection.period.end.year)
    rules = _rules(unit, targets, minimums, selection, today)
    return UnitFigures(
        overall=figures.overall(unit, selection, pooled.overall, rules),
        beside=figures.beside(selection, pooled, rules),
        factors=figures.factors(unit, selection, pooled, rules),
        items=figures.items(unit, selection, pooled, rules),
        months=of_months(session, selection, unit, minimums, today),
    )


def of_months(
    session: Session, selection: Selection, unit: Unit, minimums: Minimums, today: date
) -> tuple[Figure, ...]:
    """The overall figure of each month of the period, oldest first; each month against its own year's target."""
    found = tallies.by_month(session, selection, _below(session, [unit])[unit.id])
    empty = tally.empty(selection.version)
    result = []
    for month in selection.period.months:
        within = Period(max(month.first, selection.period.start), min(month.last, selection.period.end))
        part = replace(selection, period=within)
        targets = catalogue.targets(session, [unit], month.year)
        rules = _rules(unit, targets, minimums, part, today)
        result.append(figures.overall(unit, part, found.get(month, empty).overall, rules, month))
    return tuple(result)


def _rules(unit: Unit, targets: dict[int, Decimal], minimums: Minimums, selection: Selection, today: date) -> Rules:
    return Rules(minimums, targets[unit.id], selection.period.is_open(today))


def _pooled(session: Session, selection: Selection, units: Sequence[Unit]) -> dict[int, Tally]:
    """The tally of each unit and all below it."""
    below = _below(session, units)
    alone = tallies.by_unit(session, selection, {unit_id for ids in below.values() for unit_id in ids})
    empty = tally.empty(selection.version)
    pooled = {}
    for unit_id, ids in below.items():
        total = empty
        for member in ids:
            total = total + alone[member] if member in alone else total
        pooled[unit_id] = total
    return pooled


def _below(session: Session, units: Sequence[Unit]) -> dict[int, list[int]]:
    """The ids of each unit and all below it, closed ones too: a response keeps the unit of its day."""
    every = catalogue.units(session)
    wanted = {unit.id for unit in units}
    below: dict[int, list[int]] = {unit_id: [] for unit_id in wanted}
    for unit in every:
        for ancestor in wanted.intersection(unit.path):
            below[ancestor].append(unit.id)
    return below
