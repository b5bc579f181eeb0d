"""From a cell to its satisfaction rate, how sure it is, and what may be said of it against a target (METHOD §4–5).

Exact while it can be: integers and fractions up to the square root of the interval; percents rounded half-up at the
very end. Bounds are compared unrounded.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist

from survey.domain.tally import Cell

Z_95 = 1.959964  # two-sided 95 %, as METHOD prints it
EXACT_TAIL = 0.025  # one-sided tail that a verdict needs besides its interval
SURELY = 0.999  # so much below it a bound decides, whatever the last digits of a sum
VERDICT_MINIMUM = 30  # respondents
TRUST_SCALE = 25  # D² at which half of the spread that the respondents show is believed
NEEDED_LIMIT = 1000  # more answers than this are not worth a figure


class Verdict(StrEnum):
    """What a rate says about its target."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its 95 % interval, all three as shares from 0 to 1; `n_eff` is the effective number of answers."""

    value: Fraction
    low: float
    high: float
    n_eff: Fraction


def percent(share: Fraction | float) -> Decimal:
    """A share as percent with two decimals, half-up: 1/32 → 3.13."""
    if isinstance(share, Fraction):
        return _half_up(Decimal(share.numerator * 100) / Decimal(share.denominator))
    return _half_up(Decimal(repr(share)) * 100)


def _half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def rate(cell: Cell) -> Rate | None:
    """The pooled rate (c4 + c5) / n with its interval; None when there is no answer."""
    if cell.m == 0:
        return None
    value, n_eff = Fraction(cell.s, cell.m), effective_answers(cell)
    low, high = wilson(value, n_eff)
    return Rate(value, low, high, n_eff)


def corrected(found: Rate, n_eff: Fraction) -> Rate:
    """The same rate over another number of effective answers."""
    return found if n_eff == found.n_eff else Rate(found.value, *wilson(found.value, n_eff), n_eff)


def effective_answers(cell: Cell) -> Fraction:
    """How many independent answers the respondents are worth (METHOD §5): at most all answers, often fewer."""
    k, m, s = cell.k, cell.m, cell.s
    spread = cell.ss * m * m - 2 * s * m * cell.sm + s * s * cell.mm  # Q·(Σm)², an integer
    if s in (0, m) or spread <= 0:
        return Fraction(k)
    raw = min(Fraction(s * (m - s) * m * m, spread), Fraction(m))
    if raw <= k:
        return raw
    minority_squared = (k * Fraction(min(s, m - s), m)) ** 2
    return k + (raw - k) * minority_squared / (minority_squared + TRUST_SCALE)


