"""SQLite reads by the index that a statement needs: left to itself it would read all responses, all released rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from survey.domain.disclosure import Minimums
from survey.domain.periods import Period
from survey.domain.selections import Selection
from survey.extensions import db, reading, refreshing, writing
from survey.queries import catalogue, rates, waiting
from survey.services import tallies
from tests.support import places
from tests.support.places import POINT, TODAY, WARD, World
from tests.support.responses import Plan, fill

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
BY_DAY, BY_PLACE = "ix_response_unit_id_day", "ix_released_questionnaire_id_layer_unit_id"


@contextmanager
def plans(table: str) -> Iterator[list[str]]:
    """How SQLite looks the table up in every statement meanwhile, as it explains itself."""
    found: list[str] = []
    asked: list[tuple[str, Any]] = []

    def hear(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        if f"FROM {table}" in statement.replace("\n", " ") and not statement.startswith("DELETE"):
            asked.append((statement, values))

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", hear)
    yield found
    for engine in db.engines.values():
        event.remove(engine, "before_cursor_execute", hear)
    with reading() as session:
        for statement, values in asked:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            found += [line for *_, line in rows if f" {table} " in f"{line} "]


@pytest.fixture
def world(app: Flask) -> World:
    """Some answers that wait to be taken up."""
    with writing() as session:
        world = places.build(session)
        day = TODAY - timedelta(days=3)
        fill(session, Plan(world.units[WARD], world.points[POINT], world.version, 5, day, TODAY), 1)
    return world


def test_todays_forms_are_counted_by_their_day(world: World) -> None:
    with plans("response") as found, reading() as session:
        assert waiting.arrived(session, world.version, world.units.values(), TODAY) >= 0
    _goes(found, f"{BY_DAY} (unit_id=? AND day=?)")


def test_days_are_taken_up_without_reading_others(world: World) -> None:
    with plans("response") as found, refreshing() as session:
        assert tallies.refresh(session) == 5
    _goes(found, f"{BY_DAY} (unit_id=? AND day=?)")


def test_the_items_of_a_unit_are_read_without_those_of_others(world: World) -> None:
    selection = Selection(world.version, Period(TODAY.replace(month=1, day=1), TODAY))
    with plans("released") as found, reading() as session:
        ward = catalogue.unit(session, WARD)
        assert ward is not None
        rates.of_each(session, selection, [ward], Minimums(), TODAY)
    _goes(found, f"{BY_PLACE} (questionnaire_id=? AND layer=? AND unit_id=? AND ")


def _goes(found: list[str], way: str) -> None:
    assert found
    assert all(way in line for line in found), found
