"""Rows of single responses for others to read: what a row may say of where it comes from (METHOD §6, "Rows").

Whoever knows a citizen's month, procedure and channel must not find the one row that fits. So every key that fewer
than ten rows share loses its finest column, then the next, until ten share it. No row is ever dropped, and no answer
is touched.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MINIMUM = 10  # rows that share a key
BLANK = ""


class Key(NamedTuple):
    """The columns of a row besides its answers, as texts; `month` is 2026-08, or the quarter 2026-Q3, or blank."""

    month: str
    unit_code: str
    questionnaire: str
    channel: str
    assisted: str
    procedure: str
    quarantined: str


def blanked(key: Key) -> Key:
    """The key of rows of which nothing but the questionnaire may be said; their answers show that anyway."""
    return Key(BLANK, BLANK, key.questionnaire, BLANK, BLANK, BLANK, BLANK)


def coarsened(counts: Mapping[Key, int], minimum: int = MINIMUM) -> dict[Key, Key]:
    """What each key of one unit's rows of one questionnaire becomes; `counts` are the rows of each.

    Keys that too few rows share climb the ladder together and stop as soon as enough rows share the coarser key.
    Rows that are too few even at its top take the smallest other key with them, so that every key that comes out is
    shared by `minimum` rows, unless the unit has fewer in all.
    """
    result = {key: key for key in counts}
    climbing = [key for key, count in counts.items() if count < minimum]
    for step in range(len(_LADDER)):
        sizes: Counter[Key] = Counter()
        for key in climbing:
            result[key] = _at(key, step)
            sizes[result[key]] += counts[key]
        climbing = [key for key in climbing if sizes[result[key]] < minimum]
    return _joined(result, counts, climbing)


def hidden_units(totals: Mapping[str, int], minimum: int = MINIMUM) -> frozenset[str]:
    """The units whose rows keep no key at all: those with too few, and the smallest other one where they need it.

    `totals` are the rows of each unit under one questionnaire.
    """
    few = {unit for unit, total in totals.items() if 0 < total < minimum}
    others = sorted((total, unit) for unit, total in totals.items() if total >= minimum)
    if few and others and sum(totals[unit] for unit in few) < minimum:
        few.add(others[0][1])
    return frozenset(few)


def quarter(month: str) -> str:
    """The quarter of a month: 2026-08 → 2026-Q3."""
    year, _, number = month.partition("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


# The columns that are blank after each step. From the fourth on the month is a quarter.
_LADDER: tuple[tuple[str, ...], ...] = (
    ("procedure",),
    ("procedure", "assisted"),
    ("procedure", "assisted", "channel"),
    ("procedure", "assisted", "channel"),
    ("procedure", "assisted", "channel", "month"),
    ("procedure", "assisted", "channel", "month", "quarantined"),
)
_QUARTERS_FROM = 3


def _at(key: Key, step: int) -> Key:
    blank = _LADDER[step]
    coarser = key if step < _QUARTERS_FROM else key._replace(month=quarter(key.month))
    return coarser._replace(**dict.fromkeys(blank, BLANK))


def _joined(result: dict[Key, Key], counts: Mapping[Key, int], left: Iterable[Key]) -> dict[Key, Key]:
    """The rows that are still too few at the top of the ladder, and the smallest other key that joins them there."""
    top = next((result[key] for key in left), None)
    if top is None:
        return result
    sizes: Counter[Key] = Counter()
    for key, coarse in result.items():
        sizes[coarse] += counts[key]
    others = sorted((size, coarse) for coarse, size in sizes.items() if coarse != top)
    if others:
        smallest = others[0][1]
        result = {key: top if coarse == smallest else coarse for key, coarse in result.items()}
    return result
