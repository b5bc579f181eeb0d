"""Clustered and weighted standard errors against a survey package, on data of every shape (METHOD §5)."""

import math
from fractions import Fraction
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svy import Design, Sample

from survey.domain import rates, weighting
from survey.domain.measures import Measure
from survey.domain.tally import EMPTY, Cell
from survey.domain.weighting import Part

People = list[tuple[int, int]]  # answers of one respondent, and the satisfied ones among them
Row = tuple[str, str, float, float]  # unit, person, weight, satisfied

HUGE: People = [(m, Random(m * 7 + number).randint(0, m)) for number in range(1500) for m in (1 + number % 22,)]
SHAPES: dict[str, People] = {
    "all satisfied": [(16, 16)] * 12,
    "nobody satisfied": [(16, 0)] * 12,
    "one item": [(1, 1)] * 7 + [(1, 0)] * 4,
    "two people who disagree": [(22, 22), (22, 0)],
    "one who answered much beside many who answered little": [(22, 3)] + [(1, 1)] * 30,
    "one huge unit": HUGE,
}


def cell(people: People) -> Cell:
    m, s = sum(m for m, _ in people), sum(s for _, s in people)
    squares = (sum(m * m for m, _ in people), sum(m * s for m, s in people), sum(s * s for _, s in people))
    return Cell(len(people), (0, m - s, 0, 0, s), *squares)


def rows(unit: str, people: People, weight: float) -> list[Row]:
    return [
        (unit, f"{unit} {number}", weight, float(hit < s)) for number, (m, s) in enumerate(people) for hit in range(m)
    ]


def estimated(given_rows: list[Row], design: Design) -> tuple[float, float]:
    frame = pl.DataFrame(given_rows, schema=["unit", "person", "weight", "satisfied"], orient="row")
    found = Sample(frame, design).estimation.mean("satisfied")
    assert not isinstance(found, list)
    return found.estimates[0].est, found.estimates[0].se


@pytest.mark.parametrize("people", SHAPES.values(), ids=SHAPES.keys())
def test_clustered_errors_of_every_shape(people: People) -> None:
    found, own = rates.rate(cell(people)), rates.standard_error(cell(people))
    value, error = estimated(rows("x", people, 1.0), Design(psu="person"))
    assert found is not None
    assert float(found.value) == pytest.approx(value, abs=1e-12)
    assert own == pytest.approx(error, abs=1e-9)


def test_one_respondent_and_an_empty_unit_have_no_error() -> None:
    assert rates.standard_error(cell([(16, 9)])) is None
    assert rates.standard_error(EMPTY) is None
    assert rates.rate(EMPTY) is None


# A unit: its dossiers, and so many people who answered each so many items.
units = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(2, 40), st.integers(1, 16), st.integers(0, 10**6)),
    min_size=2,
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(units)
def test_weighted_and_clustered_errors_of_random_trees(tree: list[tuple[int, int, int, int]]) -> None:
    """Strata with the weights of dossiers: where all of a unit answer as many items, the combined and the separate
    ratio estimator are one, so the roll-up's value and √ΣW²·SE² must be the package's. An empty unit changes nothing.
    """
    total = sum(handled for handled, *_ in tree)
    parts, given_rows, variance = [Part(0, None)], [], 0.0
    for number, (handled, count, items, seed) in enumerate(tree):
        random = Random(seed)
        people = [(items, random.randint(0, items)) for _ in range(count)]
        own = cell(people)
        found, error = rates.rate(own), rates.standard_error(own)
        assert found is not None
        assert error is not None
        parts.append(Part(handled, Measure(found.value, found.n_eff, own.k, own.m, few=False)))
        given_rows += rows(f"u{number}", people, handled / own.m)
        variance += (handled / total * error) ** 2
    value, error = estimated(given_rows, Design(stratum="unit", psu="person", wgt="weight"))
    rolled = weighting.roll_up(parts)
    assert rolled is not None
    assert rolled.covered == Fraction(1)
    assert float(rolled.value) == pytest.approx(value, abs=1e-9)
    assert math.sqrt(variance) == pytest.approx(error, abs=1e-9)


def test_the_interval_of_the_roll_up_is_near_the_packages_where_units_are_large() -> None:
    """Wilson's half-width divided by z stands for the standard error; of many people they agree."""
    random, parts, given_rows = Random(5), [], []
    for number, (handled, count) in enumerate(((3000, 500), (1500, 400), (500, 1200))):
        people = [
            (16, sum(random.random() < mood for _ in range(16)))
            for mood in (random.betavariate(6, 2) for _ in range(count))
        ]
        own = cell(people)
        found = rates.rate(own)
        assert found is not None
        parts.append(Part(handled, Measure(found.value, found.n_eff, own.k, own.m, few=False)))
        given_rows += rows(f"u{number}", people, handled / own.m)
    _, error = estimated(given_rows, Design(stratum="unit", psu="person", wgt="weight"))
    rolled = weighting.roll_up(parts)
    assert rolled is not None
    assert rolled.low is not None
    assert rolled.high is not None
    assert (rolled.high - rolled.low) / (2 * rates.Z_95) == pytest.approx(error, rel=0.03)
