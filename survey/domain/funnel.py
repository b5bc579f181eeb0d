"""A funnel: how far rates scatter by luck alone around the rate of their group, by the number of respondents.

The limits are p ± z·√(p(1−p)/n), n = respondents × the group's effective answers a respondent: the score limits to
which Wilson's interval is the counterpart. Made from shown figures alone.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist

from survey.domain.figures import Figure
from survey.domain.measures import Measure, of_shown
from survey.domain.rates import Z_95

Z_998 = NormalDist().inv_cdf(0.999)  # two-sided 99,8 %
STEPS = 48  # points of a drawn limit


class Outside(StrEnum):
    """Where a point lies."""

    WITHIN = "within"
    BEYOND_95 = "beyond_95"  # one of twenty does so by luck
    BEYOND_998 = "beyond_998"  # one of five hundred


@dataclass(frozen=True, slots=True)
class Point:
    """A unit in the funnel; its rate as a share."""

    figure: Figure
    respondents: int
    rate: float
    outside: Outside


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits at so many respondents, as shares from 0 to 1."""

    respondents: float
    low_998: float
    low_95: float
    high_95: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """The group's pooled rate of its shown units, points by respondents, the limits' curve, and the one target."""

    rate: Fraction
    points: tuple[Point, ...]
    curve: tuple[Limits, ...]
    target: Decimal | None

    @property
    def most(self) -> int:
        """Respondents of the largest unit."""
        return max(point.respondents for point in self.points)

    def outside(self, unit_id: int) -> Outside | None:
        """Where a unit lies, None where it is not shown."""
        return next((point.outside for point in self.points if point.figure.unit.id == unit_id), None)


def funnel(figures: Iterable[Figure]) -> Funnel | None:
    """The funnel of one group's overall figures; None with fewer than two that are shown."""
    shown = [(figure, measure) for figure in figures if (measure := of_shown(figure.shown)) is not None]
    if len(shown) < 2:
        return None
    measures = [measure for _, measure in shown]
    rate = pooled(measures)
    worth = float(sum((measure.n_eff for measure in measures), Fraction(0))) / sum(m.respondents for m in measures)
    points = [_point(figure, measure, limits(rate, worth, measure.respondents)) for figure, measure in shown]
    points.sort(key=lambda point: (point.respondents, point.figure.unit.sort_key))
    goals = {figure.shown.target for figure, _ in shown}
    return Funnel(rate, tuple(points), _curve(rate, worth, points), goals.pop() if len(goals) == 1 else None)


def pooled(measures: Sequence[Measure]) -> Fraction:
    """The rate of all answers of these units together."""
    answers = sum(measure.answers for measure in measures)
    return sum((measure.value * measure.answers for measure in measures), Fraction(0)) / answers


def limits(rate: Fraction, worth: float, respondents: float) -> Limits:
    """Both pairs of limits; `worth` is how many effective answers a respondent is worth."""
    p = float(rate)
    error = math.sqrt(p * (1 - p) / (respondents * worth))
    low_998, low_95 = max(0.0, p - Z_998 * error), max(0.0, p - Z_95 * error)
    return Limits(respondents, low_998, low_95, min(1.0, p + Z_95 * error), min(1.0, p + Z_998 * error))


def _point(figure: Figure, measure: Measure, at: Limits) -> Point:
    rate = float(measure.value)
    if not at.low_998 <= rate <= at.high_998:
        outside = Outside.BEYOND_998
    else:
        outside = Outside.WITHIN if at.low_95 <= rate <= at.high_95 else Outside.BEYOND_95
    return Point(figure, measure.respondents, rate, outside)


def _curve(rate: Fraction, worth: float, points: Sequence[Point]) -> tuple[Limits, ...]:
    """Denser where the limits bend: even steps of the square root."""
    first, last = math.sqrt(points[0].respondents), math.sqrt(points[-1].respondents)
    roots = [first + (last - first) * step / STEPS for step in range(STEPS + 1)] if last > first else [first]
    return tuple(limits(rate, worth, root * root) for root in roots)
