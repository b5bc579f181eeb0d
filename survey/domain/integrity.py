"""How answers on harassment and money beside the rules are shown: to inspectors above, by year, small counts hidden.

METHOD §6: from 30 respondents on; counts of 1–2 as "0–2". A count that follows from the others and the total is hidden
with them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.domain.access import Grant, Permission, permitted_roots
from survey.domain.units import Unit

HIDDEN_UP_TO = 2
DUE_MONTH = 2  # a year is counted once, from the first working day of February on: the last lots of it are out by then


@dataclass(frozen=True, slots=True)
class Range:
    """A count as it is shown: from `low` to `high`, exact where they are the same."""

    low: int
    high: int


def stands_above(grants: Iterable[Grant], unit: Unit) -> bool:
    """Whether somebody inspects a unit above this one. At the unit itself that is not enough."""
    return not permitted_roots(grants, Permission.INSPECT).isdisjoint(unit.path[:-1])


def shown(counts: Mapping[str, int], minimum: int) -> dict[str, Range] | None:
    """The count of each option as it may be shown; None where fewer than `minimum` answered.

    Counts up to 2 are 0–2. The largest count takes the doubt upon itself: whatever the hidden ones are between 0 and 2,
    it fits the total, so that nothing can be subtracted from it.
    """
    total = sum(counts.values())
    if total < minimum:
        return None
    largest = max(counts, key=lambda option: counts[option])
    hidden = [option for option, count in counts.items() if count <= HIDDEN_UP_TO and option != largest]
    rest = counts[largest] + sum(counts[option] for option in hidden)
    found = {option: Range(count, count) for option, count in counts.items()}
    if hidden:
        found |= {option: Range(0, HIDDEN_UP_TO) for option in hidden}
        found[largest] = Range(max(0, rest - HIDDEN_UP_TO * len(hidden)), rest)
    return found
