"""/staff/admin/imports and /staff/admin/procedures: a file is shown as the command line shows it, then written so."""

import csv
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from survey.config import ROOT
from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Indicator, Target, Upload
from survey.queries import catalogue, entries
from survey.services import units as services
from tests.support.files import units_csv, xlsx
from tests.support.pages import Browser, Page, checked, words
from tests.support.places import CITY, NOW, OTHER_WARD, POINT, WARD, World
from tests.support.staff import EMAIL, account, signed_in

HERE, PROCEDURES = "/staff/admin/imports", "/staff/admin/procedures"
HANDLED = "unit_code,procedure_code,day,handled,early,on_time,late\n"


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    """The administrator of the whole city."""
    account(world, CITY, role=Role.ADMINISTRATOR)
    return signed_in(app)


def token(browser: Browser) -> dict[str, str]:
    return {"csrf_token": browser.get("/staff/account").fields()["csrf_token"]}


def hand_in(
    browser: Browser, kind: str, content: bytes, status: int = 303, name: str = "tệp.csv", **more: str
) -> Page | str:
    fields = {**token(browser), "kind": kind, **more, "file": (BytesIO(content), name)}
    answer = browser.client.post(HERE, data=fields, content_type="multipart/form-data")
    if status != 303:
        return checked(answer, status)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def shown(browser: Browser, kind: str, content: bytes, **more: str) -> tuple[str, Page]:
    """The address of the preview, and the preview."""
    address = hand_in(browser, kind, content, 303, **more)
    assert isinstance(address, str)
    return address, browser.get(address)


def confirm(browser: Browser, address: str, page: Page, status: int = 303) -> None:
    answer = browser.client.post(address, data={**token(browser), "seal": page.fields()["seal"], "act": "confirm"})
    assert answer.status_code == status, answer.get_data(as_text=True)


def lines(page: Page) -> list[str]:
    return [words(item) for item in page.one("ul", class_="change-lines").iter("li")]


def numbers(page: Page) -> list[str]:
    return [words(cell) for cell in page.one("dl", class_="kiosk-facts").iter("dd")]


