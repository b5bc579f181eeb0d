"""Rates, intervals and verdicts against METHOD's vectors and independent packages."""

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint
from svy import Design, Sample

from survey.domain import rates
from survey.domain.rates import Verdict
from survey.domain.tally import Cell

People = list[tuple[int, int]]  # answers of one respondent, and the satisfied ones among them


def cell_of(people: People) -> Cell:
    """The cell of respondents given as (m, s); dissatisfied answers at level 2, satisfied at level 5."""
    m, s = sum(m for m, _ in people), sum(s for _, s in people)
    squares = (sum(m * m for m, _ in people), sum(m * s for m, s in people), sum(s * s for _, s in people))
    return Cell(len(people), (0, m - s, 0, 0, s), *squares)


def people_of(answers: int, satisfied: int) -> People:
    """Independent respondents with one answer each."""
    return [(1, 1)] * satisfied + [(1, 0)] * (answers - satisfied)


people = st.lists(
    st.integers(1, 22).flatmap(lambda m: st.tuples(st.just(m), st.integers(0, m))), min_size=1, max_size=60
)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((1, 2, 3, 10, 4), "70.00"),
        ((0, 0, 2, 1, 0), "33.33"),
        ((0, 1, 0, 1, 1), "66.67"),
        ((5, 0, 0, 0, 1), "16.67"),
        ((0, 7, 0, 1, 0), "12.50"),
        ((0, 0, 31, 0, 1), "3.13"),
        ((0, 0, 994, 9006, 0), "90.06"),
        ((0, 9102, 0, 898, 0), "8.98"),
        ((0, 9904, 0, 0, 96), "0.96"),
    ],
)
def test_a_rate_is_the_share_of_the_two_top_levels_half_up(
    counts: tuple[int, int, int, int, int], expected: str
) -> None:
    found = rates.rate(Cell.of_item(counts))
    assert found is not None
    assert rates.percent(found.value) == Decimal(expected)


def test_three_items_pool_their_answers_and_their_mean_stands_apart() -> None:
    items = [Cell.of_item((0, 2, 0, 0, 18)), Cell.of_item((0, 5, 0, 0, 15)), Cell.of_item((0, 4, 0, 0, 1))]
    pooled = items[0] + items[1] + items[2]
    found, mean = rates.rate(pooled), rates.mean_of_rates(items)
    assert found is not None
    assert mean is not None
    assert (rates.percent(found.value), rates.percent(mean)) == (Decimal("75.56"), Decimal("61.67"))


def test_no_answer_has_no_rate() -> None:
    assert rates.rate(Cell(0, (0, 0, 0, 0, 0), 0, 0, 0)) is None


@pytest.mark.parametrize(
    ("satisfied", "answers", "low", "high"),
    [(9, 10, 59.6, 98.2), (20, 20, 83.9, 100.0), (45, 50, 78.6, 95.7), (180, 200, 85.1, 93.4)],
)
def test_wilson_gives_the_published_checks(satisfied: int, answers: int, low: float, high: float) -> None:
    found = rates.rate(Cell.of_item((0, answers - satisfied, 0, 0, satisfied)))
    assert found is not None
    assert round(found.low * 100, 1) == low
    assert round(found.high * 100, 1) == high


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_statsmodels(case: tuple[int, int]) -> None:
    satisfied, answers = case
    low, high = rates.wilson(Fraction(satisfied, answers), answers)
    expected = proportion_confint(satisfied, answers, alpha=0.05, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=2e-8)  # METHOD's z has seven digits


# METHOD prints 70,7 for two dissatisfied answers: that is one each by two people; both by one person give 70,6.
@pytest.mark.parametrize(("dissatisfied", "low"), [([0, 0], 72.2), ([1, 0], 71.4), ([1, 1], 70.7), ([2, 0], 70.6)])
def test_a_few_dissatisfied_answers_hardly_move_the_bound(dissatisfied: list[int], low: float) -> None:
    found = rates.rate(cell_of([(16, 16)] * 8 + [(16, 16 - answers) for answers in dissatisfied]))
    assert found is not None
    assert round(found.low * 100, 1) == low


