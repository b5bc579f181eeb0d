"""How units hang together: parents, cycles, dates and successors of a file's units on top of the stored ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from survey.domain.catalogue import Entries, UnitEntry
from survey.domain.problems import Problem
from survey.domain.tables import at


@dataclass(frozen=True, slots=True)
class _Forest:
    """All units as they would be after the import, the line of those that the file names, and those in doubt."""

    units: Mapping[str, UnitEntry]
    numbers: Mapping[str, int]
    doubtful: frozenset[str]

    def knows(self, code: str) -> bool:
        return code in self.units or code in self.numbers

    def is_sure(self, *codes: str) -> bool:
        """Whether the values of all these units can be read: a wrong date makes no second complaint here."""
        return all(code in self.units and code not in self.doubtful for code in codes)

    def problem(self, codes: Iterable[str], complaint: str, **values: str) -> Iterator[Problem]:
        """The complaint at the first of these units that stands in the file; none when the file touches none."""
        number = next((self.numbers[code] for code in codes if code in self.numbers), None)
        if number is not None:
            yield Problem(at(number), complaint, values)


def problems(file: Entries[UnitEntry], stored: Mapping[str, UnitEntry]) -> list[Problem]:
    """Everything wrong in the forest that the file has a part in.

    A parent or successor may stand later in the file. Unit and parent: the unit neither begins before the parent nor
    outlasts it. Unit and successor: the unit has a last day, and the successor lasts longer; a successor with a first
    day of its own must not have been founded while all the units that it replaces still worked beside it, unless it
    is as old as the unit it takes over, as a neighbour is.
    """
    forest = _Forest({**stored, **file.by_key}, file.numbers, file.doubtful)
    predecessors = _predecessors(forest.units)
    found: list[Problem] = []
    for unit in forest.units.values():
        found += _of_parent(unit, forest)
        for code in unit.replaced_by:
            found += _of_successor(unit, code, forest, predecessors)
    found += _cycles(forest)
    return found


def _of_parent(unit: UnitEntry, forest: _Forest) -> Iterator[Problem]:
    if not unit.parent_code:
        return
    if not forest.knows(unit.parent_code):
        yield from forest.problem([unit.code], "parent_unknown", value=unit.parent_code)
        return
    if unit.parent_code == unit.code or not forest.is_sure(unit.code, unit.parent_code):
        return  # a unit above itself is a cycle
    parent = forest.units[unit.parent_code]
    both = [unit.code, parent.code]
    if unit.valid_from and parent.valid_from and unit.valid_from < parent.valid_from:
        yield from forest.problem(
            both, "begins_before_parent", unit=unit.code, parent=parent.code, day=parent.valid_from.isoformat()
        )
    if parent.valid_to and (unit.valid_to is None or unit.valid_to > parent.valid_to):
        yield from forest.problem(
            both, "outlasts_parent", unit=unit.code, parent=parent.code, day=parent.valid_to.isoformat()
        )


def _of_successor(
    unit: UnitEntry, code: str, forest: _Forest, predecessors: Mapping[str, list[UnitEntry]]
) -> Iterator[Problem]:
    if code == unit.code:
        yield from forest.problem([unit.code], "successor_itself", value=code)
    elif not forest.knows(code):
        yield from forest.problem([unit.code], "successor_unknown", value=code)
    elif forest.is_sure(unit.code, code):
        yield from _of_dates(unit, forest.units[code], forest, predecessors[code])


def _of_dates(
    unit: UnitEntry, successor: UnitEntry, forest: _Forest, predecessors: Iterable[UnitEntry]
) -> Iterator[Problem]:
    code, both = successor.code, [unit.code, successor.code]
    if unit.valid_to is None:
        yield from forest.problem(both, "replaced_without_end", unit=unit.code, value=code)
    elif successor.valid_to and successor.valid_to <= unit.valid_to:
        yield from forest.problem(
            both, "successor_ended", unit=unit.code, value=code, day=successor.valid_to.isoformat()
        )
    elif (start := _overlap(unit, successor, predecessors)) is not None:
        days = {"start": start.isoformat(), "end": unit.valid_to.isoformat()}
        yield from forest.problem(both, "successor_overlaps", unit=unit.code, value=code, **days)


def _overlap(unit: UnitEntry, successor: UnitEntry, predecessors: Iterable[UnitEntry]) -> date | None:
    """The first day of a successor founded in the midst of the unit's life and not out of another that had ended."""
    first = successor.valid_from
    if first is None or (unit.valid_from is not None and first <= unit.valid_from):
        return None
    return first if all(other.valid_to is not None and first <= other.valid_to for other in predecessors) else None


def _predecessors(units: Mapping[str, UnitEntry]) -> dict[str, list[UnitEntry]]:
    found: dict[str, list[UnitEntry]] = {}
    for unit in units.values():
        for code in unit.replaced_by:
            found.setdefault(code, []).append(unit)
    return found


def _cycles(forest: _Forest) -> Iterator[Problem]:
    """A complaint for each unit of the file that is above itself. Every unit is walked over once."""
    settled: set[str] = set()
    for start in forest.units:
        trail: dict[str, None] = {}
        code = start
        while code in forest.units and code not in settled and code not in trail:
            trail[code] = None
            code = forest.units[code].parent_code
        if code in trail:
            ring = list(trail)[list(trail).index(code) :]
            for member in ring:
                yield from forest.problem([member], "cycle", value=" → ".join([*ring, code]))
        settled.update(trail)
