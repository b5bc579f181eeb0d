"""/staff/admin/points: who manages which points, what can be set, and pairing from the staff's side."""

import re
from datetime import timedelta
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Device, Pairing
from survey.queries import kiosks as queries
from survey.queries import points
from survey.services import kiosks
from tests.support.databases import SECRET
from tests.support.devices import PIN, pair, paired
from tests.support.pages import Browser, Page, words
from tests.support.places import CITY, KIOSK, NOW, OTHER_POINT, POINT, QUICK_POINT, WARD, World
from tests.support.staff import account, signed_in

LIST = "/staff/admin/points"
HERE = f"{LIST}/{KIOSK}"
CODE = re.compile(r"[3467ACDEFGHJKMNPQRTWXY]{6}")


@pytest.fixture
def manager(app: Flask, world: World) -> Browser:
    """The manager of one ward."""
    account(world, WARD, role=Role.MANAGER)
    return signed_in(app)


def token(browser: Browser, address: str = LIST) -> dict[str, str]:
    return {"csrf_token": browser.get(address).fields()["csrf_token"]}


def invite(browser: Browser, pin: str = "2580") -> Page:
    return browser.post(f"{HERE}/pairing", {**token(browser), "pin": pin}, 200)


def code_on(page: Page) -> str:
    return words(page.one("p", class_="fresh-code-text"))


