"""The roll-up by dossiers handled: what the rate of a tree is when every dossier counts the same (METHOD §5).

Beside it stands the pooled rate, where every answer counts the same. Made from shown figures alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from survey.domain.measures import Measure
from survey.domain.rates import Z_95

COVERED_MINIMUM = Fraction(80, 100)  # of the weight, under which there is no interval


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's dossiers handled, and its measure where it is shown."""

    handled: int
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Rollup:
    """The weighted rate as a share, its bounds where enough weight is covered, and the share of weight covered.

    `unknown` counts shown units without dossiers in the period: they have no weight, so they are left out.
    """

    value: Fraction
    low: float | None
    high: float | None
    covered: Fraction
    units: int
    unknown: int


def roll_up(parts: Sequence[Part], elsewhere: int = 0) -> Rollup | None:
    """R_w = ΣW_u·R_u with the variance ΣW_u²·v_u, over shown units, weights renormalised; None without any.

    `elsewhere` are dossiers handled at no unit of the parts, such as those of the unit above itself: not covered.
    """
    shown = [(part.handled, part.measure) for part in parts if part.measure is not None and part.handled > 0]
    weight = sum(handled for handled, _ in shown)
    if not weight:
        return None
    value = sum((handled * measure.value for handled, measure in shown), Fraction(0)) / weight
    covered = Fraction(weight, sum(part.handled for part in parts) + elsewhere)
    unknown = sum(part.measure is not None and part.handled == 0 for part in parts)
    if covered < COVERED_MINIMUM:
        return Rollup(value, None, None, covered, len(shown), unknown)
    half = Z_95 * math.sqrt(sum((handled / weight) ** 2 * measure.variance() for handled, measure in shown))
    low, high = max(0.0, float(value) - half), min(1.0, float(value) + half)
    return Rollup(value, low, high, covered, len(shown), unknown)
