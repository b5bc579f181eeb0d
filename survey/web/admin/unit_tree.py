"""The units as a tree of what stands below what, under the words for their kinds; or what a search finds of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from survey.domain import names
from survey.domain.units import Unit, UnitKind
from survey.wording import Translate
from survey.wording.units import UNIT_KINDS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with what stands right below it."""

    unit: Unit
    groups: tuple["Group", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one kind below the same unit."""

    title: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that a search found, and the names above it."""

    unit: Unit
    above: str


def tree(units: Sequence[Unit]) -> tuple[Node, ...]:
    """The tops of these units, each with all below it, in the order given."""
    known = {unit.id for unit in units}
    below: dict[int, list[Unit]] = {}
    for unit in units:
        if known.intersection(unit.path[:-1]):
            parent = next(above for above in reversed(unit.path[:-1]) if above in known)
            below.setdefault(parent, []).append(unit)
    tops = [unit for unit in units if known.isdisjoint(unit.path[:-1])]
    return tuple(_node(unit, below) for unit in tops)


def open_on(units: Iterable[Unit], day: date) -> tuple[Unit, ...]:
    """Those that exist on that day or begin later: a closed unit is history."""
    return tuple(unit for unit in units if unit.valid_to is None or unit.valid_to >= day)


def search(units: Sequence[Unit], text: str) -> tuple[Hit, ...]:
    """The units whose name has every word of the text, or whose code begins so; diacritics do not matter.

    First those that are spelt as it was typed, then those with whole words of it, each in the order given.
    """
    wanted, code = names.fold(text).split(), names.normal(text).lower()
    known = {unit.id: unit.name for unit in units}
    found = (
        unit
        for unit in units
        if unit.code.lower().startswith(code)
        or (wanted and all(f" {word}" in f" {names.fold(unit.name)}" for word in wanted))
    )
    return tuple(
        Hit(unit, " › ".join(known[above] for above in unit.path[:-1] if above in known))
        for unit in sorted(found, key=lambda unit: _fit(unit.name, text))
    )


def _fit(name: str, text: str) -> int:
    if names.spelt(text) in names.spelt(name):
        return 0
    return 1 if f" {names.fold(text)} " in f" {names.fold(name)} " else 2


def _node(unit: Unit, below: dict[int, list[Unit]]) -> Node:
    children = below.get(unit.id, [])
    groups = (
        Group(translate(UNIT_KINDS[kind]), tuple(_node(child, below) for child in children if child.kind is kind))
        for kind in UnitKind
    )
    return Node(unit, tuple(group for group in groups if group.nodes))
