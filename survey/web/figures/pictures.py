"""Where things stand in the pictures of staff pages. Percent of the width from the left, pixels from the top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from survey.domain.disclosure import Shown
from survey.domain.figures import Figure
from survey.domain.tally import Counts

STEP = 10  # axes begin at a multiple of this
TREND_TOP, TREND_BOTTOM = 14.0, 206.0  # pixels
TREND_LEFT, TREND_RIGHT = 11.0, 99.0  # percent; labels of the axis stand left of it


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of rates from `start` to 100 %, shared by all bars of a page so that they can be compared."""

    start: int

    def at(self, value: Decimal) -> float:
        """Percent of the width."""
        return round(float((value - self.start) * 100 / (100 - self.start)), 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval with its rate, and the target where there is one."""

    low: float
    high: float
    rate: float
    target: float | None

    @property
    def width(self) -> float:
        return round(self.high - self.low, 2)


@dataclass(frozen=True, slots=True)
class Segment:
    """One level's share of a bar of levels."""

    level: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A scale of levels from so many percent left of the middle of level 3 to so many right of it."""

    left: int
    right: int

    @property
    def zero(self) -> float:
        """Percent of the width at which the middle of level 3 lies."""
        return round(self.left * 100 / (self.left + self.right), 2)

    def stack(self, counts: Counts | None) -> tuple[Segment, ...]:
        """The five levels side by side, empty ones left out; nothing where the counts are withheld."""
        if counts is None or not sum(counts):
            return ()
        total = sum(counts)
        segments: list[Segment] = []
        start = self.left - Fraction(100 * (2 * counts[0] + 2 * counts[1] + counts[2]), 2 * total)
        for level, count in enumerate(counts, 1):
            width = Fraction(100 * count, total)
            if count:
                segments.append(Segment(level, self._at(start), self._at(width)))
            start += width
        return tuple(segments)

    def _at(self, percent: Fraction) -> float:
        return round(float(percent * 100 / (self.left + self.right)), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A month: places of its rate and interval, None where withheld. `number` and `year` label it, `words` read it."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    number: int
    year: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight line between two points, or at a level."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Months from left to right, lines only between neighbours that are both shown, the target's steps, and ticks.

    `breaks` are the places of days from which the figures are about other boundaries.
    """

    points: tuple[TrendPoint, ...]
    lines: tuple[Stretch, ...]
    targets: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...] = ()


def axis(figures: Iterable[Figure]) -> Axis:
    """The narrowest scale on multiples of ten that holds every interval and every target."""
    lowest = [Decimal(90)]
    for figure in figures:
        lowest += [value for value in (figure.shown.low, figure.shown.target) if value is not None]
    return Axis(int(min(lowest) // STEP * STEP))


def bar(shown: Shown, scale: Axis) -> Bar | None:
    """The bar of a figure, None where it is withheld."""
    if shown.rate is None or shown.low is None or shown.high is None:
        return None
    target = None if shown.target is None else scale.at(shown.target)
    return Bar(scale.at(shown.low), scale.at(shown.high), scale.at(shown.rate), target)


def spread(figures: Iterable[Figure]) -> Spread:
    """The scale that holds the levels of all figures whose counts are shown, to the next ten on both sides."""
    left, right = STEP, 50
    for figure in figures:
        counts = figure.shown.counts or (0, 0, 0, 0, 0)
        total, before = sum(counts), (2 * counts[0] + 2 * counts[1] + counts[2]) * 50
        if total:
            left = max(left, -(-before // (total * STEP)) * STEP)
            right = max(right, -(-(100 * total - before) // (total * STEP)) * STEP)
    return Spread(left, right)


def trend(months: Sequence[Figure], words: Sequence[str]) -> Trend:
    """The picture of months, each with its words for who points at it or comes to it by keyboard."""
    scale = axis(months)

    def y(value: Decimal | None) -> float | None:
        if value is None:
            return None
        return round(TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * scale.at(value) / 100, 1)

    width = (TREND_RIGHT - TREND_LEFT) / len(months)
    points = []
    for index, figure in enumerate(months):
        month, shown = figure.month, figure.shown
        assert month is not None, "these are figures of months"
        # A December that begins the picture leaves the room to the year that follows.
        year = month.year if month.number == 1 or (index == 0 and month.number != 12) else None
        x = round(TREND_LEFT + width * (index + 0.5), 2)
        points.append(TrendPoint(x, y(shown.rate), y(shown.low), y(shown.high), month.number, year, words[index]))
    targets = [
        Stretch(round(point.x - width / 2, 2), at, round(point.x + width / 2, 2), at)
        for point, figure in zip(points, months, strict=True)
        if (at := y(figure.shown.target)) is not None
    ]
    marks = range(scale.start, 101, STEP if scale.start >= 50 else 2 * STEP)
    ticks = [Tick(y(Decimal(mark)) or 0.0, f"{mark}%") for mark in marks]
    return Trend(tuple(points), _lines(points), tuple(targets), tuple(ticks))


def _lines(points: Sequence[TrendPoint]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(left.x, left.y, right.x, right.y)
        for left, right in pairwise(points)
        if left.y is not None and right.y is not None
    )
