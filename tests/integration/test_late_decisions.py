"""Decisions on answers that were released before: the figures follow, as a numbered revision, or say that they wait."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from survey.cli import releasing
from survey.domain import named_periods
from survey.domain.disclosure import Minimums, rounds
from survey.domain.frozen import Snapshot
from survey.domain.periods import Period
from survey.domain.quality import Flag
from survey.domain.quarantine import Batch
from survey.domain.selections import Selection
from survey.domain.tally import Tally
from survey.extensions import db, reading, writing
from survey.models import FigureRevision, Layer, Released, Response
from survey.queries import catalogue, frozen, quarantines, released
from survey.queries import shifts as decided
from survey.services import freezes
from survey.services import quarantines as service
from tests.support import places, recount
from tests.support.places import KIOSK, NOW, WARD, World
from tests.support.recount import Recounter
from tests.support.releases import release
from tests.support.responses import Plan, fill

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
BY = "thanh-tra@hanoi.gov.vn"


@pytest.fixture
def world(app: Flask) -> World:
    """A kiosk's October, released: 120 answers, each second one fast, and each third out of hours."""
    with writing() as session:
        world = places.build(session)
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 120, *_days(), "kiosk"), 1)
        for number, client_id in enumerate(_ids(session)):
            _flag(
                session,
                client_id,
                Flag.FAST if number % 2 == 0 else Flag(0),
                Flag.OUTSIDE_HOURS if number % 3 == 0 else Flag(0),
            )
    assert release(NOW) == 120
    return world


def _days() -> tuple[date, date]:
    return OCTOBER.start, OCTOBER.end


def _ids(session: object) -> list[UUID]:
    return list(session.scalars(select(Response.client_id).order_by(Response.client_id)))  # type: ignore[attr-defined]


def _flag(session: object, client_id: UUID, *flags: Flag) -> None:
    value = sum(int(flag) for flag in flags)
    session.execute(update(Response).where(Response.client_id == client_id).values(flags=value))  # type: ignore[attr-defined]


def decide(world: World, flag: Flag) -> int:
    with writing() as session:
        batch = Batch(world.units[WARD], world.points[KIOSK], flag, OCTOBER)
        return service.decide(session, batch, 10, "máy bị bấm liên tục cả buổi", BY, NOW)


def take_back(number: int) -> None:
    with reading() as session:
        found = quarantines.decision(session, number)
    assert found is not None
    with writing() as session:
        service.release(session, found, "đã xem lại, phiếu thật", BY, NOW)


def told(world: World, *, flagged: bool) -> Tally:
    with reading() as session:
        selection = Selection(world.version, YEAR, flagged=flagged)
        return released.by_unit(session, selection, [world.units[WARD]])[world.units[WARD]]


def assert_followed(world: World) -> None:
    """Released figures, with and without what is kept out, are a recount of all raw rows: overall, factors, items."""
    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    counter = Recounter(rows, world.version)
    for flagged in (False, True):
        found, wanted = told(world, flagged=flagged), counter.count(~rows.quarantined | flagged)
        cells = {"": found.overall} | dict(zip(wanted.factors, found.factors, strict=True))
        for key, cell in cells.items():
            expected = wanted.factors[key] if key else wanted.overall
            assert (cell.k, cell.counts, cell.mm, cell.sm, cell.ss) == expected, (flagged, key)
        for (key, sums), counts in zip(wanted.items.items(), found.items, strict=True):
            assert counts == sums[1], (flagged, key)


def revisions() -> list[tuple[int, date, date]]:
    with reading() as session:
        found = select(FigureRevision.number, FigureRevision.first, FigureRevision.last)
        return [(number, first, last) for number, first, last in session.execute(found.order_by(FigureRevision.number))]


def waiting(world: World) -> frozenset[int]:
    with reading() as session:
        return decided.due_batches(session, [world.units[WARD]])