def actions() -> list[tuple[str, str, str]]:
    with reading() as session:
        rows = session.execute(select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
        return [tuple(row) for row in rows if not row.action.startswith("sign")]  # type: ignore[misc]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_only_managers_see_points(app: Flask, world: World, role: Role) -> None:
    account(world, CITY, role=role)
    browser = signed_in(app)
    for address in (LIST, f"{LIST}/new", HERE, "/staff/admin/kiosks", "/staff/admin/kiosks/import"):
        browser.get(address, 403)
    assert LIST not in browser.get("/staff/").links().values()


def test_a_manager_sees_the_points_of_their_units(app: Flask, world: World, manager: Browser) -> None:
    assert LIST in manager.get("/staff/").links().values()
    codes = {words(cell) for cell in manager.get(LIST).all("td", class_="code")}
    assert codes == {POINT, KIOSK}
    account(world, CITY, "city@hanoi.gov.vn", Role.MANAGER)
    assert len(signed_in(app, "city@hanoi.gov.vn").get(LIST).all("td", class_="code")) == 5


def test_a_foreign_point_does_not_exist(manager: Browser) -> None:
    fields = {**token(manager), "pin": "2580", "hours": ""}
    unseen, unknown = manager.get(f"{LIST}/{OTHER_POINT}", 404), manager.get(f"{LIST}/AAAAAA", 404)
    assert unseen.text == unknown.text
    for address in ("", "/pairing", "/pairing/revoke", "/device/revoke"):
        manager.post(f"{LIST}/{QUICK_POINT}{address}", fields, 404)
    with reading() as session:
        assert session.scalars(select(Pairing.id)).all() == []


def test_only_a_kiosk_can_be_paired(manager: Browser) -> None:
    fields = {**token(manager), "pin": "2580"}
    for address in ("pairing", "pairing/revoke", "device/revoke"):
        manager.post(f"{LIST}/{POINT}/{address}", fields, 404)
    assert "PIN" not in manager.get(f"{LIST}/{POINT}").text


def test_a_point_is_made_from_the_page(manager: Browser, world: World) -> None:
    form = manager.get(f"{LIST}/new")
    fields = {**form.fields(), "unit": WARD, "kind": "kiosk", "label": " Sảnh  tầng 1 ", "questionnaire": "quick"}
    where = manager.send(f"{LIST}/new", fields)
    page = manager.get(where)
    assert page.h1 == "UBND phường Cầu Giấy – Sảnh tầng 1"
    with reading() as session:
        made = points.by_code(session, where.rsplit("/", 1)[1])
    assert made is not None
    assert (made.unit.code, made.kind.value, made.questionnaire_key) == (WARD, "kiosk", "quick")
    assert actions() == [("hanh@hanoi.gov.vn", "point_created", made.code)]


def test_a_point_that_cannot_be_is_told_and_not_made(manager: Browser) -> None:
    form = manager.get(f"{LIST}/new").fields()
    for changed, complaint in (
        ({"unit": "00070", "kind": "kiosk"}, "Hãy chọn đơn vị."),
        ({"unit": WARD, "kind": "paper"}, "Hãy chọn loại điểm."),
        ({"unit": WARD, "kind": "web", "questionnaire": "sipas-1999"}, "Chưa có phiếu khảo sát nào"),
        ({"unit": WARD, "kind": "web", "label": "x" * 121}, "dài 121 ký tự"),
    ):
        page = manager.post(f"{LIST}/new", {**form, **changed}, 422)
        assert page.title.startswith("Lỗi")
        assert complaint in page.text
    assert actions() == []


def test_hours_and_procedures_are_set(manager: Browser, world: World) -> None:
    fields = {**token(manager, HERE), "hours": "t2 – t6 7h30–11h30", "procedure": "1.001193"}
    assert manager.send(HERE, fields) == f"{HERE}?saved=yes"
    page = manager.get(HERE)
    assert page.one("input", name="hours").get("value") == "T2-T6 07:30-11:30"
    assert page.one("input", value="1.001193").get("checked") is not None
    again = manager.post(HERE, {**fields, "hours": "luôn mở"}, 422)
    assert again.one("input", name="hours").get("value") == "luôn mở"
    assert "Không đọc được “luôn mở”" in again.text
    assert "Đã lưu" not in again.text
    assert manager.send(HERE, {**token(manager), "hours": "", "procedure": "9.999999"}) == f"{HERE}?saved=yes"
    assert "Đã lưu." in manager.get(f"{HERE}?saved=yes").text
    with reading() as session:
        assert queries.procedures(session, world.points[KIOSK]) == frozenset()
        assert queries.hours(session, [world.points[KIOSK]]) == {world.points[KIOSK]: ()}


def test_a_code_is_shown_once_and_pairs(app: Flask, manager: Browser) -> None:
    page = invite(manager)
    code = code_on(page)
    assert CODE.fullmatch(code)
    assert "http://localhost/k" in page.text
    assert code not in manager.get(HERE).text
    assert manager.client.get(f"{HERE}/pairing").headers["Location"] == HERE
    assert "mã ghép máy đang chờ dùng, đến 09:15 ngày 24/11/2026" in manager.get(HERE).text
    kiosk = Browser(app)
    assert pair(kiosk, code).status_code == 303
    settings = kiosk.client.get("/api/v1/kiosk").get_json()
    assert settings["pin"]["iterations"] == 300_000
    assert "2580" not in str(settings)
    assert "đang chờ dùng" not in manager.get(HERE).text
    assert [action for _, action, _ in actions()] == ["pairing_created", "device_paired"]


@pytest.mark.parametrize("pin", ["", "123", "1234", "12345678901", "abcd"])
def test_a_poor_pin_makes_no_code(manager: Browser, pin: str) -> None:
    page = manager.post(f"{HERE}/pairing", {**token(manager), "pin": pin}, 422)
    assert "Mã PIN" in words(page.one("div", role="alert"))
    with reading() as session:
        assert session.scalars(select(Pairing.id)).all() == []


def test_a_code_can_be_taken_back(app: Flask, manager: Browser) -> None:
    code = code_on(invite(manager))
    for _ in range(2):  # the second finds nothing to take back, and says nothing
        assert manager.send(f"{HERE}/pairing/revoke", token(manager)) == HERE
    assert pair(Browser(app), code).status_code == 422
    assert [action for _, action, _ in actions()] == ["pairing_created", "pairing_revoked"]


def test_a_device_can_be_revoked(app: Flask, world: World, manager: Browser) -> None:
    kiosk = paired(app, world)
    for _ in range(2):
        assert manager.send(f"{HERE}/device/revoke", token(manager)) == HERE
    assert kiosk.put().status_code == 403
    assert "Đã thu hồi lúc 09:00 ngày 24/11/2026" in manager.get(HERE).text
    assert [action for _, action, _ in actions()] == ["device_paired", "device_revoked"]


def test_nothing_is_written_without_the_forms_token(manager: Browser, app: Flask, world: World) -> None:
    paired(app, world)
    for address in ("", "/pairing", "/pairing/revoke", "/device/revoke"):
        assert manager.client.post(f"{HERE}{address}", data={"pin": "2580"}).status_code == 400
    with reading() as session:
        assert session.scalars(select(Device.revoked_at)).all() == [None]


def test_why_answers_were_refused_is_said_in_words(app: Flask, world: World, manager: Browser) -> None:
    paired(app, world).beat(aside=3, problems={"questionnaire_not_here": 2, "item_missing": 1})
    text = manager.get("/staff/admin/kiosks").text
    for reason in ("điểm thu thập đã đổi bộ câu hỏi (2)", "nội dung không hợp lệ: item_missing (1)"):
        assert reason in text


def test_quiet_since_is_said_in_opening_hours(
    app: Flask, world: World, manager: Browser, clock: time_machine.Traveller
) -> None:
    kiosk = paired(app, world)
    kiosk.beat(queue=1234, oldest_waiting_at=(NOW - timedelta(days=3)).isoformat(), aside=2, problems={"invalid": 2})
    assert "Đang chạy, thấy lần cuối 09:00" in manager.get("/staff/admin/kiosks").text
    clock.move_to(NOW + timedelta(minutes=15))
    page = manager.get("/staff/admin/kiosks")
    assert "1 trên 1 máy đang im lặng" in page.text
    assert "Im lặng từ 09:00 ngày 24/11/2026" in page.text
    assert "1.234, cũ nhất từ ngày 21/11/2026" in page.text
    assert "2: nội dung không hợp lệ (2)" in page.text
    english = manager.get("/staff/admin/kiosks?lang=en")
    assert "1,234" in english.text


def test_a_wrong_clock_is_told(app: Flask, world: World, manager: Browser) -> None:
    kiosk = paired(app, world)
    for seconds, said in ((30, "Đúng giờ"), (7200, "Nhanh 2 giờ"), (-420, "Chậm 7 phút")):
        kiosk.beat(now=(NOW + timedelta(seconds=seconds)).isoformat(), queue=seconds % 7)
        assert said in manager.get("/staff/admin/kiosks").text


def test_a_revoked_kiosk_that_holds_answers_stays_in_sight(app: Flask, world: World, manager: Browser) -> None:
    old = paired(app, world, seed=1)
    old.beat(queue=12)
    paired(app, world, seed=2)
    assert "còn 12 phiếu" in manager.get("/staff/admin/kiosks").text
    old.beat(queue=0)
    assert "thu hồi lúc" not in manager.get("/staff/admin/kiosks").text


def test_no_moment_of_an_answer_is_kept(app: Flask, world: World) -> None:
    kiosk = paired(app, world)
    kiosk.beat(queue=1, oldest_waiting_at="2026-11-23T08:17:31+07:00")
    with reading() as session:
        row = session.execute(select(Device.__table__)).one()
    assert "08:17" not in str(row)
    assert "01:17" not in str(row)


def test_codes_in_any_order_leave_one_device(world: World) -> None:
    for number, seed in enumerate((1, 2, 1)):
        with writing() as session:
            made = kiosks.invite(session, world.points[KIOSK], PIN, SECRET, Random(seed), NOW)
            kiosks.pair(session, made, f"secret {number}", SECRET, NOW)
    with reading() as session:
        assert len(session.scalars(select(Device.id).where(Device.revoked_at.is_(None))).all()) == 1
        assert len(session.scalars(select(Device.id)).all()) == 3
