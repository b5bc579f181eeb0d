"""Flagged answers as inspectors see them: batches of ten or more, by tens; decided by who does not run the unit."""

from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.domain.access import Role
from survey.domain.quality import Flag
from survey.extensions import reading, writing
from survey.models import Grant, Response, Staff
from tests.support import places
from tests.support.pages import Browser
from tests.support.places import CITY, KIOSK, OTHER_WARD, POINT, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import EMAIL, account, signed_in

REASON = "máy bị bấm liên tục cả buổi"
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    """An inspector of the city; 24 fast answers of October at the ward's kiosk, 9 at its poster, and today's burst."""
    with writing() as session:
        world = places.build(session)
        ward, version = world.units[WARD], world.version
        fill(session, Plan(ward, world.points[KIOSK], version, 24, *OCTOBER, "kiosk"), 1)
        fill(session, Plan(ward, world.points[POINT], version, 9, *OCTOBER), 2)
        session.execute(update(Response).values(flags=int(Flag.FAST)))
    with writing() as session:
        fill(session, Plan(ward, world.points[KIOSK], version, 30, places.TODAY, places.TODAY, "kiosk"), 3)
        session.execute(update(Response).where(Response.day == places.TODAY).values(flags=int(Flag.BURST)))
    account(world, CITY, EMAIL, Role.INSPECTOR)
    return world


def cells(browser: Browser) -> list[str]:
    return [" ".join("".join(row.itertext()).split()) for row in browser.get("/staff/flags").all("tr")][1:]


def held() -> int:
    with reading() as session:
        return len(session.scalars(select(Response.client_id).where(Response.quarantined)).all())


def test_an_inspector_keeps_a_batch_out_and_takes_that_back(app: Flask, world: World) -> None:
    browser = signed_in(app)
    (line,) = cells(browser)
    assert line == f"UBND phường Cầu GiấyQuầy 1 ({KIOSK}) Trả lời quá nhanh 10/2026 Số phiếu: 20–29 Tạm giữ"
    page = browser.get("/staff/flags")
    ask = next(href for text, href in page.links().items() if text == "Tạm giữ")
    form = browser.get(ask)
    fields = form.fields()
    short = browser.client.post("/staff/flags/quarantine", data=fields | {"reason": "<b>"})
    assert short.status_code == 422
    assert "ít nhất 10 chữ cái" in short.get_data(as_text=True)
    assert "&lt;b&gt;" in short.get_data(as_text=True), "what was typed is not lost"
    assert held() == 0
    assert browser.send("/staff/flags/quarantine", fields | {"reason": REASON}) == "/staff/flags"
    assert held() == 24
    assert browser.client.post("/staff/flags/quarantine", data=fields | {"reason": REASON}).status_code == 422
    page = browser.get("/staff/flags")
    assert "Không có nhóm phiếu nào cần xem." in page.text
    address = next(href for href in page.links().values() if "/decisions/" in href)
    decision = browser.get(address)
    assert REASON in decision.text
    assert browser.send(address, decision.fields() | {"reason": "xem lại thì thấy phiếu thật"}) == address
    assert held() == 0
    assert "bỏ quyết định" in browser.get(address).text
    english = browser.get(f"{address}?lang=en").text
    assert "took the decision back" in english