def wilson(share: Fraction | float, n: Fraction | float, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval (Wilson 1927) of a share among n independent answers, as shares."""
    p, size = float(share), float(n)
    z2 = z * z
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    half = z / (1 + z2 / size) * math.sqrt(p * (1 - p) / size + z2 / (4 * size * size))
    low = 0.0 if p == 0 else max(0.0, middle - half)
    return low, 1.0 if p == 1 else min(1.0, middle + half)


def standard_error(cell: Cell) -> float | None:
    """The linearised standard error of the ratio Σs/Σm (as R's survey package), a share; None under two respondents."""
    k, m, s = cell.k, cell.m, cell.s
    if k < 2:
        return None
    spread = Fraction(cell.ss * m * m - 2 * s * m * cell.sm + s * s * cell.mm, m * m)
    return math.sqrt(Fraction(k, k - 1) * spread) / m


def ranking_z(units: int) -> float:
    """The z that keeps 95 % for all intervals of so many ranked units together: Φ⁻¹(½ + ½·0,95^(1/G))."""
    return NormalDist().inv_cdf(0.5 + 0.5 * 0.95 ** (1 / units))


def verdict(cell: Cell, target: Decimal, known: Rate | None = None) -> Verdict:
    """Whether the overall rate meets a target in percent; undecided unless interval and exact tail both say so.

    `known` is the cell's rate where it was corrected for a finite population.
    """
    found = known or rate(cell)
    if found is None or cell.k < VERDICT_MINIMUM:
        return Verdict.UNDECIDED
    goal, n = Fraction(target) / 100, math.floor(found.n_eff)
    if found.low >= goal and _is_rare(math.floor(found.value * n), n, goal):
        return Verdict.MET
    if found.high < goal and _is_rare(n - math.ceil(found.value * n), n, 1 - goal):
        return Verdict.NOT_MET
    return Verdict.UNDECIDED


def _is_rare(x: int, n: int, share: Fraction) -> bool:
    """Whether P(X ≥ x) of a binomial with n trials is at most EXACT_TAIL.

    Above the mean the terms fall faster than a geometric row that begins with the first two: where its sum is small
    enough, as in most offices, nothing needs adding up.
    """
    p = float(share)
    if 0 < p < 1 and n * p < x <= n:
        first = _term(x, n, p)
        ratio = (n - x) / (x + 1) * p / (1 - p)
        if first / (1 - ratio) <= EXACT_TAIL * SURELY:
            return True
    return _upper_tail(x, n, share) <= EXACT_TAIL


def _term(x: int, n: int, p: float) -> float:
    """P(X = x)."""
    log_term = math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1) + x * math.log(p)
    return math.exp(log_term + (n - x) * math.log1p(-p))


def _upper_tail(x: int, n: int, share: Fraction) -> float:
    """P(X ≥ x) of a binomial with n trials, summed away from the mean until a term no longer matters."""
    p = float(share)
    if x <= 0 or p >= 1:
        return 1.0
    if x > n or p <= 0:
        return 0.0
    if x <= n * p:
        return 1.0 - _upper_tail(n - x + 1, n, 1 - share)
    term = _term(x, n, p)
    total, odds = term, p / (1 - p)
    for successes in range(x, n):
        term *= (n - successes) / (successes + 1) * odds
        total += term
        if term < total * 1e-17:
            break
    return min(1.0, total)


@dataclass(frozen=True, slots=True)
class Needed:
    """About how many more answers would decide, if the rate stays: tens, or None where that is over the limit."""

    answers: int | None


def needed(cell: Cell, target: Decimal, known: Rate | None = None) -> Needed | None:
    """What an undecided rate lacks (METHOD §5); None when it is decided or empty. No quota to collect."""
    found = known or rate(cell)
    if found is None or verdict(cell, target, known) is not Verdict.UNDECIDED:
        return None
    goal = Fraction(target) / 100

    def decides(k: int) -> bool:
        low, high = wilson(found.value, found.n_eff * Fraction(k, cell.k))
        return low >= goal or high < goal

    most = cell.k + NEEDED_LIMIT
    if not decides(most):
        return Needed(None)
    lower, upper = cell.k, most  # decides(upper) holds and is monotone in k
    while upper - lower > 1:
        middle = (lower + upper) // 2
        lower, upper = (lower, middle) if decides(middle) else (middle, upper)
    lacking = max(upper, VERDICT_MINIMUM) - cell.k
    return Needed(10 * math.ceil(lacking / 10))


def mean_of_rates(cells: Sequence[Cell]) -> Fraction | None:
    """The unweighted mean of the cells' rates, each counted once; cells without answers are left out."""
    shares = [Fraction(cell.s, cell.m) for cell in cells if cell.m]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def mean_score(cell: Cell) -> Fraction | None:
    """The mean level, 1 to 5."""
    return Fraction(sum(level * count for level, count in enumerate(cell.counts, 1)), cell.m) if cell.m else None


def share_answered(responses: int, answers: int, items: int) -> Fraction | None:
    """Answers given of all that the respondents were shown."""
    return Fraction(answers, responses * items) if responses else None


def sample_size(population: int, margin: Fraction = Fraction(1, 20)) -> int:
    """Yamane's n = N / (1 + N·e²), rounded up (1383/QĐ-BNV uses e = 5 %)."""
    return math.ceil(population / (1 + population * margin * margin))
