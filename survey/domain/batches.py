"""Which comments become readable together (METHOD §6): of a unit if enough, small units pooled at the quarter's end."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from survey.domain.periods import Month
from survey.domain.workdays import first_working_day

Path = tuple[int, ...]
Key = TypeVar("Key", bound=Hashable)
MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Planned(Generic[Key]):
    """A batch to be: the unit whose staff may read it, whether it is a pool of small units, and whose comments."""

    unit_id: int
    pooled: bool
    keys: tuple[Key, ...]


def month_due(today: date) -> Month:
    """The newest month whose batch is due: the running one from its first working day on, else the one before."""
    month = Month.of(today)
    return month if today >= first_working_day(month) else month.plus(-1)


def ends_quarter(month: Month) -> bool:
    """Whether the months before this one end with a whole quarter."""
    return month.number % MONTHS_OF_QUARTER == 1


def planned(
    waiting: Mapping[int, Sequence[Key]], paths: Mapping[int, Path], month: Month, minimum: int
) -> list[Planned[Key]]:
    """The batches of a month. `waiting` are the comments of each unit from before it, `paths` lead down to each unit.

    A unit with enough makes its own. At quarter's end the others go up the tree, level by level, until enough stand
    together; what is too little at the top waits.
    """
    found = [Planned(unit_id, False, tuple(keys)) for unit_id, keys in sorted(waiting.items()) if len(keys) >= minimum]
    if ends_quarter(month):
        found += _pooled({unit_id: keys for unit_id, keys in waiting.items() if len(keys) < minimum}, paths, minimum)
    return found


def _pooled(few: Mapping[int, Sequence[Key]], paths: Mapping[int, Path], minimum: int) -> list[Planned[Key]]:
    found = []
    level: defaultdict[Path, list[Key]] = defaultdict(list)
    for unit_id in sorted(few):
        level[paths[unit_id]] += few[unit_id]
    while deepest := max((path for path in level if len(path) > 1), key=len, default=None):
        above = deepest[:-1]
        together = level.pop(above, [])
        for path in sorted(path for path in level if path[:-1] == above and len(path) == len(deepest)):
            together += level.pop(path)
        if len(together) >= minimum:
            found.append(Planned(above[-1], True, tuple(together)))
        elif together:
            level[above] = together
    return found
