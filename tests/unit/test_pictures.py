"""Where the levels lie in a picture: the middle of level 3 on one line, everything between the ends of the scale."""

from random import Random

import pytest

from survey.web.figures.pictures import Spread, spread
from tests.support.samples import overall, unit


def test_the_middle_level_lies_on_the_zero_line() -> None:
    scale = Spread(left=50, right=100)
    pieces = scale.stack((1, 2, 4, 8, 5))
    assert [piece.level for piece in pieces] == [1, 2, 3, 4, 5]
    third = pieces[2]
    assert third.start + third.width / 2 == pytest.approx(scale.zero, abs=0.01)
    assert pieces[0].start == pytest.approx((50 - 25) / 1.5, abs=0.01)  # a quarter of the answers lies left of zero
    assert pieces[-1].start + pieces[-1].width == pytest.approx((50 + 75) / 1.5, abs=0.01)


def test_empty_levels_have_no_piece_and_withheld_counts_none() -> None:
    scale = Spread(left=10, right=100)
    (only,) = scale.stack((0, 0, 0, 0, 7))
    assert only.level == 5
    assert only.start == pytest.approx(scale.zero, abs=0.01)
    assert scale.stack(None) == scale.stack((0, 0, 0, 0, 0)) == ()


def test_a_scale_holds_every_bar() -> None:
    random = Random(3)
    figures = [overall(unit(), (random.randint(9, 40), random.randint(9, 40), 0, 20, number)) for number in range(50)]
    scale = spread(figures)
    for found in figures:
        for piece in scale.stack(found.shown.counts):
            assert piece.start >= -0.01
            assert piece.start + piece.width <= 100.01
    assert (spread([]).left, spread([]).right) == (10, 50)
