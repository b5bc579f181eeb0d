"""Rank ranges: METHOD's values of z, places by hand, and what luck alone does to a hundred equal units."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from survey.domain import ranking, rates
from survey.domain.disclosure import Minimums, show
from survey.domain.figures import Figure, Scope
from survey.domain.ranking import Places
from survey.domain.rates import Verdict
from survey.domain.tally import Cell
from survey.domain.units import UnitKind
from tests.support import samples

UNITS, ANSWERS, WORLDS = 100, 50, 60


@pytest.mark.parametrize(("units", "z"), [(1, 1.960), (22, 3.045), (30, 3.137), (126, 3.535)])
def test_the_intervals_widen_with_the_number_of_units(units: int, z: float) -> None:
    assert round(rates.ranking_z(units), 3) == z


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([(0.2, 0.4)], [(1, 1)]),
        ([(0.8, 0.9), (0.5, 0.6), (0.1, 0.2)], [(1, 1), (2, 2), (3, 3)]),
        ([(0.1, 0.2), (0.8, 0.9), (0.5, 0.6)], [(3, 3), (1, 1), (2, 2)]),
        ([(0.7, 0.9), (0.6, 0.8), (0.1, 0.2)], [(1, 2), (1, 2), (3, 3)]),
        ([(0.7, 0.9), (0.5, 0.7), (0.3, 0.5)], [(1, 2), (1, 3), (2, 3)]),  # touching bounds are not told apart
        ([(0.1, 0.9), (0.8, 0.85), (0.2, 0.3)], [(1, 3), (1, 2), (2, 3)]),
        ([(0.5, 0.6)] * 4, [(1, 4)] * 4),
        ([], []),
    ],
)
def test_places_by_hand(intervals: list[tuple[float, float]], expected: list[tuple[int, int]]) -> None:
    assert list(ranking.places(intervals)) == [Places(*pair) for pair in expected]


def test_places_are_those_of_the_definition_on_any_intervals() -> None:
    random = np.random.default_rng(4)
    for _ in range(50):
        ends = np.sort(random.integers(0, 12, (int(random.integers(1, 30)), 2)), axis=1)
        pairs = [(float(low), float(high)) for low, high in ends]
        for (low, high), found in zip(pairs, ranking.places(pairs), strict=True):
            assert found.best == 1 + sum(other_low > high for other_low, _ in pairs)
            assert found.worst == len(pairs) - sum(other_high < low for _, other_high in pairs)


def figure(number: int, name: str, satisfied: int, answers: int) -> Figure:
    counts = (0, answers - satisfied, 0, 0, satisfied)
    return samples.overall(samples.unit(number, name), counts)


def test_one_place_is_named_and_ties_are_listed_by_name() -> None:
    clear = ranking.rank(
        UnitKind.COMMUNE, [figure(1, "A", 990, 1000), figure(2, "B", 700, 1000), figure(3, "C", 705, 1000)]
    )
    assert [one.figure.unit.name for one in clear.highest] == ["A"]
    assert [one.figure.unit.name for one in clear.lowest] == ["B", "C"]
    assert [(one.places.best, one.places.worst) for one in clear.ranked] == [(1, 1), (2, 3), (2, 3)]


def test_units_under_the_minimum_are_listed_unranked() -> None:
    found = ranking.rank(
        UnitKind.COMMUNE, [figure(1, "A", 40, 50), figure(2, "B", 20, 29), figure(3, "C", 5, 9), figure(4, "D", 30, 30)]
    )
    assert [one.figure.unit.name for one in found.ranked] == ["A", "D"]
    assert [one.unit.name for one in found.unranked] == ["B", "C"]


def test_one_unit_alone_is_neither_highest_nor_lowest() -> None:
    found = ranking.rank(UnitKind.COMMUNE, [figure(1, "A", 40, 50)])
    assert (found.size, found.highest, found.lowest) == (1, (), ())


def test_the_interval_of_a_ranked_unit_is_wilsons_with_the_wider_z() -> None:
    found = ranking.rank(UnitKind.COMMUNE, [figure(n, str(n), 40 + n, 70) for n in range(22)])
    for one in found.ranked:
        shown = one.figure.shown
        assert shown.satisfied is not None
        assert shown.answers is not None
        assert (one.low, one.high) == rates.wilson(shown.satisfied / shown.answers, shown.answers, rates.ranking_z(22))


def cells(respondents: np.ndarray, truth: np.ndarray, random: np.random.Generator) -> list[Cell]:
    """Cells of five items a person; persons differ, so their answers hang together (beta-binomial, correlation 0,3)."""
    items, spread = 5, 0.3
    made = []
    for count, share in zip(respondents, truth, strict=True):
        weight = (1 - spread) / spread
        s = random.binomial(items, random.beta(share * weight, (1 - share) * weight, count))
        total = int(s.sum())
        counts = (0, items * count - total, 0, 0, total)
        made.append(
            Cell(int(count), tuple(map(int, counts)), 25 * int(count), items * total, int((s * s).sum()))  # type: ignore[arg-type]
        )
    return made


@pytest.mark.parametrize(("truth", "wrong"), [(0.85, Verdict.NOT_MET), (0.8499, Verdict.MET)])
def test_equal_units_are_rarely_judged_wrongly(truth: float, wrong: Verdict) -> None:
    """A hundred units just at, or just under, the target: each verdict on the other side is wrong."""
    random = np.random.default_rng(766)
    found = [
        rates.verdict(cell, Decimal(85))
        for _ in range(WORLDS)
        for cell in cells(np.full(UNITS, ANSWERS), np.full(UNITS, truth), random)
    ]
    assert found.count(wrong) / len(found) < 0.05


def test_the_true_order_rarely_contradicts_a_rank_range() -> None:
    """Pairs in which one unit is ranked wholly above another although its true rate is not higher."""
    random = np.random.default_rng(2026)
    wrong = pairs = worlds_with_an_error = 0
    for world in range(WORLDS):
        truth = np.full(UNITS, 0.9) if world % 2 else np.sort(random.beta(18, 3, UNITS))
        sizes = random.integers(30, 400, UNITS)
        figures = [
            Figure(samples.unit(n), "sipas-2024@1", Scope.OVERALL, None, None, show(cell, Minimums()))
            for n, cell in enumerate(cells(sizes, truth, random))
        ]
        ranked = ranking.rank(UnitKind.COMMUNE, figures).ranked
        place = {one.figure.unit.id: one.places for one in ranked}
        errors = sum(
            place[a].worst < place[b].best and truth[a] <= truth[b]
            for a in range(UNITS)
            for b in range(UNITS)
            if a != b
        )
        wrong, pairs = wrong + errors, pairs + UNITS * (UNITS - 1) // 2
        worlds_with_an_error += errors > 0
    assert wrong / pairs < 0.05
    assert worlds_with_an_error / WORLDS < 0.15  # the joint 95 % of z_G, with room for sixty worlds


def test_places_only_get_worse_down_the_table() -> None:
    found = ranking.rank(UnitKind.COMMUNE, [figure(n, f"{n:02}", 300 + 9 * n, 600) for n in range(30)]).ranked
    for above, below in pairwise(found):
        assert (above.places.best, above.places.worst) <= (below.places.best, below.places.worst)
