"""Harassment and fees: counted once a year, shown to who inspects above, with nothing to subtract."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.cli import refresher
from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Response
from tests.support import places
from tests.support.pages import words
from tests.support.places import CITY, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import account, signed_in

FEBRUARY = datetime(2027, 2, 1, 2, tzinfo=UTC)


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    """In the ward 40 answered and two of them report some harassment; in the other ward 29 answered."""
    with writing() as session:
        found = places.build(session)
        for seed, (code, point, count) in enumerate(((WARD, POINT, 40), (OTHER_WARD, OTHER_POINT, 29))):
            days = (date(2026, 3, 1), date(2026, 10, 31))
            rows = fill(session, Plan(found.units[code], found.points[point], found.version, count, *days), seed)
            for number, row in enumerate(rows):
                said = {"harassment": "some" if number < 2 else "none", "extra_fees": "many" if number < 6 else "none"}
                mine = (Response.unit_id == row["unit_id"], Response.client_id == row["client_id"])
                session.execute(update(Response).where(*mine).values(facts=said))
    release()
    clock.move_to(FEBRUARY)
    return found


def acts() -> list[str]:
    with reading() as session:
        return [action for action in session.scalars(select(AuditEvent.action)) if action.startswith("integrity")]


def test_the_inspector_above_reads_ranges(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2027, 1, 29, 2, tzinfo=UTC))
    refresher.one_round(None, datetime(2027, 1, 29, 2, tzinfo=UTC))
    assert acts() == [], "the last answers of the year are not out yet"
    clock.move_to(FEBRUARY)
    for _ in range(2):
        refresher.one_round(None, FEBRUARY)
    assert acts() == ["integrity_counted"]
    account(world, CITY, role=Role.INSPECTOR)
    browser = signed_in(app)
    page = browser.get("/staff/integrity")
    assert page.h1 == "Phiền hà và tiền ngoài quy định, 2026"
    lines = [[words(cell) for cell in tr] for body in page.all("tbody") for tr in body.iter("tr")]
    ward, other = "UBND phường Cầu Giấy", "UBND phường Hoàn Kiếm"
    assert lines == [
        [ward, "Số người trả lời: 40", "Không có: 36–40", "Có một số: 0–2", "Có nhiều: 0–2"],
        [ward, "Số người trả lời: 40", "Không: 32–34", "Một số: 0–2", "Nhiều: 6"],
    ]
    named = [section.get("aria-labelledby") or "" for section in page.all("section")]
    assert all(label.split()[1] == f"{label.split()[0]}-form" for label in named), "two forms may ask the same"
    assert [words(one) for one in page.all("details", class_="claim")] == [
        f"Chưa đủ phiếu: 1 đơn vị Xem tên{other}"
    ] * 2
    assert acts() == ["integrity_counted", "integrity_viewed"]
    assert browser.get(f"/staff/integrity?unit={CITY}", 404), "nobody stands above the city"


@pytest.mark.parametrize(("role", "at"), [(Role.INSPECTOR, WARD), (Role.MANAGER, CITY), (Role.ADMINISTRATOR, CITY)])
def test_nobody_else_reads_them(app: Flask, world: World, role: Role, at: str) -> None:
    refresher.one_round(None, FEBRUARY)
    account(world, at, role=role)
    answer = signed_in(app).client.get("/staff/integrity?year=2026")
    text = answer.get_data(as_text=True)
    assert answer.status_code == (200 if role is Role.INSPECTOR else 403)
    assert "36–40" not in text
    assert "UBND" not in text
    assert "integrity_viewed" not in acts()


def test_who_comes_late_changes_nothing(app: Flask, world: World) -> None:
    refresher.one_round(None, FEBRUARY)
    account(world, CITY, role=Role.INSPECTOR)
    browser = signed_in(app)
    before = [words(body) for body in browser.get("/staff/integrity").all("tbody")]
    with writing() as session:
        plan = Plan(world.units[WARD], world.points[POINT], world.version, 20, date(2026, 5, 1), date(2026, 5, 31))
        fill(session, plan, 9)
        session.execute(update(Response).where(Response.facts.is_(None)).values(facts={"harassment": "many"}))
    release(FEBRUARY)
    refresher.one_round(None, FEBRUARY)
    assert [words(body) for body in browser.get("/staff/integrity").all("tbody")] == before