def test_released_figures_follow_a_decision_and_its_reversal(world: World) -> None:
    before = told(world, flagged=False)
    number = decide(world, Flag.FAST)
    assert waiting(world) == {number}
    release(NOW)
    assert waiting(world) == frozenset()
    assert told(world, flagged=False).overall.k < before.overall.k
    assert_followed(world)
    assert revisions() == [(1, *_days())]
    release(NOW)
    assert revisions() == [(1, *_days())], "a second round finds nothing to do"
    take_back(number)
    release(NOW)
    assert_followed(world)
    assert told(world, flagged=False) == before
    assert [number for number, *_ in revisions()] == [1, 2]


def test_of_two_decisions_the_first_can_be_taken_back_alone(world: World) -> None:
    """Sixty fast ones, of the others twenty out of hours; then forty fast ones come back, twenty of them stay out."""
    first = decide(world, Flag.FAST)
    release(NOW)
    decide(world, Flag.OUTSIDE_HOURS)
    release(NOW)
    assert_followed(world)
    take_back(first)
    release(NOW)
    assert waiting(world) == frozenset()
    assert_followed(world)
    with reading() as session:
        rows = session.scalars(select(Released).where(Released.layer == Layer.SHIFT).order_by(Released.id)).all()
        assert [(row.respondents, row.quarantined, row.within) for row in rows] == [
            (60, True, None),
            (20, True, None),
            (40, False, rows[0].id),
        ]


def test_a_lot_of_flagged_answers_alone_changes_sides_as_it_is(app: Flask) -> None:
    with writing() as session:
        world = places.build(session)
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 12, *_days(), "kiosk", silent=0.0), 1)
        for client_id in _ids(session):
            _flag(session, client_id, Flag.FAST)
    release(NOW)
    number = decide(world, Flag.FAST)
    release(NOW)
    assert told(world, flagged=True).overall.k == 12
    with reading() as session:
        assert released.overall_by_unit(session, Selection(world.version, YEAR), [world.units[WARD]]) == {}
        assert session.scalars(select(Released).where(Released.layer == Layer.SHIFT)).all() == []
    take_back(number)
    release(NOW)
    assert_followed(world)


def test_where_too_few_would_stay_the_decision_waits_until_more_come(app: Flask) -> None:
    """Eleven of fourteen, and the three others would be told: the decision waits. Lots of the month help each other."""
    with writing() as session:
        world = places.build(session)
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 14, *_days(), "kiosk", silent=0.0), 1)
        for client_id in _ids(session)[:11]:
            _flag(session, client_id, Flag.FAST)
    release(NOW)
    number, before = decide(world, Flag.FAST), told(world, flagged=False)
    release(NOW)
    assert waiting(world) == {number}
    assert told(world, flagged=False) == before
    assert revisions() == []
    with writing() as session:
        old = set(_ids(session))
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 30, *_days(), "kiosk", silent=0.0), 2)
        late = [client_id for client_id in _ids(session) if client_id not in old]
    release(NOW)
    with writing() as session:
        for client_id in late[:9]:
            _flag(session, client_id, Flag.FAST)
        session.execute(update(Response).where(Response.client_id.in_(late[:9])).values(quarantined=True))
    release(NOW)
    assert waiting(world) == frozenset()
    assert_followed(world)


def test_two_refreshers_revise_once(world: World) -> None:
    decide(world, Flag.FAST)
    now = rounds.everything(NOW, 10)
    assert releasing.revise(now) == 1
    assert releasing.revise(now) == 0


def test_a_frozen_month_stays_as_it_is_and_a_supplement_has_what_the_decision_changed(world: World) -> None:
    with reading() as session:
        unit = catalogue.unit(session, WARD)
    assert unit is not None
    wanted = freezes.Wanted(unit, world.version, named_periods.named("2026-10"))

    def freeze() -> Snapshot:
        with writing() as session:
            taken = freezes.prepare(session, wanted, Minimums(), BY, NOW)
            stored = freezes.freeze(session, wanted, taken)
            return frozen.snapshot(session, stored.id)

    first = freeze()
    decide(world, Flag.FAST)
    release(NOW)
    second = freeze()
    assert (first.number, second.number) == (1, 2)
    assert second.follows is not None
    (overall, *_) = second.changes
    assert overall.respondents == (120, 60)
    with reading() as session:
        assert [each.number for each in frozen.of_period(session, unit, world.version, "2026-10")] == [2, 1]
        assert frozen.flaws(session) == ()
