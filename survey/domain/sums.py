"""The sums that offices call "the rate", side by side, each under its own name: why two of them differ."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from survey.domain.figures import UnitFigures
from survey.domain.rates import percent
from survey.domain.weighting import Rollup


class SumKind(StrEnum):
    """How the answers are added up."""

    POOLED = "pooled"
    MEAN_OF_ITEMS = "mean_of_items"
    MEAN_OF_FACTORS = "mean_of_factors"
    WEIGHTED = "weighted"
    MEAN_SCORE = "mean_score"
    LEVEL_1 = "level_1"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Sum:
    """One of them: a percent, or a score from 1 to 5, with two decimals; None where withheld. `n` is what it counts."""

    kind: SumKind
    value: Decimal | None
    n: int | None


def of_unit(found: UnitFigures, content: int | None, weighted: Rollup | None) -> tuple[Sum, ...]:
    """The sums of one unit. `content` are the people satisfied with everything that they answered, where it is told."""
    shown, beside = found.overall.shown, found.beside
    told = shown.answers if shown.rate is not None else None
    level_1 = None if shown.counts is None or not shown.answers else percent(Fraction(shown.counts[0], shown.answers))
    everything = None if content is None or not shown.respondents else percent(Fraction(content, shown.respondents))
    parts = (
        (SumKind.POOLED, shown.rate, told),
        (SumKind.MEAN_OF_ITEMS, beside.mean_of_item_rates, sum(one.shown.rate is not None for one in found.items)),
        (SumKind.MEAN_OF_FACTORS, beside.mean_of_factor_rates, sum(f.shown.rate is not None for f in found.factors)),
        (
            SumKind.WEIGHTED,
            None if weighted is None else percent(weighted.value),
            None if weighted is None else weighted.units,
        ),
        (SumKind.MEAN_SCORE, shown.mean_score, told),
        (SumKind.LEVEL_1, level_1, told),
        (SumKind.EVERYTHING, everything, shown.respondents),
    )
    return tuple(Sum(kind, value, None if value is None else n) for kind, value, n in parts)
