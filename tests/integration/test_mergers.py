"""Merging units on both databases: told first, done exactly so, taken back while nothing depends on it."""

from collections import Counter
from datetime import date
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.domain.catalogue import UnitEntry
from survey.domain.differences import ChangedError
from survey.domain.mergers import Below, Wanted
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.models import AuditEvent, Grant, Staff
from survey.queries import catalogue, entries, points
from survey.queries import mergers as queries
from survey.services import grants, mergers, units, unmerging
from survey.services.mergers import Carried, Merged
from tests.support import places
from tests.support.places import CITY, KIOSK, NOW, OTHER_POINT, OTHER_WARD, POINT, QUICK_POINT, WARD, World
from tests.support.responses import Plan, fill
from tests.support.staff import EMAIL, account

NEW, FIRST = "00999", date(2027, 1, 1)
FOUNDED = Wanted((WARD, OTHER_WARD), FIRST, NEW, ("UBND phường Mới", "commune", CITY))
ALL, NOTHING = Carried(points=True, grants=True), Carried(points=False, grants=False)
ME = "quan-tri@hanoi.gov.vn"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        world = places.build(session)
    account(world, WARD, EMAIL, Role.MANAGER)
    account(world, OTHER_WARD, "binh@hanoi.gov.vn", Role.VIEWER)
    account(world, WARD, ME, Role.ADMINISTRATOR)
    return world


def merge(wanted: Wanted = FOUNDED, carried: Carried = ALL, actor: str = ME) -> Merged:
    with reading() as session:
        seal = mergers.preview(session, wanted, carried, actor).seal
    with writing() as session:
        return mergers.merge(session, wanted, carried, seal, actor, Random(1), NOW)


def stored() -> dict[str, UnitEntry]:
    with reading() as session:
        return entries.units(session)


def roles_at(code: str) -> set[tuple[str, str]]:
    with reading() as session:
        unit = catalogue.unit(session, code)
        assert unit is not None
        rows = session.execute(
            select(Staff.email, Grant.role).join(Grant, Grant.staff_id == Staff.id).where(Grant.unit_id == unit.id)
        )
        return {(email, role) for email, role in rows}


def points_of(code: str) -> list[tuple[str, str]]:
    with reading() as session:
        unit = catalogue.unit(session, code)
        assert unit is not None
        return [(point.kind.value, point.questionnaire_key) for point in points.of_units(session, [unit.id])]