def count(model: type[Upload] | type[Target] | type[Indicator]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_units_are_shown_as_the_command_line_shows_them_and_then_written(app: Flask, browser: Browser) -> None:
    content = units_csv(
        f"{WARD},UBND phường Cầu Giấy mới,commune,{CITY},2025-07-01,,", f"TT,Trung tâm,agency,{WARD},2026-01-01,,"
    )
    address, page = shown(browser, "units", content)
    assert lines(page) == [
        "+ thêm mới Trung tâm TT loại: Cơ quan, đơn vị khác; "
        f"đơn vị cấp trên: UBND phường Cầu Giấy ({WARD}); ngày bắt đầu: 01/01/2026",
        f"~ thay đổi UBND phường Cầu Giấy {WARD} – tên: UBND phường Cầu Giấy → UBND phường Cầu Giấy mới",
    ]
    assert numbers(page) == ["1", "1", "0", "3"]
    with reading() as session:
        assert "TT" not in entries.units(session), "nothing is written before it is confirmed"
    confirm(browser, address, page)
    with reading() as session:
        found = entries.units(session)
        event = session.execute(
            select(AuditEvent.actor, AuditEvent.subject, AuditEvent.detail).where(
                AuditEvent.action == "catalogue_imported"
            )
        ).one()
    assert (found["TT"].parent_code, found[WARD].name) == (WARD, "UBND phường Cầu Giấy mới")
    assert tuple(event) == (EMAIL, "tệp.csv", '{"added":1,"changed":1,"kind":"units"}')
    browser.get(address, 404)
    browser.get(f"{HERE}/{10**30}", 404)
    assert count(Upload) == 0
    assert "Tệp không thay đổi gì." in shown(browser, "units", content)[1].text


def test_what_changed_since_it_was_shown_is_not_written(browser: Browser) -> None:
    content = units_csv(f"{WARD},Tên mới,commune,{CITY},2025-07-01,,")
    address, page = shown(browser, "units", content)
    with writing() as session:
        services.change(session, WARD, {"name": "Tên của người khác"}, "test", NOW)
    confirm(browser, address, page, 409)
    with reading() as session:
        assert entries.units(session)[WARD].name == "Tên của người khác"
    again = browser.get(address)
    assert lines(again) == [f"~ thay đổi Tên của người khác {WARD} – tên: Tên của người khác → Tên mới"]
    confirm(browser, address, again)
    with reading() as session:
        assert entries.units(session)[WARD].name == "Tên mới"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_bad_line_is_told_and_the_file_is_not_kept(browser: Browser) -> None:
    text = units_csv("X1,Một,district,XX,,,", "X2,Hai,ward,HN,,,", "X3,,district,HN,,,").decode()
    page = hand_in(browser, "units", text.encode(), 422)
    assert isinstance(page, Page)
    said = words(page.one("div", class_="complaints"))
    assert all(part in said for part in ("Dòng 2: ", "Dòng 3: ", "Dòng 4: "))
    tops = units_csv("HN,Hà Nội,city,,,,", "HP,Hải Phòng,city,,,,")
    for content, expected in (
        (tops, "Dòng 3: “HP” không có đơn vị cấp trên."),
        (
            units_csv("X1,Hà Nội,city,HN,,,").replace(
                "Hà Nội".encode(), "Hồ Chí Minh phường".encode("cp1258", "ignore") + b"\xea\xec"
            ),
            "Windows-125",
        ),
        (text.encode("utf-16"), "UTF-16"),
        (b"", "không có nội dung"),
        (b"PK\x03\x04broken", "bị hỏng"),
        (b"code,name\n1,2\n", "Thiếu cột"),
    ):
        page = hand_in(browser, "units", content, 422)
        assert isinstance(page, Page)
        assert expected in page.text
    hand_in(browser, "units", b"x" * 5_100_000, 413)
    for fields in ({"kind": "nonsense"}, {"kind": "units"}):
        browser.post(HERE, {**token(browser), **fields}, 422)
    assert count(Upload) == 0


def test_every_kind_of_file_comes_in(browser: Browser) -> None:
    def write(kind: str, content: bytes, **more: str) -> str:
        address, page = shown(browser, kind, content, **more)
        confirm(browser, address, page)
        return lines(page)[0].removeprefix("+ thêm mới ")

    data = ROOT / "survey" / "data"
    with (data / "procedures.csv").open(encoding="utf-8", newline="") as stream:
        line = write("procedures", xlsx(csv.reader(stream)), name="thủ tục.xlsx")
    assert line == "Đăng ký kết hôn 1.000894 lĩnh vực: Hộ tịch"
    line = write("handled", (HANDLED + f"{WARD},1.001193,2026-11-02,1000,2,997,1\n").encode("utf-8-sig"))
    assert line == (
        "UBND phường Cầu Giấy · Đăng ký khai sinh · 02/11/2026 "
        "đã giải quyết: 1.000; trước hạn: 2; đúng hạn: 997; trễ hạn: 1; bị phản ánh: 0"
    )
    line = write("targets", (data / "hanoi_plan_2021.csv").read_bytes(), unit=CITY, year="2026")
    assert line.endswith("doanh nghiệp về giải quyết TTHC satisfaction phần trăm: 85,00")
    content = f"unit_code,group,position,points\n{WARD},commune,,94.22\n".encode()
    line = write("indicators", content, year="2025", source="par_index")
    assert line == f"UBND phường Cầu Giấy {WARD} nhóm: Các phường, xã; giá trị: 94,22"
    assert (count(Target), count(Indicator)) == (6, 1)
    for more in ({}, {"unit": CITY}, {"unit": CITY, "year": "26"}, {"unit": "XX", "year": "2026"}):
        hand_in(browser, "targets", (data / "hanoi_plan_2021.csv").read_bytes(), 422, **more)


def test_a_file_is_its_senders_alone_for_an_hour(
    app: Flask, world: World, browser: Browser, clock: time_machine.Traveller
) -> None:
    content = units_csv(f"{WARD},Tên mới,commune,{CITY},2025-07-01,,")
    address, page = shown(browser, "units", content)
    account(world, CITY, "khac@hanoi.gov.vn", Role.ADMINISTRATOR)
    other = signed_in(app, "khac@hanoi.gov.vn")
    other.get(address, 404)
    other.post(address, {**token(other), "act": "confirm", "seal": page.fields()["seal"]}, 404)
    second, _ = shown(browser, "units", content)
    assert count(Upload) == 1, "one waits at a time"
    assert browser.send(second, {**token(browser), "act": "drop"}) == HERE
    third, _ = shown(browser, "units", content)
    clock.shift(timedelta(minutes=59))
    browser.get(third)
    clock.shift(timedelta(minutes=2))
    browser.get(third, 404)
    assert count(Upload) == 1, "gone with the next file that anybody hands in"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_administrator_of_a_ward_hands_in_what_is_of_the_ward(app: Flask, world: World) -> None:
    account(world, WARD, role=Role.ADMINISTRATOR)
    browser = signed_in(app)
    page = browser.get(HERE)
    assert {box.get("value") for box in page.all("input", name="kind")} == {"handled", "targets"}
    hand_in(browser, "units", units_csv(f"{WARD},Tên,commune,{CITY},2025-07-01,,"), 403)
    foreign = hand_in(browser, "handled", (HANDLED + f"{OTHER_WARD},1.001193,2026-11-02,1,0,1,0\n").encode(), 422)
    assert isinstance(foreign, Page)
    assert f"Dòng 2: Không có đơn vị nào có mã “{OTHER_WARD}”." in foreign.text
    address, page = shown(browser, "handled", (HANDLED + f"{WARD},1.001193,2026-11-02,1,0,1,0\n").encode())
    confirm(browser, address, page)
    browser.post(PROCEDURES, {**token(browser), "code": "1.000001", "name": "A", "domain": "B"}, 403)
    browser.post(f"{PROCEDURES}/1.001193", {**token(browser), "act": "retire"}, 403)
    assert "chỉ quản trị viên của toàn hệ thống" in browser.get(PROCEDURES).text


def test_procedures_are_added_renamed_retired_and_offered_again(app: Flask, browser: Browser) -> None:
    new = {"code": "2.000815", "name": "Chứng thực bản sao", "domain": "Chứng thực"}
    address = browser.send(PROCEDURES, {**token(browser), **new})
    assert "Đã lưu." in browser.get(address).text
    assert "Hãy chọn mã khác" in browser.post(PROCEDURES, {**token(browser), **new}, 422).text
    assert "Mã thủ tục" in browser.post(PROCEDURES, {**token(browser), **new, "code": "815"}, 422).text
    here = f"{PROCEDURES}/1.001193"
    rename = {**token(browser), "act": "rename", "name": "Khai sinh", "domain": "Hộ tịch"}
    browser.send(here, rename)
    assert "Hãy điền tên" in browser.post(here, {**rename, "name": " "}, 422).text
    assert browser.get(f"{PROCEDURES}?q=sinh+khai").links()["Khai sinh"] == here
    assert "Khai sinh" not in browser.get(f"{PROCEDURES}?q=2.0008").text
    browser.send(here, {**token(browser), "act": "retire"})
    assert "ngừng hỏi từ 24/11/2026" in browser.get(here).text
    assert "Khai sinh" not in Browser(app).get(f"/p/{POINT}").text
    with reading() as session:
        assert {one.code for one in catalogue.procedures(session)} == {"1.001193", "2.000815"}
    browser.send(here, {**token(browser), "act": "restore"})
    assert "Khai sinh" in Browser(app).get(f"/p/{POINT}").text
    browser.get(f"{PROCEDURES}/9.999999", 404)
