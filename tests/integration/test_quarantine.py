"""Flags found in the database, and batches kept out of the figures: exact at every moment, and taken back whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from survey.cli import releasing
from survey.domain import quarantine
from survey.domain.audit import Action
from survey.domain.disclosure import Minimums, rounds
from survey.domain.periods import Period
from survey.domain.problems import InvalidError
from survey.domain.quality import Flag
from survey.domain.quarantine import Batch
from survey.domain.selections import Selection
from survey.extensions import db, reading, refreshing, writing
from survey.models import AuditEvent, Handled, Layer, Pending, Released, Response
from survey.queries import catalogue, quarantines, rates, tallies
from survey.services import quality
from survey.services import quarantines as service
from tests.support import places, recount
from tests.support.places import CITY, KIOSK, NOW, POINT, TODAY, WARD, World
from tests.support.recount import Recounter
from tests.support.releases import release
from tests.support.responses import Plan, fill

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
REASON = "máy bị bấm liên tục cả buổi"


@pytest.fixture
def world(app: Flask) -> World:
    """Sixty answers of October at a kiosk, every second one fast, every third out of hours; and forty at a poster."""
    with writing() as session:
        world = places.build(session)
        ward, version = world.units[WARD], world.version
        fill(session, Plan(ward, world.points[KIOSK], version, 60, OCTOBER.start, OCTOBER.end, "kiosk", lean=-1.5), 1)
        fill(session, Plan(ward, world.points[POINT], version, 40, OCTOBER.start, OCTOBER.end, lean=1.0), 2)
        rows = session.execute(
            select(Response.client_id).where(Response.channel == "kiosk").order_by(Response.client_id)
        )
        for number, (client_id,) in enumerate(rows.all()):
            flags = (Flag.FAST if number % 2 == 0 else Flag(0)) | (Flag.OUTSIDE_HOURS if number % 3 == 0 else Flag(0))
            session.execute(update(Response).where(Response.client_id == client_id).values(flags=int(flags)))
    return world


def batch(world: World, flag: Flag = Flag.FAST) -> Batch:
    return Batch(world.units[WARD], world.points[KIOSK], flag, OCTOBER)


def decide(world: World, flag: Flag = Flag.FAST) -> int:
    with writing() as session:
        return service.decide(session, batch(world, flag), 10, REASON, "thanh-tra@hanoi.gov.vn", NOW)


def take_back(number: int) -> None:
    with reading() as session:
        found = quarantines.decision(session, number)
    assert found is not None
    with writing() as session:
        service.release(session, found, "đã xem lại, phiếu thật", "thanh-tra@hanoi.gov.vn", NOW)


def held() -> set[UUID]:
    with reading() as session:
        return set(session.scalars(select(Response.client_id).where(Response.quarantined)))


def flagged(flags: Flag) -> set[UUID]:
    with reading() as session:
        return {
            client_id
            for client_id, found in session.execute(select(Response.client_id, Response.flags))
            if flags & Flag(found)
        }


def assert_exact(world: World) -> None:
    """The exact figures, with and without what is kept out, are those of a recount of the raw rows."""
    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    counter = Recounter(rows, world.version)
    for with_flagged in (False, True):
        with reading() as session:
            selection = Selection(world.version, YEAR, flagged=with_flagged)
            found = tallies.by_unit(session, selection, [world.units[WARD]])[world.units[WARD]]
        wanted = counter.count(rows.quarantined.eq(False) | with_flagged)
        cell = found.overall
        assert found.responses == wanted.responses
        assert (cell.k, cell.counts, cell.mm, cell.sm, cell.ss) == wanted.overall


def test_a_batch_leaves_the_exact_figures_at_once_and_comes_back_whole(app: Flask, world: World) -> None:
    releasing.take_up()
    late = Plan(world.units[WARD], world.points[POINT], world.version, 5, OCTOBER.start, OCTOBER.end)
    with writing() as session:  # answers that no sum holds yet, on the same days
        fill(session, late, 3)
    number = decide(world)
    assert held() == flagged(Flag.FAST)
    assert len(held()) == 30
    assert_exact(world)
    releasing.take_up()
    assert_exact(world)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Pending)) == 0
    take_back(number)
    assert held() == set()
    assert_exact(world)
    releasing.take_up()
    assert_exact(world)
    with reading() as session:
        found = session.execute(
            select(AuditEvent.action, AuditEvent.unit, AuditEvent.subject, AuditEvent.detail).order_by(AuditEvent.id)
        ).all()
    assert [row[:3] for row in found] == [
        (Action.ANSWERS_QUARANTINED, WARD, KIOSK),
        (Action.QUARANTINE_RELEASED, WARD, KIOSK),
    ]
    assert '"answers":"30–39"' in found[0].detail, "by tens: the exact number tells of single people"


def test_what_two_decisions_keep_out_stays_until_both_are_taken_back(app: Flask, world: World) -> None:
    first, second = decide(world), decide(world, Flag.OUTSIDE_HOURS)
    assert held() == flagged(Flag.FAST | Flag.OUTSIDE_HOURS)
    take_back(first)
    assert held() == flagged(Flag.OUTSIDE_HOURS)
    assert_exact(world)
    take_back(second)
    assert held() == set()
    assert_exact(world)


def test_few_answers_are_never_decided_on_nor_a_batch_twice(app: Flask, world: World) -> None:
    number = decide(world)
    with pytest.raises(InvalidError, match="batch_small"):
        decide(world)
    with pytest.raises(InvalidError, match="batch_small"):
        decide(world, Flag.REPEATED)
    with pytest.raises(InvalidError, match="reason_short"), writing() as session:
        service.decide(session, batch(world, Flag.OUTSIDE_HOURS), 10, "  x ", "a", NOW)
    take_back(number)
    with pytest.raises(InvalidError, match="already_released"):
        take_back(number)


def test_released_figures_can_be_read_with_and_without_them(app: Flask, world: World) -> None:
    decide(world)
    release(NOW)

    def rate(with_flagged: bool) -> tuple[int | None, object]:
        with reading() as session:
            unit = catalogue.unit(session, CITY)
            assert unit is not None
            found = rates.of_unit(
                session, Selection(world.version, YEAR, flagged=with_flagged), unit, Minimums(), TODAY
            )
        return found.overall.shown.respondents, found.overall.shown.rate

    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    counter = Recounter(rows, world.version)
    for with_flagged, chosen in ((False, ~rows.quarantined), (True, rows.counted)):
        wanted = counter.count(chosen).overall
        assert rate(with_flagged) == (wanted[0], recount.percent(wanted[1]))
    assert rate(False) != rate(True)


def test_the_round_flags_what_waits_and_a_later_look_sees_dossiers_that_were_imported(app: Flask) -> None:
    with writing() as session:
        world = places.build(session)
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 30, TODAY, TODAY, "kiosk"), 5)
        fill(session, Plan(world.units[WARD], world.points[POINT], world.version, 12, TODAY, TODAY), 6)
        for number, client_id in enumerate(session.scalars(select(Response.client_id).order_by(Response.client_id))):
            moment = datetime(2026, 11, 24, 2, tzinfo=UTC) + timedelta(seconds=number)
            drawn = UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | number)
            session.execute(update(Pending).where(Pending.client_id == client_id).values(client_id=drawn))
            changed = {"client_id": drawn, "duration": 5 if number < 3 else 60}
            session.execute(update(Response).where(Response.client_id == client_id).values(**changed))
    assert release(NOW) > 0
    assert len(flagged(Flag.FAST)) == 3
    assert len(flagged(Flag.BURST)) == 30
    with writing() as session:
        counts = {"handled": 11, "early": 0, "on_time": 11, "late": 0}
        session.add(Handled(unit_id=world.units[WARD], day=TODAY, procedure="1.001193", **counts))
    with refreshing() as session:
        assert quality.flag_within(session, world.units[WARD], Period(TODAY, TODAY)) == 12
    assert len(flagged(Flag.BURST)) == 42
    with refreshing() as session:
        assert quality.flag_within(session, world.units[WARD], Period(TODAY, TODAY)) == 0


def test_commands_flag_list_decide_and_take_back(app: Flask, world: World) -> None:
    run = app.test_cli_runner()
    span = ["--unit", WARD, "--from", "2026-10", "--to", "2026-10"]
    assert "0 answers got a flag" in run.invoke(args=["quality", "flag", *span]).output
    listed = run.invoke(args=["quality", "list", *span]).output
    assert f"batch\t{KIOSK}\tfast\t2026-10\t30–39" in listed
    assert f"batch\t{KIOSK}\toutside_hours\t2026-10\t20–29" in listed
    asked = ["quality", "quarantine", "--point", KIOSK, "--flag", "fast", "--span", "2026-10", "--reason", REASON]
    dry = run.invoke(args=asked)
    assert (dry.exit_code, "Nothing was written" in dry.output) == (0, True), dry.output
    assert held() == set()
    done = run.invoke(args=[*asked, "--commit"])
    assert done.exit_code == 0, done.output
    assert len(held()) == 30
    (number,) = [word for word in done.output.split(":")[0].split() if word.isdecimal()]
    bad = run.invoke(args=[*asked[:5], "burst", *asked[6:], "--commit"])
    assert (bad.exit_code, "không phải là kỳ" in bad.output) == (1, True)
    assert run.invoke(args=["quality", "release", number, "--reason", "nhầm máy khác rồi"]).exit_code == 0
    assert len(held()) == 30
    back = run.invoke(args=["quality", "release", number, "--reason", "nhầm máy khác rồi", "--commit"])
    assert back.exit_code == 0, back.output
    assert held() == set()
    assert (
        f"decision {number}\t{KIOSK}\tfast\t2026-10\t30–39\treleased"
        in run.invoke(args=["quality", "list", *span]).output
    )


def test_the_batches_of_a_span_that_runs_are_not_listed(world: World) -> None:
    with reading() as session:
        found = list(quarantines.counts(session, [world.units[WARD]], OCTOBER))
    assert {one.flag for one in quarantine.batches(found, date(2026, 11, 1), 10)} == {Flag.FAST, Flag.OUTSIDE_HOURS}
    assert quarantine.batches(found, OCTOBER.end, 10) == {}
    assert quarantine.batches([replace(one, answers=0) for one in found], TODAY, 10) == {}


def night(month: int, day: int) -> int:
    releasing.take_up()
    return releasing.release(rounds.nightly(datetime(2026, month, day, 2, tzinfo=UTC), 10))


def waits() -> set[UUID]:
    with reading() as session:
        return set(session.scalars(select(Response.client_id).where(Response.lot.is_(None))))


def test_of_the_month_that_runs_flagged_answers_wait(app: Flask, world: World) -> None:
    assert night(10, 31) > 0
    assert waits() >= flagged(Flag.FAST | Flag.OUTSIDE_HOURS)


def test_flagged_answers_wait_for_inspectors_and_go_out_when_nobody_decides(app: Flask, world: World) -> None:
    """Thirty fast ones and, alone out of hours, ten; of the poster six fast ones, on which nobody can decide."""
    with writing() as session:
        few = session.scalars(select(Response.client_id).where(Response.channel == "poster").limit(6)).all()
        session.execute(update(Response).where(Response.client_id.in_(few)).values(flags=int(Flag.FAST)))
    night(11, 1)
    assert waits() == flagged(Flag.FAST | Flag.OUTSIDE_HOURS) - set(few), "the few are out with the rest of their month"
    decide(world, Flag.OUTSIDE_HOURS)
    night(11, 2)
    with reading() as session:
        kept = select(func.sum(Released.respondents)).where(Released.quarantined, Released.layer == Layer.LOT)
        assert session.scalar(kept) == len(flagged(Flag.OUTSIDE_HOURS)) == 20
    assert night(11, 14) == 0
    assert night(11, 15) == 20, "the other fast ones: nobody decided"
    assert waits() == set()
