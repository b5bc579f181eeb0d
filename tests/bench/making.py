"""Fills a database with a province, through services alone: points, responses, dossiers, a reader's account."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from random import Random

from sqlalchemy.orm import Session

from survey.cli import releasing
from survey.config import Settings
from survey.demo import crowd, dossiers, offices, sharing
from survey.demo.crowd import Crowd, Seat
from survey.demo.offices import Office, Plan
from survey.domain.access import Role
from survey.domain.disclosure import rounds
from survey.domain.points import PointKind
from survey.domain.questionnaire import Version
from survey.extensions import db, reading, writing
from survey.queries import catalogue, questionnaires
from survey.services import dossier_keys, handled, points, shipped, staff
from survey.services.loads import Load
from tests.bench import databases
from tests.bench.province import CITY, QUESTIONNAIRE, SEED, YEAR, YESTERDAY
from tests.support.places import NOW
from tests.support.staff import EMAIL, PASSWORD

GROUPS, AT_ONCE = 24, 20_000  # parts of the offices that are loaded together; rows that are written together
BUSY = 1.2  # from this weight on an office has a kiosk besides its poster


def fill(settings: Settings, responses: int) -> dict[str, float]:
    """Fill an empty, migrated database and release all lots, without groups of citizens; the seconds of each step."""
    seconds: dict[str, float] = {}
    with databases.application(settings):
        with writing() as session:
            shipped.install(session, NOW)
        started = time.perf_counter()
        load(settings, responses)
        seconds["load"] = time.perf_counter() - started
        started = time.perf_counter()
        releasing.take_up()
        seconds["take up"] = time.perf_counter() - started
        started = time.perf_counter()
        releasing.release_lots(rounds.everything(NOW, settings.shown_minimum))
        seconds["release"] = time.perf_counter() - started
    return seconds


def load(settings: Settings, responses: int) -> None:
    """All but the releases. The responses of some offices at a time, by a process for each core: one makes rows while
    another one writes.
    """
    random = Random(SEED)
    with writing() as session:
        version = questionnaires.latest(session, QUESTIONNAIRE)
        assert version is not None
        units = catalogue.units(session)
        drawn = offices.draw((unit for unit in units if unit.is_open(YESTERDAY)), random)
        places = seats(session, drawn, version)
        procedures = [procedure.code for procedure in catalogue.procedures(session)]
        handled.put(session, dossiers.reported(drawn, procedures, YEAR, random))
        city = next(unit.id for unit in units if unit.code == CITY)
        staff.create(session, EMAIL, "Nguyễn Thị Hạnh", Role.VIEWER, city, PASSWORD)
        for year in {YEAR.start.year, YEAR.end.year}:
            dossier_keys.keys(session, year)
    for engine in db.engines.values():
        engine.dispose()  # no connection goes over to another process
    groups = list(_groups(places, sharing.numbers(drawn, responses, random)))
    own = [Crowd(YEAR, count, procedures, settings.secret_key, shares=True) for _, count in groups]
    seeds = [random.getrandbits(64) for _ in groups]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for _ in pool.map(_come, (some for some, _ in groups), own, seeds):
            pass  # what failed there is raised here


def _groups(places: Sequence[Seat], counts: Sequence[int]) -> Iterator[tuple[list[Seat], int]]:
    """Offices that are loaded together with their responses, the busiest first, so that at the end none is waited for
    alone.
    """
    group: list[Seat] = []
    held = 0
    for count, seat in sorted(zip(counts, places, strict=True), key=lambda one: -one[0]):
        group, held = [*group, seat], held + count
        if held * GROUPS >= sum(counts):
            yield group, held
            group, held = [], 0
    if group:
        yield group, held


def _come(some: Sequence[Seat], own: Crowd, seed: int) -> None:
    """In a process of its own."""
    with reading() as session:
        crowd.come(session, some, own, Random(seed), lambda done: None, lambda held: Load(held, writing, AT_ONCE))


def seats(session: Session, drawn: Sequence[Office], version: Version) -> list[Seat]:
    """New collection points: everybody has a poster, busy offices a kiosk too."""
    random = Random(datetime.now(UTC).timestamp())
    return [_seat(session, office, version, random) for office in drawn]


def _seat(session: Session, office: Office, version: Version, random: Random) -> Seat:
    kinds = (PointKind.POSTER, PointKind.KIOSK) if office.weight > BUSY else (PointKind.POSTER,)
    plans = tuple(Plan(kind, QUESTIONNAIRE, offices.SHARE_OF_KIND[kind]) for kind in kinds)
    made = [points.create(session, office.unit.code, plan.kind, plan.label, QUESTIONNAIRE, random) for plan in plans]
    return Seat(replace(office, plans=plans), tuple((point, version) for point in made))
