"""The marks of dossiers: one counts once also over a New Year, and a frozen year's mark cannot be made again."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Row, select

from survey.domain import dossiers
from survey.domain.answers import Answers
from survey.domain.dossiers import Dossier
from survey.extensions import reading, writing
from survey.models import AuditEvent, DossierKey, Response
from survey.queries import points
from survey.services import responses
from survey.services.responses import ConflictError, Outcome, Submission
from tests.support import answers
from tests.support.places import CITY, POINT, World

OLD_DAY, NEW_DAY = date(2025, 12, 31), date(2026, 1, 2)
DOSSIER, OTHER = (dossiers.parse(f"H15-251230-000{number}", NEW_DAY) for number in (1, 2))


def give(world: World, number: int, day: date, dossier: Dossier) -> Outcome:
    """One answer at the ward's poster; the number is its id."""
    with writing() as session:
        point = points.by_code(session, POINT)
        assert point is not None
        version = world.version
        given = Answers((5,) * len(version.items), {}, {}, None, None, dossier, False, None, None)
        moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        return responses.accept(session, Submission(UUID(int=number), point, version, given, day, moment, b"b" * 16))


def row(number: int) -> Row[Any]:
    with reading() as session:
        return session.execute(select(Response.__table__).where(Response.client_id == UUID(int=number))).one()


def keys() -> dict[int, bytes]:
    with reading() as session:
        return {each.year: each.key for each in session.scalars(select(DossierKey))}


def freeze_2025(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["rates", "refresh"]).exit_code == 0
    done = runner.invoke(args=["rates", "freeze", "--unit", CITY, "--period", "2025", "--commit"])
    assert done.exit_code == 0, done.output


def test_one_dossier_counts_once_on_two_sides_of_a_new_year(world: World) -> None:
    for number, day in ((1, OLD_DAY), (2, NEW_DAY), (3, OLD_DAY)):
        assert give(world, number, day, DOSSIER) is Outcome.ACCEPTED
    assert give(world, 4, NEW_DAY, OTHER) is Outcome.ACCEPTED
    assert [row(number).counted for number in (1, 2, 3, 4)] == [True, False, False, True]
    assert sorted(keys()) == [2025, 2026]


def test_the_freeze_of_a_year_destroys_its_key_and_open_periods_keep_the_rule(app: Flask, world: World) -> None:
    answers.give(world)
    give(world, 1, OLD_DAY, DOSSIER)
    give(world, 2, NEW_DAY, OTHER)
    before = keys()
    freeze_2025(app)
    assert keys() == {2026: before[2026]}
    with reading() as session:
        latest = select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id.desc()).limit(1)
        event = session.execute(latest).one()
    assert tuple(event) == ("dossier_key_destroyed", "2025")
    give(world, 3, NEW_DAY, OTHER)
    assert not row(3).counted, "the year is open"
    assert give(world, 1, OLD_DAY, DOSSIER) is Outcome.HELD, "the same answer again"
    give(world, 4, OLD_DAY, DOSSIER)  # late: the year has a key again, but not the old one
    assert give(world, 1, OLD_DAY, DOSSIER) is Outcome.HELD
    marks = {dossiers.keyed_hash(key, DOSSIER) for key in keys().values()}
    assert row(1).dossier_hash == dossiers.keyed_hash(before[2025], DOSSIER)
    assert row(1).dossier_hash not in marks, "nobody can try codes against it"


def test_another_dossier_under_the_same_id_is_another_body(world: World) -> None:
    give(world, 1, NEW_DAY, DOSSIER)
    give(world, 2, OLD_DAY, DOSSIER)
    assert give(world, 1, NEW_DAY, DOSSIER) is Outcome.HELD
    assert give(world, 2, OLD_DAY, DOSSIER) is Outcome.HELD
    with pytest.raises(ConflictError):
        give(world, 1, NEW_DAY, OTHER)
