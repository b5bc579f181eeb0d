"""Figures: disclosed numbers with their place. The one form in which pages, files, pictures and calls get them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from survey.domain import rates
from survey.domain.disclosure import Minimums, Shown, show
from survey.domain.periods import Month
from survey.domain.populations import Population
from survey.domain.questionnaire import Text
from survey.domain.selections import Selection
from survey.domain.tally import Cell, Tally
from survey.domain.units import Unit


class Scope(StrEnum):
    """Which answers a figure pools."""

    OVERALL = "overall"
    FACTOR = "factor"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of every table. `key` and `label` name the factor or item; both are None for overall."""

    unit: Unit
    questionnaire: str
    scope: Scope
    key: str | None
    label: Text | None
    shown: Shown
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an overall rate under its own name, in percent; None where a part of it is withheld."""

    mean_of_factor_rates: Decimal | None
    mean_of_item_rates: Decimal | None
    share_answered: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Everything of one unit, with all below it: overall, factors, items, and the months of the period."""

    overall: Figure
    beside: Beside
    factors: tuple[Figure, ...]
    items: tuple[Figure, ...]
    months: tuple[Figure, ...]

    @property
    def unit(self) -> Unit:
        return self.overall.unit


@dataclass(frozen=True, slots=True)
class Rules:
    """How to show a unit's cells: minimum counts, its target in percent, and whether the period is still open."""

    minimums: Minimums
    target: Decimal
    provisional: bool
    withheld: int = 0  # forms received that are not among the unit's released ones, where the page must say so
    population: Population | None = None  # what answers of invitations were drawn from


def overall(unit: Unit, selection: Selection, cell: Cell, rules: Rules, month: Month | None = None) -> Figure:
    """The overall figure of a unit, with its verdict."""
    shown = show(
        cell,
        rules.minimums,
        target=rules.target,
        provisional=rules.provisional,
        withheld=rules.withheld,
        population=rules.population,
    )
    return Figure(unit, selection.version.name, Scope.OVERALL, None, None, shown, month)


def factors(unit: Unit, selection: Selection, tally: Tally, rules: Rules) -> tuple[Figure, ...]:
    """A figure a factor, in the order of the questionnaire."""
    untold = (tally.overall.k or rules.withheld) and not any(cell.k for cell in tally.factors)
    return tuple(
        Figure(
            unit,
            selection.version.name,
            Scope.FACTOR,
            factor.key,
            factor.title,
            show(cell, rules.minimums, withheld=int(untold), population=rules.population),
        )
        for factor, cell in zip(selection.version.factors, tally.factors, strict=True)
    )


def items(unit: Unit, selection: Selection, tally: Tally, rules: Rules) -> tuple[Figure, ...]:
    """A figure an item, in the order of the questionnaire. All items of a factor are told, or none of a lot."""
    found: list[Figure] = []
    counts = dict(zip(selection.version.items, tally.items, strict=True))
    for factor, cell in zip(selection.version.factors, tally.factors, strict=True):
        told = sum(sum(counts[item]) for item in factor.items)
        withheld = cell.m - told if cell.m else int(bool(tally.overall.k or rules.withheld))
        for item in factor.items:
            own = Cell.of_item(counts[item])
            shown = show(own, rules.minimums, withheld=withheld, population=rules.population)
            found.append(Figure(unit, selection.version.name, Scope.ITEM, item.key, item.text, shown))
    return tuple(found)


def beside(selection: Selection, tally: Tally, rules: Rules) -> Beside:
    """The other sums that offices know, each withheld when one of the cells that it is made of is."""
    version, least = selection.version, rules.minimums.shown
    pooled = [cell for factor, cell in zip(version.factors, tally.factors, strict=True) if factor.pooled]
    scored = {item.key for item in version.scored}
    singles = [
        Cell.of_item(counts) for item, counts in zip(version.items, tally.items, strict=True) if item.key in scored
    ]
    untold = any(
        cell.m and not any(sum(tally.items[number]) for number in numbers)
        for cell, numbers in zip(tally.factors, version.items_of_factors, strict=True)
    )
    answered = rates.share_answered(tally.overall.k, tally.overall.m, len(version.scored))
    return Beside(
        _mean(pooled, least),
        None if untold else _mean(singles, least),
        None if answered is None or tally.overall.k < least else rates.percent(answered),
    )


def _mean(cells: list[Cell], least: int) -> Decimal | None:
    if any(0 < cell.k < least for cell in cells):
        return None
    mean = rates.mean_of_rates(cells)
    return None if mean is None else rates.percent(mean)
