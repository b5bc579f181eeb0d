"""Decision 766/QĐ-TTg's "mức độ hài lòng trong tiếp nhận, giải quyết TTHC" (METHOD §9): no survey, and no SIPAS.

It counts a dossier as satisfied when nobody complained and it was not late.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MOST_POINTS = 6
FULL_FROM = Fraction(90, 100)  # the share that gives all points
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Indicator:
    """Dossiers without complaint or lateness, of all; percent and points with two decimals, half-up."""

    content: int
    dossiers: int
    percent: Decimal | None  # None without dossiers
    points: Decimal


def indicator(content: int, dossiers: int) -> Indicator:
    """points = min(6, 6 × ratio ÷ 0,90) from the unrounded ratio; no dossiers, no points."""
    if not dossiers:
        return Indicator(content, 0, None, Decimal(0))
    ratio = Fraction(content, dossiers)
    return Indicator(
        content, dossiers, _rounded(ratio * 100), _rounded(min(Fraction(MOST_POINTS), MOST_POINTS * ratio / FULL_FROM))
    )


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
