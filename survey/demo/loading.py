"""Loads the demonstration: points, staff and responses, all in the caller's transaction, so all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from survey.demo import crowd, dossiers, inviting, offices
from survey.demo.accounts import ACCOUNTS, PASSWORD, WARD
from survey.demo.crowd import ALONE, Crowd, Seat, Takers
from survey.demo.inviting import Host
from survey.demo.offices import Office
from survey.domain.periods import Period, local_day, year_to
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.queries import catalogue, demonstration, questionnaires
from survey.queries.points import Point
from survey.services import demonstrations, handled, points, staff
from survey.services.loads import Load

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


def load(
    session: Session,
    count: int,
    seed: int,
    now: datetime,
    secret: str,
    progress: Callable[[int], None],
    *,
    alone: int = ALONE,
    taker: Takers = Load,
) -> Loaded:
    """Make `count` responses over the twelve months up to yesterday; `secret` is the application's, for body hashes.

    A crowd of more than `alone` shares forms; `taker` is what stores the forms.

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
    procedures = [procedure.code for procedure in catalogue.procedures(session)]
    seats = [
        Seat(office, tuple((point, versions[point.questionnaire_key]) for point in _points(session, office, random)))
        for office in drawn
    ]
    crowd.come(session, seats, Crowd(year, count, procedures, secret, count > alone), random, progress, taker)
    made: tuple[Point, ...] = ()
    if not held:
        handled.put(session, dossiers.reported(drawn, procedures, year, random))
        made = _invite(session, drawn, procedures, secret, seed, now)
    return Loaded((*(point for seat in seats for point, _ in seat.points), *made), count)


def _invite(
    session: Session, drawn: tuple[Office, ...], procedures: list[str], secret: str, seed: int, now: datetime
) -> tuple[Point, ...]:
    """The ward where the demonstration's staff work invites; another province has none of that code."""
    ward = next((office.unit for office in drawn if office.unit.code == WARD), None)
    if ward is None or not procedures:
        return ()
    return inviting.invite(session, Host(ward, procedures, secret), seed, now)


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
