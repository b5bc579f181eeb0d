"""/staff/admin/units and its siblings: who decides about which unit, what a form changes, merging with its way back."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.domain.catalogue import UnitEntry
from survey.extensions import limiter, reading, writing
from survey.models import AuditEvent
from survey.queries import entries
from survey.services import units as services
from tests.support import places
from tests.support.pages import Browser, Page, words
from tests.support.places import CITY, DISTRICT, KIOSK, NOW, OTHER_WARD, POINT, WARD, World
from tests.support.staff import EMAIL, account, signed_in

LIST, NEW_UNIT, MERGE, PAST = (f"/staff/admin/{name}" for name in ("units", "new-unit", "merge-units", "mergers"))
BELOW = "TT"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    limiter.reset()
    with writing() as session:
        world = places.build(session)
        row = {"code": BELOW, "name": "Trung tâm bên dưới", "kind": "agency", "parent_code": WARD}
        services.add(session, row | {"valid_from": "2026-01-01", "valid_to": "", "replaced_by": ""}, "test", NOW)
    return world


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    """The administrator of the whole city."""
    account(world, CITY, role=Role.ADMINISTRATOR)
    return signed_in(app)


@pytest.fixture
def ward(app: Flask, world: World) -> Browser:
    """The administrator of one ward."""
    account(world, WARD, "phuong@hanoi.gov.vn", Role.ADMINISTRATOR)
    return signed_in(app, "phuong@hanoi.gov.vn")


def stored() -> dict[str, UnitEntry]:
    with reading() as session:
        return entries.units(session)


def token(browser: Browser) -> dict[str, str]:
    return {"csrf_token": browser.get("/staff/account").fields()["csrf_token"]}


def change(browser: Browser, code: str, act: str, status: int = 303, **fields: str) -> Page | str:
    sent = {**token(browser), "act": act, **fields}
    if status == 303:
        return browser.send(f"{LIST}/{code}", sent)
    return browser.post(f"{LIST}/{code}", sent, status)


def acts() -> list[tuple[str, str, str]]:
    with reading() as session:
        rows = session.execute(select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
        return [(actor, action, subject) for actor, action, subject in rows if actor != "test" and "unit" in action]


def linked(page: Page) -> list[str]:
    """The codes in the list of units."""
    (tree,) = page.all("ul", class_="tree")
    return [words(span) for span in tree.iter("span") if "code" in (span.get("class") or "").split()]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_tree_and_the_search_show_what_is_within_reach(browser: Browser, ward: Browser) -> None:
    assert linked(browser.get(LIST)) == [CITY, WARD, BELOW, OTHER_WARD]
    assert set(linked(browser.get(f"{LIST}?closed=yes"))) == {CITY, WARD, BELOW, OTHER_WARD, DISTRICT}
    assert linked(browser.get(f"{LIST}?q=giay+cau")) == [WARD]
    assert set(linked(browser.get(f"{LIST}?q=cau+giay&closed=yes"))) == {WARD, DISTRICT}
    assert linked(browser.get(f"{LIST}?q=0007")) == [OTHER_WARD]
    assert linked(browser.get(f"{LIST}?q=%27%22<>%25")) == []
    assert linked(ward.get(LIST)) == [WARD, BELOW]
    assert LIST in ward.get("/staff/").links().values()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_only_administrators_come_here(app: Flask, world: World) -> None:
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            account(world, CITY, f"{role.value}@hanoi.gov.vn", role)
            browser = signed_in(app, f"{role.value}@hanoi.gov.vn")
            for address in (LIST, f"{LIST}/{WARD}", NEW_UNIT, MERGE, PAST, "/staff/admin/procedures"):
                browser.get(address, 403)
            assert LIST not in browser.get("/staff/").links().values()


def test_a_unit_is_added_renamed_moved_closed_and_opened_again(browser: Browser) -> None:
    fields = {
        "code": "TT2",
        "name": " Trung  tâm hai ",
        "kind": "agency",
        "parent_code": WARD,
        "valid_from": "2026-02-01",
    }
    assert browser.send(NEW_UNIT, {**token(browser), **fields}) == f"{LIST}/TT2?saved=new"
    assert "Đã thêm đơn vị." in browser.get(f"{LIST}/TT2?saved=new").text
    change(browser, "TT2", "name", name="Trung tâm Hòan Mỹ")
    change(browser, "TT2", "place", kind="agency", parent_code=OTHER_WARD)
    change(browser, "TT2", "days", valid_from="2026-02-01", valid_to="2026-10-31", replaced_by=f"{BELOW} {OTHER_WARD}")
    first, last = date(2026, 2, 1), date(2026, 10, 31)
    heirs = (OTHER_WARD, BELOW)
    assert stored()["TT2"] == UnitEntry("TT2", "Trung tâm Hoàn Mỹ", "agency", OTHER_WARD, first, last, heirs)
    page = browser.get(f"{LIST}/TT2?saved=days")
    assert "31/10/2026" in page.text
    assert "Đã lưu." in page.text
    refused = browser.post(f"{LIST}/TT2?saved=days", {**token(browser), "act": "name", "name": ""}, 422)
    assert "Đã lưu." not in refused.text
    assert page.fields()["replaced_by"] == f"{OTHER_WARD} {BELOW}"
    assert browser.get(f"{LIST}/{BELOW}").links()["Trung tâm Hoàn Mỹ"] == f"{LIST}/TT2", "what it replaces"
    change(browser, "TT2", "days", valid_from="2026-02-01", valid_to="", replaced_by="")
    assert stored()["TT2"].valid_to is None
    assert acts() == [(EMAIL, "unit_added", "TT2"), *[(EMAIL, "unit_changed", "TT2")] * 4]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_the_rules_refuse_is_told_and_what_was_typed_stays(browser: Browser) -> None:
    before = stored()
    for code, act, fields, said in (
        (WARD, "name", {"name": "  "}, "Hãy điền tên."),
        (WARD, "name", {"name": "x" * 200}, "tối đa 199"),
        (WARD, "name", {"name": "Tên\u202elạ"}, "ký tự lạ"),
        (WARD, "place", {"kind": "ward", "parent_code": CITY}, "Không có loại đơn vị “ward”"),
        (WARD, "place", {"kind": "commune", "parent_code": BELOW}, "Vòng lặp"),
        (WARD, "place", {"kind": "commune", "parent_code": "XX"}, "“XX”"),
        (WARD, "days", {"valid_from": "2025-07-01", "valid_to": "2026-02-31", "replaced_by": ""}, "ngày có thật"),
        (WARD, "days", {"valid_from": "2025-07-01", "valid_to": "2026-12-31", "replaced_by": ""}, "còn hoạt động"),
        (WARD, "days", {"valid_from": "2026-07-01", "valid_to": "", "replaced_by": ""}, "bắt đầu trước"),
        (DISTRICT, "days", {"valid_from": "", "valid_to": "", "replaced_by": WARD}, "chưa có ngày cuối cùng"),
        (DISTRICT, "days", {"valid_from": "", "valid_to": "2025-06-30", "replaced_by": "XX"}, "mã “XX” để thay"),
        (BELOW, "days", {"valid_from": "2026-03-01", "valid_to": "2026-02-01", "replaced_by": ""}, "01/03/2026 sau"),
    ):
        page = change(browser, code, act, 422, **fields)
        assert isinstance(page, Page)
        assert said in words(page.one("div", class_="complaints")), page.text
        assert "Đã lưu" not in page.text
        typed = page.fields()
        kept = {name: value for name, value in fields.items() if name not in ("kind", "parent_code")}
        assert {name: typed[name] for name in kept} == kept
    change(browser, WARD, "place", 422, kind="commune", parent_code="")
    fields = {"code": "00998", "name": "Tên", "kind": "commune", "parent_code": "", "valid_from": ""}
    browser.post(NEW_UNIT, {**token(browser), **fields}, 422)
    fields = {"code": WARD, "name": "Tên", "kind": "commune", "parent_code": CITY, "valid_from": ""}
    assert "Hãy chọn mã khác" in browser.post(NEW_UNIT, {**token(browser), **fields}, 422).text
    assert stored() == before
    change(browser, CITY, "place", kind="city", parent_code="")
    assert stored() == before, "the top of a tree stays one"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_whoever_administers_a_unit_decides_about_those_below_it_alone(browser: Browser, ward: Browser) -> None:
    change(ward, BELOW, "name", name="Trung tâm của phường")
    assert "quản trị viên của cấp trên" in ward.get(f"{LIST}/{WARD}").text
    before = stored()
    for code in (WARD, CITY, OTHER_WARD, "XX"):
        change(ward, code, "name", 404, name="Tên khác")
    for parent in (CITY, OTHER_WARD, ""):
        change(ward, BELOW, "place", 422, kind="agency", parent_code=parent)
        fields = {"code": "TT9", "name": "Tên", "kind": "agency", "parent_code": parent, "valid_from": ""}
        ward.post(NEW_UNIT, {**token(ward), **fields}, 422)
    ward.get(f"{LIST}/{OTHER_WARD}", 404)
    assert stored() == before
    change(browser, WARD, "name", name="UBND phường Cầu Giấy mới")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_dangerous_acts_want_the_password_again(browser: Browser, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=11))
    for address in (NEW_UNIT, MERGE):
        assert browser.client.get(address).headers["Location"].startswith("/staff/confirm")
    answer = change(browser, WARD, "days", valid_to="2026-12-31", valid_from="", replaced_by="")
    assert isinstance(answer, str)
    assert answer.startswith("/staff/confirm")
    assert stored()[WARD].valid_to is None


CHOICE = {
    "from": [WARD, OTHER_WARD],
    "day": "2027-01-01",
    "into": "new",
    "code": "00999",
    "name": "UBND phường Mới",
    "kind": "commune",
    "parent": CITY,
    "below": "close",
    "points": "yes",
    "grants": "yes",
}


def preview(browser: Browser, changes: Mapping[str, object] | None = None, status: int = 200) -> Page:
    return browser.get(f"{MERGE}?{urlencode({**CHOICE, **(changes or {})}, doseq=True)}", status)


def sent(page: Page, typed: str) -> dict[str, object]:
    """The form under the preview, filled in."""
    (form,) = [form for form in page.all("form", method="post") if form.get("action") == MERGE]
    fields: dict[str, list[str]] = {}
    for control in form.iter("input"):
        name, value = control.get("name") or "", control.get("value") or ""
        fields.setdefault(name, []).append(value)
    return {**fields, "typed": typed}


def test_a_merger_is_previewed_confirmed_by_its_name_and_taken_back(app: Flask, world: World, browser: Browser) -> None:
    account(world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
    before = stored()
    blank = browser.get(f"{MERGE}?from={WARD}")
    assert [box.get("value") for box in blank.all("input", name="from") if box.get("checked") is not None] == [WARD]
    page = preview(browser)
    told = words(page.one("section", class_="headline"))
    for said in (
        "Đến hết ngày 31/12/2026: UBND phường Cầu Giấy, UBND phường Hoàn Kiếm kết thúc.",
        "UBND phường Mới thay",
        f"UBND phường Cầu Giấy {WARD} – ngày cuối cùng: (trống) → 31/12/2026",
        "Trung tâm bên dưới",
        POINT,
        KIOSK,
        "Tạo 4 điểm mới",
        "lan@hanoi.gov.vn) – Người phụ trách",
    ):
        assert said in told
    wrong = browser.client.post(MERGE, data=sent(page, "UBND phường mới"))
    assert wrong.status_code == 422
    assert "chưa làm gì" in wrong.get_data(as_text=True)
    assert stored() == before
    address = browser.client.post(MERGE, data=sent(page, "UBND phường Mới")).headers["Location"]
    assert address.startswith(PAST)
    after = browser.get(address)
    assert "Đã sáp nhập." in after.text
    assert {stored()[code].replaced_by for code in (WARD, OTHER_WARD, BELOW)} == {("00999",)}
    assert "UBND phường Mới" in browser.get(f"{LIST}/{WARD}").text
    number = after.one("input", name="merger").get("value") or ""
    assert "Đã hoàn tác" in browser.get(browser.send(PAST, {**token(browser), "merger": number})).text
    assert stored() == before
    browser.post(PAST, {**token(browser), "merger": number}, 422)
    browser.post(PAST, {**token(browser), "merger": "x"}, 422)
    assert [act for _, act, _ in acts()] == ["units_merged"]


def test_what_came_between_preview_and_confirmation_is_told_first(browser: Browser, world: World) -> None:
    page = preview(browser)
    account(world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
    answer = browser.client.post(MERGE, data=sent(page, "UBND phường Mới"))
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "đã thay đổi từ khi xem trước" in text
    assert "lan@hanoi.gov.vn" in text, "the page shows what would be done now"
    assert "00999" not in stored()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_preview_says_what_cannot_be(browser: Browser, ward: Browser) -> None:
    for changes, said in (
        ({"from": []}, "ít nhất một đơn vị"),
        ({"day": "2027-02-30"}, "không phải là ngày có thật"),
        ({"day": "0001-01-01"}, "không phải là ngày có thật"),
        ({"day": "2025-07-01"}, "không hoạt động"),
        ({"code": DISTRICT}, "Hãy chọn mã khác"),
        ({"name": ""}, "Hãy điền tên"),
        ({"parent": ""}, "Hãy chọn đơn vị"),
        ({"into": "existing", "existing": ""}, "Hãy chọn đơn vị"),
        ({"into": "existing", "existing": WARD}, "không thể nhập vào chính nó"),
        ({"below": "move"}, "bắt đầu trước đơn vị cấp trên"),
    ):
        page = preview(browser, changes, 422)
        assert said in words(page.one("div", class_="complaints")), page.text
        assert "Đã lưu" not in page.text
    foreign = preview(ward, status=422)
    assert "UBND phường Hoàn Kiếm" not in foreign.html
    page = preview(ward, {"from": [BELOW], "parent": WARD, "kind": "agency"})
    assert "Trung tâm bên dưới kết thúc" in page.text
