"""What the refresher does beside the server: a busy day is taken up, and released, in a province full of responses."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from survey.cli import releasing
from survey.config import Settings
from survey.demo import crowd, offices
from survey.demo.crowd import Crowd
from survey.domain.disclosure import rounds
from survey.domain.disclosure.rounds import Round
from survey.domain.periods import Period, local_day
from survey.extensions import reading, refreshing, writing
from survey.queries import catalogue, questionnaires
from survey.queries import panels as undecided
from survey.services import panels
from tests.bench import databases, making, province
from tests.bench.asked import Asked
from tests.bench.figures import Figure
from tests.support.places import NOW

DAY = 10_000  # answers


def run(asked: Asked) -> Iterator[Figure]:
    """On each database, which it changes."""
    for kind in asked.kinds:
        with province.opened(kind, asked, changed=True) as settings, databases.application(settings):
            for figure in _day(asked, settings):
                yield replace(figure, database=kind)


def _day(asked: Asked, settings: Settings) -> Iterator[Figure]:
    case = f"a day of {DAY:,} answers beside {asked.size}"
    units = _answered(settings)
    started = time.perf_counter()
    taken_up = releasing.take_up()
    seconds = time.perf_counter() - started
    assert taken_up >= DAY * 0.98, taken_up
    yield Figure(case, "taken into the tallies", taken_up / seconds, "rows/s")
    yield Figure(case, "taken into the tallies, a unit's day", seconds * 1000 / units, "ms")
    started = time.perf_counter()
    night = rounds.nightly(NOW + timedelta(days=1), settings.shown_minimum)
    released = releasing.release_lots(night)
    seconds = time.perf_counter() - started
    assert released > 0
    yield Figure(case, "released in lots", seconds, "s")
    yield from _groups(asked, night)


def _groups(asked: Asked, night: Round) -> Iterator[Figure]:
    """Of one busy office alone: all of them are a night's work when a quarter is over."""
    with reading() as session:
        waiting = undecided.undecided_units(session, night.open_quarter.start)
    started = time.perf_counter()
    with refreshing() as session:
        panels.decide(session, waiting[:1], night)
    seconds = time.perf_counter() - started
    yield Figure(f"groups of citizens, {asked.size} responses", "an office's quarters", seconds, "s")


def _answered(settings: Settings) -> int:
    """Store the day's answers; how many offices got some."""
    today, random = local_day(NOW), Random(time.time_ns())
    with writing() as session:
        version = questionnaires.latest(session, province.QUESTIONNAIRE)
        assert version is not None
        procedures = [procedure.code for procedure in catalogue.procedures(session)]
        drawn = offices.draw((unit for unit in catalogue.units(session) if unit.is_open(today)), Random(province.SEED))
        seats = making.seats(session, drawn, version)
        day = Crowd(Period(today, today), DAY, procedures, settings.secret_key, shares=True)
        crowd.come(session, seats, day, random, lambda done: None)
    return len(seats)
