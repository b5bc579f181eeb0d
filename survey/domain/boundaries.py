"""Old and new boundaries: which former units a unit of today stands for. Whole units only; nothing is ever split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.domain.periods import Period
from survey.domain.units import Unit

Successors = Mapping[int, Sequence[int]]  # unit id → ids of the units that replaced it


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit with all former units that went wholly into it, and those of which only a part did."""

    unit: Unit
    merged: tuple[Unit, ...]
    split: tuple[Unit, ...]

    def breaks(self, period: Period) -> tuple[date, ...]:
        """The days in the period from which the boundaries are others: the first days after the former units."""
        ends = {former.valid_to + timedelta(days=1) for former in (*self.merged, *self.split) if former.valid_to}
        return tuple(sorted(day for day in ends if period.start < day <= period.end))


def lineage(unit: Unit, units: Sequence[Unit], successors: Successors) -> Lineage:
    """The lineage of a unit, over any number of reforms. Units above or below it are part of no sum with it."""
    by_id = {one.id: one for one in units}
    merged, split, waiting = set[int](), set[int](), [unit.id]
    while waiting:
        current = waiting.pop()
        for former, followers in successors.items():
            if current not in followers or former in merged or former == unit.id:
                continue
            if len(followers) > 1:
                split.add(former)
            else:
                merged.add(former)
                waiting.append(former)
    related = set(unit.path) | {one.id for one in units if unit.id in one.path}
    return Lineage(
        unit,
        tuple(by_id[one] for one in sorted(merged - related, key=lambda one: by_id[one].sort_key)),
        tuple(by_id[one] for one in sorted(split - related, key=lambda one: by_id[one].sort_key)),
    )
