"""Who was satisfied with everything, counted once a lot: the same as counting the answers, also when these are gone."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from survey.cli import releasing
from survey.domain.disclosure import Minimums
from survey.domain.periods import Period
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.extensions import reading, writing
from survey.models import LotContent, Released, Response
from survey.queries import catalogue, contentment, lot_content, rates
from tests.support import answers
from tests.support.answers import Answered
from tests.support.places import CITY, TODAY, WARD

SPAN = Period(TODAY.replace(year=2025, month=12, day=1), TODAY.replace(day=30))


@pytest.fixture
def answered(app: Flask) -> Answered:
    return answers.build()


def both(answered: Answered, code: str, channel: Channel | None = None, *, flagged: bool = False) -> list[int | None]:
    """By lots, and by the answers themselves."""
    selection = Selection(answered.world.version, SPAN, channel, flagged=flagged)
    with reading() as session:
        unit = catalogue.unit(session, code)
        assert unit is not None
        figure = rates.of_units(session, selection, [unit], Minimums(), TODAY)[0]
        inside = [one.id for one in catalogue.units(session) if unit.id in one.path]
        return [way.of_unit(session, selection, figure, inside) for way in (lot_content, contentment)]


def test_lots_say_what_the_answers_say(answered: Answered) -> None:
    found = [
        both(answered, code, channel, flagged=flagged)
        for code in (CITY, WARD)
        for channel, flagged in ((None, False), (Channel.POSTER, False), (None, True))
    ]
    assert [by_lots for by_lots, _ in found] == [by_answers for _, by_answers in found]
    assert all(by_lots for by_lots, _ in found)


def test_lots_from_before_are_counted_and_only_once(answered: Answered) -> None:
    expected = both(answered, CITY)[0]
    with writing() as session:
        session.execute(delete(LotContent))
    assert both(answered, CITY)[0] is None
    releasing.count_content()
    assert both(answered, CITY)[0] == expected
    with reading() as session:
        assert lot_content.uncounted_units(session) == ()
        assert session.scalar(select(func.count()).select_from(LotContent))


def test_what_was_counted_stays_when_answers_are_deleted_and_the_rest_is_unknown(answered: Answered) -> None:
    expected = both(answered, CITY)[0]
    with writing() as session:
        lot = session.scalars(select(Released.id).join(LotContent, LotContent.lot_id == Released.id)).first()
        session.execute(delete(Response).where(Response.lot == lot))
    assert both(answered, CITY) == [expected, None]
    with writing() as session:
        session.execute(delete(LotContent))
    releasing.count_content()
    assert both(answered, CITY) == [None, None]
    with reading() as session:
        assert session.scalars(select(LotContent.lot_id).where(LotContent.people.is_(None))).all() == [lot]