def codes(error: pytest.ExceptionInfo[InvalidError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_preview_tells_what_ends_and_writes_nothing(world: World) -> None:
    with reading() as session:
        found = mergers.preview(session, FOUNDED, ALL, ME)
    assert list(found.difference.added) == [NEW]
    assert set(found.difference.changed) == {WARD, OTHER_WARD}
    assert {point.code for point in found.standing.points} == {POINT, KIOSK, OTHER_POINT, QUICK_POINT}
    assert found.new_points == 4
    assert {(held.email, held.role) for held in found.new_grants} == {
        (EMAIL, Role.MANAGER),
        ("binh@hanoi.gov.vn", Role.VIEWER),
    }, "nobody gives themselves a role"
    assert NEW not in stored()


def test_a_merger_ends_the_old_units_and_keeps_everything_of_theirs(world: World) -> None:
    before = stored()
    done = merge()
    after = stored()
    for code in (WARD, OTHER_WARD):
        assert (after[code].valid_to, after[code].replaced_by) == (date(2026, 12, 31), (NEW,))
        assert after[code].parent_code == before[code].parent_code
    assert (after[NEW].valid_from, after[NEW].parent_code) == (FIRST, CITY)
    assert done.refused == ()
    assert sorted(points_of(NEW)) == sorted(points_of(WARD) + points_of(OTHER_WARD))
    assert roles_at(NEW) == {(EMAIL, "manager"), ("binh@hanoi.gov.vn", "viewer")}
    assert (EMAIL, "manager") in roles_at(WARD), "old figures are still theirs to read"
    with reading() as session:
        acts = session.execute(select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "units_merged"))
        assert [tuple(row) for row in acts] == [(ME, NEW)]


def test_taking_back_leaves_all_as_it_was(world: World) -> None:
    before, ids = stored(), [world.units[WARD], world.units[OTHER_WARD]]
    with reading() as session:
        held = points.of_units(session, ids)
    done = merge()
    with writing() as session:
        unmerging.undo(session, done.id, ME, NOW)
    assert stored() == before
    with reading() as session:
        assert points.of_units(session, ids) == held
        (made,) = queries.every(session)
        assert made.undone_at == NOW
        acts = Counter(session.scalars(select(AuditEvent.action).where(AuditEvent.actor == ME)))
    told = {"role_granted": 2, "point_created": 4, "units_merged": 1, "role_revoked": 2, "merger_undone": 1}
    assert acts - Counter(["authenticator_set"]) == told, "every single thing that was done, and undone"
    with writing() as session, pytest.raises(InvalidError) as error:
        unmerging.undo(session, done.id, ME, NOW)
    assert codes(error) == ["merger_unknown"]


def test_what_is_in_use_or_was_changed_is_not_taken_back(world: World) -> None:
    done = merge()
    with writing() as session:
        units.change(session, WARD, {"name": "Tên khác"}, ME, NOW)
    with writing() as session, pytest.raises(InvalidError) as error:
        unmerging.undo(session, done.id, ME, NOW)
    assert codes(error) == ["merger_changed"]
    with writing() as session:
        units.change(session, WARD, {"name": "UBND phường Cầu Giấy"}, ME, NOW)
    with writing() as session:
        unit = catalogue.unit(session, NEW)
        assert unit is not None
        poster = next(p for p in points.of_units(session, [unit.id]) if p.kind == "poster")
        fill(session, Plan(unit.id, poster.id, world.version, 1, FIRST, FIRST))
    kept = stored()
    with pytest.raises(InvalidError) as error, writing() as session:
        unmerging.undo(session, done.id, ME, NOW)
    assert codes(error) == ["merger_used"]
    assert stored() == kept, "nothing half done"


def test_what_changed_since_the_preview_is_not_done(world: World) -> None:
    with reading() as session:
        seal = mergers.preview(session, FOUNDED, ALL, ME).seal
    account(world, WARD, "them@hanoi.gov.vn", Role.CLERK)
    with writing() as session, pytest.raises(ChangedError):
        mergers.merge(session, FOUNDED, ALL, seal, ME, Random(1), NOW)
    assert NEW not in stored()


def test_a_role_against_another_is_told_and_the_rest_is_given(world: World) -> None:
    """Somebody inspects one ward and manages the other: at the unit of both they cannot do both."""
    with writing() as session:
        staff_id = session.scalars(select(Staff.id).where(Staff.email == EMAIL)).one()
        other = catalogue.unit(session, OTHER_WARD)
        assert other is not None
        grants.grant(session, staff_id, EMAIL, Role.INSPECTOR, other, ME, NOW)
    done = merge()
    assert len(done.refused) == 1
    assert len([role for email, role in roles_at(NEW) if email == EMAIL]) == 1
    with writing() as session:
        unmerging.undo(session, done.id, ME, NOW)


def test_units_below_end_too_or_move_where_the_tree_allows_it(world: World) -> None:
    row = {"code": "TT", "name": "Trung tâm", "kind": "agency", "parent_code": WARD}
    with writing() as session:
        units.add(session, {**row, "valid_from": "2026-01-01", "valid_to": "", "replaced_by": ""}, ME, NOW)
    with reading() as session, pytest.raises(InvalidError) as error:
        mergers.preview(session, Wanted((WARD,), FIRST, NEW, FOUNDED.founded, Below.MOVE), NOTHING, ME)
    assert codes(error) == ["begins_before_parent"], "a founded unit is younger than what would move below it"
    done = merge(Wanted((WARD,), FIRST, OTHER_WARD, None, Below.MOVE), NOTHING)
    assert stored()["TT"].parent_code == OTHER_WARD
    assert stored()["TT"].valid_to is None
    with writing() as session:
        unmerging.undo(session, done.id, ME, NOW)
    merge(Wanted((WARD,), FIRST, OTHER_WARD), NOTHING)
    assert (stored()["TT"].valid_to, stored()["TT"].replaced_by) == (date(2026, 12, 31), (OTHER_WARD,))


REFUSED = (
    (Wanted((), FIRST, WARD), "merger_empty"),
    (Wanted((WARD,), FIRST, WARD), "merger_itself"),
    (Wanted((WARD,), FIRST, "XX"), "unit_unknown"),
    (Wanted(("XX",), FIRST, WARD), "unit_unknown"),
    (Wanted((WARD,), FIRST, OTHER_WARD, ("Tên", "commune", CITY)), "code_taken"),
    (Wanted(("005",), FIRST, WARD), "unit_closed"),
    (Wanted((WARD,), FIRST, "005"), "unit_closed"),
    (Wanted((WARD,), date(2025, 7, 1), OTHER_WARD), "unit_closed"),
    (Wanted((WARD,), FIRST, NEW, ("", "commune", CITY)), "empty"),
    (Wanted((WARD,), FIRST, NEW, ("Tên", "xã", CITY)), "kind_bad"),
    (Wanted((WARD,), FIRST, "a b", ("Tên", "commune", CITY)), "unit_code_bad"),
    (Wanted((WARD,), FIRST, NEW, ("Tên", "commune", "XX")), "parent_unknown"),
    (Wanted((CITY,), FIRST, WARD), "outlasts_parent"),
)


def test_what_cannot_be_merged_says_why(world: World) -> None:
    for wanted, said in REFUSED:
        with reading() as session, pytest.raises(InvalidError) as error:
            mergers.preview(session, wanted, ALL, ME)
        assert said in codes(error), wanted
