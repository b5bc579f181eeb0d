"""Differences against statsmodels, roll-up and correction by hand and against svy, the funnel's limits, METHOD §9."""

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from svy import Design, Sample

from survey.domain import boundaries, comparison, decision766, funnel, measures, merging, populations, weighting
from survey.domain.comparison import Change
from survey.domain.disclosure import Minimums, show
from survey.domain.funnel import Outside
from survey.domain.measures import Measure
from survey.domain.periods import Period
from survey.domain.rates import Rate
from survey.domain.tally import Cell
from survey.domain.units import Unit, UnitKind
from survey.domain.weighting import Part
from tests.support import samples


def measure(satisfied: int, answers: int, few: bool = False) -> Measure:
    """Respondents with one answer each."""
    return Measure(Fraction(satisfied, answers), Fraction(answers), answers, answers, few)


sides = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(sides, sides)
def test_a_difference_is_newcombes(a: tuple[int, int], b: tuple[int, int]) -> None:
    low, high = comparison.newcombe(measure(*a), measure(*b))
    expected = confint_proportions_2indep(b[0], b[1], a[0], a[1], method="newcomb", compare="diff", alpha=0.05)
    assert (low, high) == pytest.approx(expected, abs=1e-7)


def test_newcombes_own_example() -> None:
    """Newcombe (1998), table II, example a, method 10: 56/70 − 48/80 → 0,0524 to 0,3339."""
    low, high = comparison.newcombe(measure(48, 80), measure(56, 70))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("a", "b", "change"),
    [
        (measure(48, 80), measure(56, 70), Change.HIGHER),
        (measure(56, 70), measure(48, 80), Change.LOWER),
        (measure(50, 70), measure(48, 70), Change.UNCLEAR),
        (measure(2, 12, few=True), measure(69, 70), Change.FEW),
        (None, measure(69, 70), Change.UNKNOWN),
    ],
)
def test_a_change_is_one_only_where_the_interval_excludes_zero(a: Measure | None, b: Measure, change: Change) -> None:
    assert comparison.difference(a, b).change is change


def test_the_design_effect_of_respondents_widens_the_difference() -> None:
    """The same answers by fewer people, all of one mind, are worth fewer."""
    one_mind = Cell(50, (0, 100, 0, 0, 150), 50 * 25, 30 * 25, 30 * 25)
    other = Cell(50, (0, 70, 0, 0, 180), 50 * 25, 36 * 25, 36 * 25)
    a, b = (measures.of_shown(show(cell, Minimums())) for cell in (one_mind, other))
    assert a is not None
    assert a.n_eff == 50
    assert comparison.difference(a, b).change is Change.UNCLEAR
    assert comparison.difference(measure(150, 250), measure(180, 250)).change is Change.HIGHER


def test_a_withheld_figure_has_no_measure() -> None:
    assert measures.of_shown(show(Cell.of_item((1, 1, 1, 1, 1)), Minimums())) is None
    assert measures.of_shown(show(Cell.of_item((0, 0, 0, 0, 0)), Minimums())) is None


def test_periods_that_share_a_day_overlap() -> None:
    may, june = Period(date(2026, 5, 1), date(2026, 5, 31)), Period(date(2026, 6, 1), date(2026, 6, 30))
    assert not comparison.overlap(may, june)
    assert comparison.overlap(Period(may.start, june.start), june)


def test_the_roll_up_by_hand() -> None:
    """Weights 600/1000 and 400/1000, rates 0,9 and 0,7; half-widths of Wilson's intervals from METHOD's checks."""
    parts = [Part(600, measure(180, 200)), Part(400, measure(70, 100)), Part(100, None)]
    found = weighting.roll_up(parts, elsewhere=50)
    assert found is not None
    assert found.value == Fraction(82, 100)
    assert found.covered == Fraction(1000, 1150)
    halves = [(0.9343866 - 0.8506097) / 2, (0.7810511 - 0.6041515) / 2]  # statsmodels, proportion_confint, wilson
    half = math.hypot(0.6 * halves[0], 0.4 * halves[1])
    assert [found.low, found.high] == pytest.approx([0.82 - half, 0.82 + half], abs=1e-5)


def test_the_roll_ups_interval_is_near_that_of_a_stratified_sample() -> None:
    """svy on people in three strata with the weights of dossiers: the same estimate, nearly the same error."""
    strata = [("a", 3000, 450, 500), ("b", 1500, 320, 400), ("c", 500, 210, 300)]
    rows = [{"stratum": name, "y": float(i < s), "w": handled / n} for name, handled, s, n in strata for i in range(n)]
    sample = Sample(pl.DataFrame(rows), Design(stratum="stratum", wgt="w"))
    estimated = sample.estimation.mean("y")
    assert not isinstance(estimated, list)
    estimate = estimated.estimates[0]
    found = weighting.roll_up([Part(handled, measure(s, n)) for _, handled, s, n in strata])
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert float(found.value) == pytest.approx(estimate.est, abs=1e-9)
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(estimate.se, rel=0.02)


def test_under_four_fifths_of_the_weight_there_is_no_interval() -> None:
    found = weighting.roll_up([Part(79, measure(45, 50)), Part(21, None)])
    assert found is not None
    assert (found.value, found.low, found.covered) == (Fraction(9, 10), None, Fraction(79, 100))
    whole = weighting.roll_up([Part(80, measure(45, 50)), Part(20, None)])
    assert whole is not None
    assert whole.low is not None


