"""Fills a database with a province, through services alone: points, responses, dossiers, a reader's account."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from sqlalchemy.orm import Session

from survey.cli import releasing
from survey.config import Settings
from survey.demo import crowd, dossiers, offices
from survey.demo.crowd import Crowd, Seat
from survey.demo.offices import Office, Plan
from survey.domain.access import Role
from survey.domain.disclosure import rounds
from survey.domain.points import PointKind
from survey.domain.questionnaire import Version
from survey.extensions import writing
from survey.queries import catalogue, questionnaires
from survey.services import handled, points, shipped, staff
from tests.bench import databases
from tests.bench.province import CITY, QUESTIONNAIRE, SEED, YEAR, YESTERDAY
from tests.support.places import NOW
from tests.support.staff import EMAIL, PASSWORD

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
    """All but the releases; the responses of each office in a transaction of its own."""
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
    weights, made = [office.weight for office in drawn], 0
    for number, seat in enumerate(places, start=1):
        share = round(responses * sum(weights[:number]) / sum(weights)) - made
        made += share
        own = Crowd(YEAR, share, procedures, settings.secret_key, shares=True)
        with writing() as session:
            crowd.come(session, [seat], own, random, lambda done: None)


def seats(session: Session, drawn: Sequence[Office], version: Version) -> list[Seat]:
    """New collection points: everybody has a poster, busy offices a kiosk too."""
    random = Random(datetime.now(UTC).timestamp())
    return [_seat(session, office, version, random) for office in drawn]


def _seat(session: Session, office: Office, version: Version, random: Random) -> Seat:
    kinds = (PointKind.POSTER, PointKind.KIOSK) if office.weight > BUSY else (PointKind.POSTER,)
    plans = tuple(Plan(kind, QUESTIONNAIRE, offices.SHARE_OF_KIND[kind]) for kind in kinds)
    made = [points.create(session, office.unit.code, plan.kind, plan.label, QUESTIONNAIRE, random) for plan in plans]
    return Seat(replace(office, plans=plans), tuple((point, version) for point in made))
