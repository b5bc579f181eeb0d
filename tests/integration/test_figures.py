"""Figures of a random database equal an independent recount over its raw rows, cell by cell, at every moment."""

from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import func, select, text

from survey.domain.disclosure import COMPLETE
from survey.domain.figures import Figure, UnitFigures
from survey.domain.periods import Period
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.domain.tally import Tally, empty
from survey.extensions import db, reading, refreshing, writing
from survey.models import Pending
from survey.models import Tally as Stored
from survey.queries import catalogue, rates
from survey.queries.tallies import by_unit
from survey.services import tallies
from tests.support import crowd, places
from tests.support.places import CITY, DISTRICT, KIOSK, OTHER_POINT, OTHER_WARD, POINT, QUICK_POINT, TODAY, WARD, World
from tests.support.recount import Recount, Recounter, Sums, percent, read

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))
POINTS = [POINT, KIOSK, OTHER_POINT, QUICK_POINT]


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        world = places.build(session)
        crowd.fill(session, world, POINTS, 300, Random(1))
        session.execute(text("UPDATE response SET quarantined = TRUE WHERE a01 = 1"))  # before any tally was made
    return world


def refresh() -> None:
    with refreshing() as session:
        while tallies.refresh(session, days=100):
            pass


def pending() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Pending)) or 0


def raw() -> pd.DataFrame:
    with db.get_engine().connect() as connection:
        return read(connection)


def chosen_by(rows: pd.DataFrame, selection: Selection) -> "pd.Series[bool]":
    """Which rows a selection is about."""
    period = selection.period
    chosen = rows.day.between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    if selection.channel is not None:
        chosen &= rows.channel == selection.channel.value
    if selection.procedure is not None:
        chosen &= rows.procedure == selection.procedure
    if not selection.flagged:
        chosen &= ~rows.quarantined
    return chosen


def check(figure: Figure, expected: Sums) -> None:
    """Every number of a figure against its recounted sums."""
    shown, (k, counts, *_) = figure.shown, expected
    assert shown.rate == percent(counts), figure
    if sum(counts):
        assert (shown.respondents, shown.counts, shown.answers) == (k, counts, sum(counts)), figure


def compare(world: World, selection: Selection) -> None:
    """All cells of all units against the rows of the moment."""
    with reading() as session:
        units = catalogue.units(session)
        overall = rates.of_units(session, selection, units, COMPLETE, TODAY)
        each = [rates.of_unit(session, selection, unit, COMPLETE, TODAY) for unit in units]
        alone = by_unit(session, selection, [unit.id for unit in units])
    rows = raw()
    recounter, chosen = Recounter(rows, selection.version), chosen_by(rows, selection)
    for unit, figure, full in zip(units, overall, each, strict=True):
        below = chosen & rows.unit_id.isin([other.id for other in units if unit.id in other.path])
        expected = recounter.count(below)
        check(figure, expected.overall)
        check_parts(full, expected)
        for found in full.months:
            assert found.month is not None
            in_month = (rows.day.dt.year == found.month.year) & (rows.day.dt.month == found.month.number)
            check(found, recounter.count(below & in_month).overall)
        own = recounter.count(chosen & (rows.unit_id == unit.id))
        check_sums(alone.get(unit.id, empty(selection.version)), own)


def check_parts(full: UnitFigures, expected: Recount) -> None:
    check(full.overall, expected.overall)
    for found in full.factors:
        check(found, expected.factors[found.key or ""])
    for found in full.items:
        check(found, expected.items[found.key or ""])


def check_sums(tally: Tally, own: Recount) -> None:
    """The six sums of METHOD §5, which no page prints."""
    cells = [(cell.k, cell.counts, cell.mm, cell.sm, cell.ss) for cell in (tally.overall, *tally.factors)]
    assert cells == [own.overall, *own.factors.values()]
    assert tally.responses == own.responses


FILTERS: list[dict[str, Any]] = [
    {},
    {"channel": Channel.KIOSK},
    {"flagged": True},
    {"procedure": "1.001193"},
    {"channel": Channel.POSTER, "flagged": True, "procedure": "1.001193"},
]


def test_figures_equal_a_recount_while_pending_half_refreshed_and_refreshed(world: World) -> None:
    selections = [
        Selection(world.versions[key], period, **filters)
        for key in ("sipas-2024", "quick")
        for period, filters in [*((YEAR, filters) for filters in FILTERS), (SPRING, FILTERS[-1])]
    ]
    assert pending() > 0
    for selection in selections:
        compare(world, selection)
    with refreshing() as session:
        assert tallies.refresh(session, days=100) > 0
    assert pending() > 0
    for selection in selections:
        compare(world, selection)
    refresh()
    assert pending() == 0
    for selection in selections:
        compare(world, selection)


def test_late_answers_reopen_their_day(world: World) -> None:
    refresh()
    with writing() as session:
        crowd.fill(session, world, POINTS, 60, Random(2))
    assert pending() > 0
    selection = Selection(world.version, YEAR)
    compare(world, selection)
    refresh()
    compare(world, selection)


def test_a_closed_and_replaced_unit_keeps_its_answers(world: World) -> None:
    with writing() as session:
        session.execute(text("UPDATE unit SET valid_to = '2026-05-31' WHERE code = :code"), {"code": WARD})
        session.execute(
            text("INSERT INTO unit_successor (unit_id, successor_id) VALUES (:old, :new)"),
            {"old": world.units[WARD], "new": world.units[OTHER_WARD]},
        )
    refresh()
    compare(world, Selection(world.version, YEAR))
    compare(world, Selection(world.version, SPRING))


def test_a_refresh_twice_changes_nothing(world: World) -> None:
    refresh()
    with reading() as session:
        before = session.execute(select(Stored.__table__).order_by(*Stored.__table__.primary_key)).all()
        refresh()
    with reading() as session:
        assert session.execute(select(Stored.__table__).order_by(*Stored.__table__.primary_key)).all() == before


def test_an_empty_unit_has_no_data(world: World) -> None:
    with reading() as session:
        district = catalogue.unit(session, DISTRICT)
        city = catalogue.unit(session, CITY)
        assert district is not None
        assert city is not None
        shown = rates.of_units(session, Selection(world.version, YEAR), [district, city], COMPLETE, TODAY)
    assert shown[0].shown.rate is None
    assert shown[1].shown.rate is not None
