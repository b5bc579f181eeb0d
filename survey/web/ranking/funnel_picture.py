"""Where things stand in the funnel of a page: percent of the drawing's width and height, from its top left corner."""

import math
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext

from survey.domain.funnel import Funnel, Limits
from survey.domain.rates import percent
from survey.web.figures.pictures import Tick
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.standing import FUNNEL_NUMBERS, OUTSIDE

STEP = 10
TICKS = (10, 30, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000, 1_000_000)
CLOSEST = 7.0  # percent of the width between two labels
ROOM = 0.03  # of the width, left and right of the outermost points
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit: its place, where it lies, and its name and words for a pointer or keyboard that is on it."""

    x: float
    y: float
    outside: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Points, the four limits as lists of places, the heights of the group's rate and the target, and ticks."""

    dots: tuple[Dot, ...]
    limits_95: tuple[str, str]
    limits_998: tuple[str, str]
    rate: float
    rate_words: str
    target: float | None
    target_words: str
    columns: tuple[Tick, ...]
    lines: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Across: the square root of respondents. Down: shares, from 1 at the top to `start`."""

    first: float
    last: float
    start: float

    def x(self, respondents: float) -> float:
        width = (self.last - self.first) or 1.0
        return round(100 * (ROOM + (1 - 2 * ROOM) * (math.sqrt(respondents) - self.first) / width), 2)

    def y(self, share: float) -> float:
        return round(100 * (1 - share) / (1 - self.start), 2)


def picture(found: Funnel | None) -> Picture | None:
    """The places of a funnel; None where there is none."""
    if found is None:
        return None
    scale = _scale(found)
    target = found.target
    return Picture(
        dots=tuple(
            Dot(
                scale.x(point.respondents),
                scale.y(point.rate),
                point.outside.value,
                point.figure.unit.name,
                _words(found, index),
            )
            for index, point in enumerate(found.points)
        ),
        limits_95=(_line(found, scale, "low_95"), _line(found, scale, "high_95")),
        limits_998=(_line(found, scale, "low_998"), _line(found, scale, "high_998")),
        rate=scale.y(float(found.rate)),
        rate_words=numbers.percent(percent(found.rate), current()),
        target=None if target is None else scale.y(float(target) / 100),
        target_words="" if target is None else numbers.percent(target.quantize(Decimal("0.01")), current()),
        columns=_columns(found, scale),
        lines=tuple(
            Tick(scale.y(mark / 100), f"{mark}%")
            for mark in range(round(scale.start * 100), 101, STEP if scale.start >= 0.5 else 2 * STEP)
        ),
    )


def _scale(found: Funnel) -> _Scale:
    lowest = [point.rate for point in found.points] + [found.curve[0].low_95, 0.9]
    lowest += [] if found.target is None else [float(found.target) / 100]
    start = math.floor((min(lowest) - 0.01) * 100 / STEP) * STEP / 100
    return _Scale(math.sqrt(found.points[0].respondents), math.sqrt(found.most), max(0.0, start))


def _line(found: Funnel, scale: _Scale, name: str) -> str:
    """Points of a polyline."""
    return " ".join(f"{scale.x(at.respondents)},{_height(at, scale, name)}" for at in found.curve)


def _height(at: Limits, scale: _Scale, name: str) -> float:
    return min(100.0, scale.y(getattr(at, name)))


def _columns(found: Funnel, scale: _Scale) -> tuple[Tick, ...]:
    """Labels of respondents, those left out that would touch the one before."""
    ticks: list[Tick] = []
    for count in TICKS:
        if found.points[0].respondents <= count <= found.most:
            at = scale.x(count)
            if not ticks or at - ticks[-1].at >= CLOSEST:
                ticks.append(Tick(at, numbers.integer(count, current())))
    return tuple(ticks)


def _words(found: Funnel, index: int) -> str:
    point = found.points[index]
    one = translate(
        FUNNEL_NUMBERS,
        rate=numbers.percent(point.figure.shown.rate or Decimal(0), current()),
        respondents=numbers.integer(point.respondents, current()),
    )
    return f"{one}: {translate(OUTSIDE[point.outside])}"