def test_the_page_says_which_decisions_released_figures_wait_for_and_figures_say_their_revision(
    app: Flask, world: World
) -> None:
    """Twenty-four of the kiosk's thirty-eight were released and are decided on, then they are not."""
    with writing() as session:
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 14, *OCTOBER, "kiosk", silent=0.0), 4)
    release(places.NOW)
    browser = signed_in(app)
    fields = browser.get(f"/staff/flags/quarantine?unit={WARD}&point={KIOSK}&flag=fast&span=2026-10").fields()
    browser.send("/staff/flags/quarantine", fields | {"reason": REASON})
    page = browser.get("/staff/flags")
    assert "chưa theo hết: 1." in page.text
    assert "Số liệu đã phát hành còn chờ" in page.text
    address = next(href for href in page.links().values() if "/decisions/" in href)
    assert "chưa theo hết quyết định này" in browser.get(address).text
    unit = f"/staff/units/{WARD}?from=2026-10&to=2026-10"
    assert "Lần sửa" not in browser.get(unit).text
    release(places.NOW)
    assert "còn chờ" not in browser.get("/staff/flags").text
    assert (
        "Lần sửa 1, ngày 24/11/2026: theo quyết định về phiếu có cảnh báo, số liệu 10/2026 đã đổi."
        in browser.get(unit).text
    )
    assert "Lần sửa 1" in browser.get("/staff/").text
    assert "Lần sửa" not in browser.get(f"{unit}&flagged=1").text
    assert "Lần sửa" not in browser.get(f"/staff/units/{WARD}?from=2026-09&to=2026-09").text


def test_few_answers_an_open_span_and_a_wrong_one_are_refused_with_a_sentence(app: Flask, world: World) -> None:
    browser = signed_in(app)
    base = f"/staff/flags/quarantine?unit={WARD}"
    few = browser.get(f"{base}&point={POINT}&flag=fast&span=2026-10")
    assert "không đủ 10 phiếu" in few.text
    assert "reason" not in few.fields()
    for query, status in (
        (f"&point={KIOSK}&flag=burst&span=2026-11-24", 422),
        (f"&point={KIOSK}&flag=fast&span=2026-11", 422),
        (f"&point={KIOSK}&flag=fast&span=2026-10-05", 422),
        (f"&point={KIOSK}&flag=burst&span=2026-10", 422),
        (f"&point={KIOSK}&flag=fast&span=soon", 422),
        (f"&point={KIOSK}&flag=slow&span=2026-10", 404),
        ("&point=XXXXXX&flag=fast&span=2026-10", 404),
    ):
        assert browser.client.get(base + query).status_code == status, query


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_who_runs_the_unit_reads_but_does_not_decide(app: Flask, world: World) -> None:
    with writing() as session:  # no page grants these two together; a merger of units may bring them together
        me = session.scalars(select(Staff.id).where(Staff.email == EMAIL)).one()
        session.add(Grant(staff_id=me, unit_id=world.units[WARD], role=Role.MANAGER.value))
    browser = signed_in(app)
    assert "Ông/Bà phụ trách đơn vị này" in cells(browser)[0]
    ask = f"/staff/flags/quarantine?unit={WARD}&point={KIOSK}&flag=fast&span=2026-10"
    page = browser.get(ask)
    assert "người kiểm tra khác phải quyết định" in page.text
    fields = {"csrf_token": page.fields()["csrf_token"], "reason": REASON}
    fields |= {"unit": WARD, "point": KIOSK, "flag": "fast", "span": "2026-10"}
    assert browser.client.post("/staff/flags/quarantine", data=fields).status_code == 403
    assert held() == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nothing_of_other_units_and_nothing_for_other_roles(app: Flask, world: World) -> None:
    account(world, OTHER_WARD, "ben-canh@hanoi.gov.vn", Role.INSPECTOR)
    other = signed_in(app, "ben-canh@hanoi.gov.vn")
    assert KIOSK not in other.get("/staff/flags").text
    for unit in (WARD, OTHER_WARD):
        ask = f"/staff/flags/quarantine?unit={unit}&point={KIOSK}&flag=fast&span=2026-10"
        assert other.client.get(ask).status_code == 404
    for role in (Role.VIEWER, Role.CLERK, Role.MANAGER, Role.ADMINISTRATOR):
        account(world, CITY, f"{role.value}@hanoi.gov.vn", role)
        browser = signed_in(app, f"{role.value}@hanoi.gov.vn")
        assert browser.client.get("/staff/flags").status_code == 403
        assert browser.client.get("/staff/flags/decisions/1").status_code == 403
