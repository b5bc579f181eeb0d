"""The difference of two rates with its interval; a change is called one only where its interval excludes zero.

Newcombe's hybrid score interval (1998, method 10) from the two Wilson intervals, each over the effective answers of its
respondents. The two samples must share nobody. Made from shown figures alone.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from survey.domain.measures import Measure
from survey.domain.periods import Period
from survey.domain.rates import Z_95


class Change(StrEnum):
    """What may be said of B beside A."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"  # the interval holds zero
    FEW = "few"  # a side is under the minimum: the difference is shown, nothing is concluded
    UNKNOWN = "unknown"  # a side is withheld or empty
    APART = "apart"  # the sides are about other areas: boundaries were redrawn and cannot be joined


@dataclass(frozen=True, slots=True)
class Difference:
    """B − A with its interval, as shares from −1 to 1; None where a side is not shown."""

    change: Change
    value: Fraction | None = None
    low: float | None = None
    high: float | None = None


def difference(a: Measure | None, b: Measure | None, z: float = Z_95) -> Difference:
    """What B is more than A."""
    if a is None or b is None:
        return Difference(Change.UNKNOWN)
    value = b.value - a.value
    low, high = newcombe(a, b, z)
    return Difference(_change(low, high, few=a.few or b.few), value, low, high)


def newcombe(a: Measure, b: Measure, z: float = Z_95) -> tuple[float, float]:
    """The interval of B − A, as shares, unrounded."""
    (a_low, a_high), (b_low, b_high) = a.interval(z), b.interval(z)
    p_a, p_b = float(a.value), float(b.value)
    low = p_b - p_a - math.hypot(p_b - b_low, a_high - p_a)
    return low, p_b - p_a + math.hypot(b_high - p_b, p_a - a_low)


def _change(low: float, high: float, *, few: bool) -> Change:
    if few:
        return Change.FEW
    if low > 0:
        return Change.HIGHER
    return Change.LOWER if high < 0 else Change.UNCLEAR


def overlap(a: Period, b: Period) -> bool:
    """Whether two periods share a day, and so perhaps respondents."""
    return a.start <= b.end and b.start <= a.end
