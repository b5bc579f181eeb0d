"""When the finite population correction is due: only where the draws are all that the figure can hold."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from survey.domain import populations
from survey.domain.invitations import Span, Way
from survey.domain.periods import Period
from survey.domain.populations import Invited

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
JULY = Span(date(2026, 7, 1), date(2026, 7, 31))
AUGUST = Span(date(2026, 8, 1), date(2026, 8, 30))
DRAW = Invited(1, Way.RANDOM, 400, 200, JULY, AUGUST)


def test_a_draw_within_the_period_covers_its_dossiers() -> None:
    found = populations.population([DRAW], QUARTER, 400, 180)
    assert found is not None
    assert (found.handled, found.answered) == (400, Fraction(9, 10))


def test_without_a_draw_there_is_nothing_to_say() -> None:
    assert populations.population([], QUARTER, 400, 180) is None
    later = replace(DRAW, valid=Span(date(2026, 10, 1), date(2026, 10, 30)))
    assert populations.population([later], QUARTER, 400, 180) is None


@pytest.mark.parametrize(
    ("draws", "handled", "respondents"),
    [
        ([replace(DRAW, closed=Span(date(2026, 6, 30), date(2026, 7, 31)))], 400, 180),  # dossiers of before
        ([replace(DRAW, valid=Span(date(2026, 8, 1), date(2026, 10, 1)))], 400, 180),  # answers of after
        ([DRAW, replace(DRAW, valid=Span(date(2026, 6, 20), date(2026, 7, 2)))], 400, 180),  # and of before
        ([DRAW], 401, 180),  # dossiers that were in no file
        ([DRAW], 400, 201),  # answers of others than were drawn
        ([DRAW, replace(DRAW, unit_id=2, population=100, drawn=80)], 500, 250),  # one office with double chances
    ],
)
def test_draws_that_do_not_cover_the_figure_correct_nothing(
    draws: list[Invited], handled: int, respondents: int
) -> None:
    found = populations.population(draws, QUARTER, handled, respondents)
    assert found is not None
    assert found.answered is None


def test_where_everybody_was_invited_offices_add_up() -> None:
    everybody = replace(DRAW, way=Way.ALL, drawn=400)
    found = populations.population([everybody, replace(everybody, unit_id=2)], QUARTER, 800, 700)
    assert found is not None
    assert found.answered == Fraction(700, 800)
