"""Loads the demonstration: points, staff and responses, all in the caller's transaction, so all or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from sqlalchemy.orm import Session

from survey.demo import citizens, dossiers, offices
from survey.demo.accounts import ACCOUNTS, PASSWORD
from survey.demo.citizens import Place
from survey.demo.offices import Office
from survey.domain import answers, submissions, tickets
from survey.domain.periods import Period, local_day, year_to
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.queries import catalogue, demonstration, questionnaires
from survey.queries.points import Point
from survey.services import demonstrations, handled, points, responses, staff
from survey.services.responses import Submission

PROGRESS_EVERY = 1000
RANDOM_BYTES = 10  # of a client id
SETTLING = timedelta(days=7)  # an office of the demonstration has been open for a working week


class DemonstrationError(Exception):
    """Nothing was loaded. `code` is not_empty, same_seed, no_catalogue or no_questionnaires."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made."""

    points: tuple[Point, ...]
    responses: int


@dataclass(frozen=True, slots=True)
class _Visit:
    at: datetime
    office: Office
    point: Point


def load(
    session: Session, count: int, seed: int, now: datetime, secret: str, progress: Callable[[int], None]
) -> Loaded:
    """Make `count` responses over the twelve months up to yesterday; `secret` is the application's, for body hashes.

    A database may hold several demonstrations of different seeds. Raises DemonstrationError when it holds responses or
    staff that are none, or lacks what the responses are about.
    """
    held = demonstration.seeds(session)
    if seed in held:
        raise DemonstrationError("same_seed")
    if not held and not demonstration.is_empty(session):
        raise DemonstrationError("not_empty")
    random = Random(seed)  # noqa: S311 — made-up data is to be repeatable
    units = catalogue.units(session)
    yesterday = local_day(now) - timedelta(days=1)
    year = Period(year_to(yesterday).start, yesterday)
    opened = year.end - SETTLING
    drawn = offices.draw((unit for unit in units if unit.is_open(opened) and unit.is_open(local_day(now))), random)
    if not drawn:
        raise DemonstrationError("no_catalogue")
    versions = _versions(session, drawn)
    demonstrations.mark(session, now, seed, count)
    if not held:
        _employ(session, units)
    made = {office.unit.id: _points(session, office, random) for office in drawn}
    visits = sorted(_visits(drawn, made, year, count, random), key=lambda visit: visit.at)
    _answer(session, visits, versions, year, secret, random, progress)
    if not held:
        procedures = [procedure.code for procedure in catalogue.procedures(session)]
        handled.put(session, dossiers.reported(drawn, procedures, year, random))
    return Loaded(tuple(point for office in drawn for point in made[office.unit.id]), count)


def _versions(session: Session, drawn: tuple[Office, ...]) -> dict[str, Version]:
    versions = {}
    for key in sorted({plan.questionnaire_key for office in drawn for plan in office.plans}):
        version = questionnaires.latest(session, key)
        if version is None:
            raise DemonstrationError("no_questionnaires")
        versions[key] = version
    return versions


def _employ(session: Session, units: tuple[Unit, ...]) -> None:
    """The accounts whose units exist: another province than Hà Nội has other codes."""
    by_code = {unit.code: unit.id for unit in units}
    for account in ACCOUNTS:
        if account.unit_code in by_code:
            unit_id = by_code[account.unit_code]
            staff.create(session, account.email, account.name, account.role, unit_id, PASSWORD)


def _points(session: Session, office: Office, random: Random) -> tuple[Point, ...]:
    return tuple(
        points.create(session, office.unit.code, plan.kind, plan.label, plan.questionnaire_key, random)
        for plan in office.plans
    )


def _visits(
    drawn: tuple[Office, ...], made: dict[int, tuple[Point, ...]], year: Period, count: int, random: Random
) -> Iterator[_Visit]:
    """Who comes when and where: only on days on which the office existed."""
    every, day_weights = citizens.days(year)
    busy = list(accumulate(office.weight for office in drawn))
    daily = {
        office.unit.id: list(
            accumulate(
                weight if office.unit.is_open(day) else 0.0 for day, weight in zip(every, day_weights, strict=True)
            )
        )
        for office in drawn
    }
    for _ in range(count):
        office = random.choices(drawn, cum_weights=busy)[0]
        day = random.choices(every, cum_weights=daily[office.unit.id])[0]
        point = random.choices(made[office.unit.id], [plan.share for plan in office.plans])[0]
        yield _Visit(citizens.moment(day, random), office, point)


def _answer(
    session: Session,
    visits: list[_Visit],
    versions: dict[str, Version],
    year: Period,
    secret: str,
    random: Random,
    progress: Callable[[int], None],
) -> None:
    procedures = [procedure.code for procedure in catalogue.procedures(session)]
    known, length = frozenset(procedures), (year.end - year.start).days + 1
    for number, visit in enumerate(visits, start=1):
        point, day = visit.point, local_day(visit.at)
        version = versions[point.questionnaire_key]
        place = Place(point.code, point.kind, version)
        passed = (day - year.start).days / length
        body = citizens.document(visit.office, place, visit.at, passed, procedures, random)
        found = answers.check(body, version, known, day)
        client_id = tickets.new_client_id(visit.at, random.randbytes(RANDOM_BYTES))
        hashed = submissions.body_hash(secret, body)
        responses.accept(session, Submission(client_id, point, version, found, day, visit.at, hashed))
        if number % PROGRESS_EVERY == 0:
            progress(PROGRESS_EVERY)