def test_units_without_dossiers_have_no_weight() -> None:
    found = weighting.roll_up([Part(0, measure(10, 50)), Part(7, measure(45, 50))])
    assert found is not None
    assert (found.value, found.units, found.unknown) == (Fraction(9, 10), 1, 1)
    assert weighting.roll_up([Part(0, measure(10, 50))]) is None
    assert weighting.roll_up([]) is None


@pytest.mark.parametrize(
    ("respondents", "handled", "answered", "n_eff", "corrected", "incomplete"),
    [
        (100, 400, Fraction(85, 100), Fraction(160), True, False),  # 120 / (1 − ¼)
        (100, 400, Fraction(79, 100), Fraction(120), False, False),
        (100, 400, None, Fraction(120), False, False),
        (400, 400, Fraction(1), Fraction(120), False, True),
        (401, 400, None, Fraction(120), False, True),
    ],
)
def test_the_finite_population_correction(
    respondents: int, handled: int, answered: Fraction | None, n_eff: Fraction, corrected: bool, incomplete: bool
) -> None:
    found = populations.finite(Rate(Fraction(9, 10), 0, 1, Fraction(120)), respondents, handled, answered)
    assert (found.n_eff, found.corrected, found.incomplete) == (n_eff, corrected, incomplete)


def test_merged_units_pool_their_answers() -> None:
    found = merging.merged([measure(45, 50), measure(60, 100)])
    assert found is not None
    assert (found.value, found.respondents) == (Fraction(105, 150), 150)
    assert 120 < found.n_eff <= 150
    assert merging.merged([]) is None
    assert merging.merged([measure(45, 50)]) == measure(45, 50)


def test_the_limits_of_a_funnel_are_where_wilson_begins_to_hold_the_groups_rate() -> None:
    at = funnel.limits(Fraction(9, 10), 1.0, 400)
    half = 1.959964 * math.sqrt(0.9 * 0.1 / 400)
    assert [at.low_95, at.high_95] == pytest.approx([0.9 - half, 0.9 + half])
    assert [at.low_998, at.high_998] == pytest.approx([0.9 - half * 3.090232 / 1.959964, 0.946353], abs=1e-5)
    edge = Measure(Fraction(at.low_95), Fraction(400), 400, 400, few=False)
    assert edge.interval()[1] == pytest.approx(0.9, abs=1e-9)


def test_points_are_told_apart_by_the_limits() -> None:
    shares = [(900, 1000), (910, 1000), (870, 1000), (820, 1000), (27, 30), (5, 9)]
    figures = [samples.overall(samples.unit(n, str(n)), (0, k - s, 0, 0, s)) for n, (s, k) in enumerate(shares)]
    found = funnel.funnel(figures)
    assert found is not None
    assert found.rate == Fraction(900 + 910 + 870 + 820 + 27, 4030)
    assert [found.outside(n) for n in range(6)] == [
        Outside.BEYOND_95,
        Outside.BEYOND_998,
        Outside.WITHIN,
        Outside.BEYOND_998,
        Outside.WITHIN,
        None,
    ]
    assert found.target == 85
    assert [found.curve[0].respondents, found.curve[-1].respondents] == pytest.approx([30, 1000])
    assert funnel.funnel(figures[:1]) is None


def unit(number: int, *, ended: date | None = None, above: tuple[int, ...] = (0,)) -> Unit:
    return Unit(number, str(number), str(number), UnitKind.COMMUNE, (*above, number), None, ended, f"{number:03}")


def test_whole_mergers_add_up_and_divided_units_are_not_split() -> None:
    """1 and 2 went into 3, and 3 with 4 into 5; 6 was divided between 5 and 7."""
    last = date(2025, 6, 30)
    units = [unit(n, ended=last if n in (1, 2, 3, 4, 6) else None) for n in range(1, 8)]
    successors = {1: (3,), 2: (3,), 3: (5,), 4: (5,), 6: (5, 7)}
    found = boundaries.lineage(units[4], units, successors)
    assert [one.id for one in found.merged] == [1, 2, 3, 4]
    assert [one.id for one in found.split] == [6]
    assert found.breaks(Period(date(2025, 1, 1), date(2025, 12, 31))) == (date(2025, 7, 1),)
    assert found.breaks(Period(date(2025, 7, 1), date(2025, 12, 31))) == ()
    assert boundaries.lineage(units[6], units, successors).merged == ()


def test_a_former_unit_below_is_already_within() -> None:
    units = [unit(1), unit(2, ended=date(2025, 6, 30), above=(0, 1))]
    assert boundaries.lineage(units[0], units, {2: (1,)}).merged == ()


@pytest.mark.parametrize(
    ("content", "dossiers", "percent", "points"),
    [(144574, 184513, "78.35", "5.22"), (332, 482, "68.88", "4.59"), (939, 1038, "90.46", "6"), (0, 5, "0.00", "0")],
)
def test_decision_766_gives_the_counted_examples(content: int, dossiers: int, percent: str, points: str) -> None:
    found = decision766.indicator(content, dossiers)
    assert (found.percent, found.points) == (Decimal(percent), Decimal(points))


def test_no_dossiers_give_no_points() -> None:
    assert decision766.indicator(0, 0) == decision766.Indicator(0, 0, None, Decimal(0))
