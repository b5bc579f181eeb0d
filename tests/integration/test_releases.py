"""When answers become visible: at night, all the time, when the operator asks; once, and never again (METHOD §6)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from survey.cli import refresher, releasing
from survey.config import Settings
from survey.domain.disclosure import Minimums, Note, rounds
from survey.domain.figures import UnitFigures
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.extensions import reading, writing
from survey.models import Layer, Released, Response
from survey.queries import catalogue, rates
from tests.support import places
from tests.support.places import CITY, KIOSK, NOW, OTHER_POINT, OTHER_WARD, POINT, TODAY, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan, fill

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TOMORROW = datetime(2026, 11, 25, 2, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 12, 1, 2, tzinfo=UTC)
YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


def answer(world: World, count: int, day: date, code: str = WARD, channel: str = "poster", silent: float = 0.0) -> None:
    point = {"kiosk": KIOSK, "poster": POINT}[channel] if code == WARD else OTHER_POINT
    seed = sum(map(ord, f"{count}{day}{code}{channel}"))
    with writing() as session:
        plan = Plan(world.units[code], world.points[point], world.version, count, day, day, channel, silent=silent)
        fill(session, plan, seed)


def shown(world: World, code: str = WARD, period: Period = YEAR, channel: Channel | None = None) -> UnitFigures:
    with reading() as session:
        unit = catalogue.unit(session, code)
        assert unit is not None
        return rates.of_unit(session, Selection(world.version, period, channel), unit, Minimums(), TODAY)


def people(world: World, code: str = WARD) -> int | None:
    return shown(world, code).overall.shown.respondents


def lots() -> list[tuple[int, int]]:
    with reading() as session:
        rows = session.execute(
            select(Released.number, Released.respondents).where(Released.layer == Layer.LOT).order_by(Released.id)
        )
        return [(number, count) for number, count in rows]


def test_the_night_takes_up_ten_answers_of_days_before(world: World) -> None:
    answer(world, 9, YESTERDAY)
    assert releasing.release(rounds.nightly(NOW, 10)) == 0
    answer(world, 1, TODAY)
    assert releasing.release(rounds.nightly(NOW, 10)) == 0
    assert shown(world).overall.shown.notes[0] is Note.TOO_FEW
    assert releasing.release(rounds.nightly(TOMORROW, 10)) == 10
    assert people(world) == 10
    answer(world, 9, date(2026, 11, 2))
    assert releasing.release(rounds.nightly(TOMORROW, 10)) == 0
    assert people(world) == 10


def test_the_rest_of_a_month_goes_when_it_is_over_and_late_answers_are_a_new_lot(world: World) -> None:
    answer(world, 12, YESTERDAY, channel="poster")
    answer(world, 8, YESTERDAY, channel="kiosk")
    assert releasing.release(rounds.nightly(TOMORROW, 10)) == 12
    answer(world, 5, YESTERDAY, channel="poster")
    assert releasing.release(rounds.nightly(NEXT_MONTH, 10)) == 13
    answer(world, 10, YESTERDAY)
    assert releasing.release(rounds.nightly(NEXT_MONTH, 10)) == 10
    assert lots() == [(1, 12), (2, 13), (3, 10)]
    assert people(world) == 35
    # The second lot holds both channels, so of the kiosk nothing can be told, and of the poster not all.
    assert shown(world, channel=Channel.KIOSK).overall.shown.notes[0] is Note.TOO_FEW
    poster = shown(world, channel=Channel.POSTER).overall.shown
    assert poster.respondents == 22
    assert Note.PART in poster.notes


def test_months_with_few_answers_are_shown_together_only(world: World) -> None:
    for month in (3, 4):
        answer(world, 6, date(2026, month, 5))
    answer(world, 20, date(2026, 5, 5))
    assert release() == 32
    found = {
        (first, last): shown(world, period=Period(Month(2026, first).first, Month(2026, last).last)).overall.shown
        for first, last in ((3, 3), (4, 4), (3, 4), (3, 5), (4, 5), (5, 6))
    }
    assert {months: value.respondents for months, value in found.items()} == {
        (3, 3): None, (4, 4): None, (3, 4): 12, (3, 5): 32, (4, 5): 20, (5, 6): 20,
    }  # fmt: skip
    assert [months for months, value in found.items() if Note.PART in value.notes] == [(4, 5)]
    by_month = {str(figure.month): figure.shown for figure in shown(world).months}
    assert [by_month[f"2026-0{month}"].respondents for month in (3, 4, 5)] == [None, None, 20]


def test_small_wards_are_pooled_in_the_city_when_the_year_is_over(world: World) -> None:
    answer(world, 6, date(2026, 3, 5))
    answer(world, 7, date(2026, 3, 5), OTHER_WARD)
    assert release() == 0
    assert releasing.release(rounds.nightly(datetime(2027, 1, 1, 2, tzinfo=UTC), 10)) == 13
    assert [people(world, code) for code in (CITY, WARD, OTHER_WARD)] == [13, None, None]
    assert shown(world).overall.shown.notes[0] is Note.TOO_FEW


def test_a_released_answer_stays_where_it_is(world: World) -> None:
    answer(world, 30, YESTERDAY)
    assert release() == 30
    with reading() as session:
        before = session.execute(select(Response.client_id, Response.lot).order_by(Response.client_id)).all()
    figures = shown(world)
    answer(world, 40, YESTERDAY, channel="kiosk")
    assert release() == 40
    with writing() as session:
        session.execute(text("UPDATE response SET quarantined = TRUE"))  # a later decision enters as a lot of its own
    assert release() == 0
    with reading() as session:
        after = dict(session.execute(select(Response.client_id, Response.lot)).all())
        assert all(after[client_id] == lot for client_id, lot in before)
    assert shown(world, channel=Channel.POSTER).items == figures.items


def test_an_item_that_few_answer_hides_its_factor_s_items_until_enough_do(world: World, app: Flask) -> None:
    def some_answer(items: tuple[int, ...], count: int) -> None:
        with writing() as session:
            ids = session.scalars(select(Response.client_id).where(Response.lot.is_(None))).all()
            columns = ", ".join(f"a{slot:02} = NULL" for slot in items)
            for client_id in ids[count:]:
                session.execute(
                    text(f"UPDATE response SET {columns} WHERE client_id = :id"),
                    {"id": client_id.hex if session.get_bind().dialect.name == "sqlite" else client_id},
                )

    feedback = tuple(item.slot for item in world.version.items if item.key in ("E2", "E3"))
    for month, count in ((3, 4), (4, 6)):
        answer(world, 20, date(2026, month, 5))
        some_answer(feedback, count)
        release()
        found = {figure.key: figure.shown for figure in shown(world).items if (figure.key or "")[0] in "DE"}
        assert found["D1"].respondents == 20 * (month - 2)
        if month == 3:
            assert [found[key].notes for key in ("E1", "E2", "E3")] == [(Note.TOO_FEW,)] * 3
        else:
            assert [found[key].respondents for key in ("E1", "E2", "E3")] == [40, 10, 10]
    factor = next(figure for figure in shown(world).factors if figure.key == "E")
    assert factor.shown.respondents == 40


def test_answers_without_an_overall_rate_wait_for_others_of_their_kind(world: World) -> None:
    answer(world, 20, date(2026, 3, 5))
    answer(world, 4, date(2026, 3, 6), silent=0.8)
    release()
    with reading() as session:
        waiting = session.scalar(select(func.count()).where(Response.lot.is_(None)))
    assert waiting
    items = {figure.shown.respondents for figure in shown(world).items}
    assert items == {people(world)}, "items minus overall would be those few"


def test_the_refresher_releases_as_the_setting_says(app: Flask, world: World, settings: Settings) -> None:
    answer(world, 12, TODAY)
    with time_machine.travel(NOW, tick=False):
        assert settings.release == "continuous"
        day = refresher.one_round(None, NOW)
    assert people(world) == 12
    app.config["SETTINGS"] = replace(settings, release="nightly")
    answer(world, 15, TODAY, channel="kiosk")
    assert refresher.one_round(day, NOW) == day
    assert people(world) == 12
    assert refresher.one_round(day, TOMORROW) == date(2026, 11, 25)
    assert people(world) == 27