@given(people)
def test_the_effective_number_follows_the_formula_of_the_method(sample: People) -> None:
    k, m, s = len(sample), sum(m for m, _ in sample), sum(s for _, s in sample)
    ratio = Fraction(s, m)
    q = sum((Fraction(s_i) - ratio * m_i) ** 2 for m_i, s_i in sample)
    raw = min(ratio * (1 - ratio) * m * m / q, Fraction(m)) if 0 < ratio < 1 and q > 0 else Fraction(k)
    d = k * min(ratio, 1 - ratio)
    expected = k + (raw - k) * d * d / (d * d + 25) if raw > k else raw
    assert rates.effective_answers(cell_of(sample)) == expected


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_single_item_is_worth_exactly_its_respondents(case: tuple[int, int]) -> None:
    satisfied, answers = case
    assert rates.effective_answers(Cell.of_item((0, answers - satisfied, 0, 0, satisfied))) == answers


@settings(max_examples=40, deadline=None)
@given(people.filter(lambda sample: len(sample) > 1))
def test_the_standard_error_equals_that_of_a_survey_package(sample: People) -> None:
    rows = [(person, float(hit < s)) for person, (m, s) in enumerate(sample) for hit in range(m)]
    frame = pl.DataFrame(rows, schema=["person", "satisfied"], orient="row")
    estimate = Sample(frame, Design(psu="person")).estimation.mean("satisfied")
    assert not isinstance(estimate, list)
    assert rates.standard_error(cell_of(sample)) == pytest.approx(estimate.estimates[0].se, abs=1e-9)


def test_one_respondent_has_no_standard_error() -> None:
    assert rates.standard_error(cell_of([(16, 12)])) is None


@pytest.mark.parametrize(
    ("satisfied", "answers", "expected"),
    [
        (20, 20, Verdict.UNDECIDED),  # 20 of 20 do not prove 85 %
        (29, 29, Verdict.UNDECIDED),  # under 30 respondents nothing is said
        (30, 30, Verdict.MET),
        (180, 200, Verdict.UNDECIDED),  # its interval starts at 85,1, but P(X ≥ 180) is 2,55 % at the target
        (181, 200, Verdict.MET),
        (170, 200, Verdict.UNDECIDED),
        (150, 200, Verdict.NOT_MET),
    ],
)
def test_a_verdict_needs_interval_and_number(satisfied: int, answers: int, expected: Verdict) -> None:
    assert rates.verdict(cell_of(people_of(answers, satisfied)), Decimal(85)) is expected


@settings(deadline=None)
@given(people, st.integers(1, 99))
def test_a_verdict_agrees_with_its_definition(sample: People, target: int) -> None:
    cell = cell_of(sample)
    found = rates.rate(cell)
    assert found is not None
    n = found.n_eff.__floor__()
    low, high = proportion_confint(float(found.value * found.n_eff), float(found.n_eff), method="wilson")
    expected = Verdict.UNDECIDED
    if cell.k >= 30 and low >= target / 100 and binom.sf((found.value * n).__floor__() - 1, n, target / 100) <= 0.025:
        expected = Verdict.MET
    if cell.k >= 30 and high < target / 100 and binom.cdf((found.value * n).__ceil__(), n, target / 100) <= 0.025:
        expected = Verdict.NOT_MET
    assert rates.verdict(cell, Decimal(target)) is expected


def test_what_is_lacking_is_counted_in_tens_and_bounded() -> None:
    undecided = rates.needed(cell_of(people_of(100, 90)), Decimal(85))
    assert undecided is not None
    assert undecided.answers is not None
    assert undecided.answers % 10 == 0
    more = 100 + undecided.answers
    assert proportion_confint(0.9 * more, more, method="wilson")[0] >= 0.85
    assert proportion_confint(0.9 * (more - 10), more - 10, method="wilson")[0] < 0.85
    assert rates.needed(cell_of(people_of(1000, 852)), Decimal(85)) == rates.Needed(None)
    assert rates.needed(cell_of(people_of(200, 181)), Decimal(85)) is None


@pytest.mark.parametrize(("population", "expected"), [(100, 80), (500, 223), (1000, 286), (5000, 371), (10000, 385)])
def test_the_sample_size_is_that_of_the_ministry(population: int, expected: int) -> None:
    assert rates.sample_size(population) == expected


@pytest.mark.parametrize(("units", "expected"), [(22, 3.045), (30, 3.137), (126, 3.535)])
def test_the_ranking_z_is_that_of_the_method(units: int, expected: float) -> None:
    assert round(rates.ranking_z(units), 3) == expected
