"""Ranks as ranges: which places a unit may hold within its group, given how sure its rate is (METHOD §5).

Two units whose intervals overlap are not told apart, so a range is often wide. Made from shown figures alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.domain.figures import Figure
from survey.domain.measures import of_shown
from survey.domain.rates import ranking_z
from survey.domain.units import UnitKind

Interval = tuple[float, float]
UNRANKED_KINDS = (UnitKind.CITY,)  # cities are what the units are compared within


@dataclass(frozen=True, slots=True)
class Places:
    """The best and the worst place that a unit may hold; 1 is the highest rate."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's figure with its places. `low` and `high` are the wider bounds that hold for all units at once."""

    figure: Figure
    places: Places
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """One group. `ranked` by places, then name; `unranked` by name: withheld, or under the minimum.

    `highest` and `lowest` hold every unit that may be the one; it is named only where there is exactly one.
    """

    kind: UnitKind
    ranked: tuple[Ranked, ...]
    unranked: tuple[Figure, ...]

    @property
    def size(self) -> int:
        return len(self.ranked)

    @property
    def highest(self) -> tuple[Ranked, ...]:
        return _by_name(one for one in self.ranked if self.size > 1 and one.places.best == 1)

    @property
    def lowest(self) -> tuple[Ranked, ...]:
        return _by_name(one for one in self.ranked if self.size > 1 and one.places.worst == self.size)


def places(intervals: Sequence[Interval]) -> tuple[Places, ...]:
    """The places of each: best = 1 + how many lie wholly above it, worst = all − how many lie wholly below it."""
    lows, highs = sorted(low for low, _ in intervals), sorted(high for _, high in intervals)
    count = len(intervals)
    return tuple(
        Places(1 + count - bisect_right(lows, high), count - bisect_left(highs, low)) for low, high in intervals
    )


def rank(kind: UnitKind, figures: Iterable[Figure]) -> Ranking:
    """The ranking of one group: overall figures of the same questionnaire, period and channels."""
    given = sorted(figures, key=lambda figure: figure.unit.sort_key)
    measured = [(figure, of_shown(figure.shown)) for figure in given]
    ranked = [(figure, measure) for figure, measure in measured if measure is not None and not measure.few]
    unranked = tuple(figure for figure, measure in measured if measure is None or measure.few)
    z = ranking_z(max(len(ranked), 1))
    intervals = [measure.interval(z) for _, measure in ranked]
    found = [
        Ranked(figure, own, low, high)
        for (figure, _), own, (low, high) in zip(ranked, places(intervals), intervals, strict=True)
    ]
    found.sort(key=lambda one: (one.places.best, one.places.worst, one.figure.unit.sort_key))
    return Ranking(kind, tuple(found), unranked)


def by_kind(figures: Sequence[Figure]) -> tuple[Ranking, ...]:
    """A ranking for each kind of unit that occurs, in the order in which people list kinds."""
    return tuple(
        rank(kind, members)
        for kind in UnitKind
        if kind not in UNRANKED_KINDS and (members := [figure for figure in figures if figure.unit.kind is kind])
    )


def _by_name(ranked: Iterable[Ranked]) -> tuple[Ranked, ...]:
    return tuple(sorted(ranked, key=lambda one: one.figure.unit.sort_key))
