"""The scorecard of a plan: targets in force, and imported indicators with the highest and lowest of each group."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from survey.domain.units import Unit

HIGHEST, LOWEST = "highest", "lowest"


@dataclass(frozen=True, slots=True)
class Target:
    """A target in percent, reached at that value or above, set for `unit` in `year` and in force until a later one."""

    kind: str
    name: str
    percent: Decimal
    unit: Unit
    year: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A published figure of a unit. `position` is what its source says of it in its group, "" for nothing."""

    unit: Unit
    kind: str
    year: int
    group: str
    position: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one kind, year and group: those named highest and lowest, and how many there are in all.

    `sourced` tells whether the source named them; else they are the extremes of the imported values, ties all named.
    """

    kind: str
    year: int
    group: str
    highest: tuple[Indicator, ...]
    lowest: tuple[Indicator, ...]
    members: tuple[Indicator, ...]
    sourced: bool


def in_force(stored: Iterable[Target], unit: Unit, year: int) -> tuple[Target, ...]:
    """The target of each kind for a unit in a year: its own newest, else that of the nearest unit above."""
    depth = {unit_id: place for place, unit_id in enumerate(unit.path)}
    chosen: dict[str, Target] = {}
    for target in stored:
        if target.year > year or target.unit.id not in depth:
            continue
        known = chosen.get(target.kind)
        if known is None or (depth[known.unit.id], known.year) < (depth[target.unit.id], target.year):
            chosen[target.kind] = target
    return tuple(chosen.values())


def groups(indicators: Iterable[Indicator], year: int) -> tuple[Group, ...]:
    """The newest figures of each kind published up to a year, by kind and group."""
    upto = [indicator for indicator in indicators if indicator.year <= year]
    newest: dict[str, int] = {}
    for each in upto:
        newest[each.kind] = max(each.year, newest.get(each.kind, each.year))
    wanted = sorted((each for each in upto if each.year == newest[each.kind]), key=_order)
    return tuple(
        _group(kind, found_year, group, tuple(members))
        for (kind, found_year, group), members in groupby(wanted, key=lambda each: (each.kind, each.year, each.group))
    )


def _order(indicator: Indicator) -> tuple[str, str, Decimal, str]:
    return indicator.kind, indicator.group, -indicator.value, indicator.unit.sort_key


def _group(kind: str, year: int, group: str, members: tuple[Indicator, ...]) -> Group:
    sourced = any(member.position for member in members)
    if sourced:
        highest, lowest = (tuple(each for each in members if each.position == place) for place in (HIGHEST, LOWEST))
    else:
        top, bottom = members[0].value, members[-1].value
        highest = tuple(each for each in members if each.value == top)
        lowest = () if top == bottom else tuple(each for each in members if each.value == bottom)
    return Group(kind, year, group, highest, lowest, members, sourced)
