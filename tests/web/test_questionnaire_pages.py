"""/staff/admin/questionnaires: see what is published, hand a file in, see what it changes, publish exactly that."""

from io import BytesIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Response, Upload
from survey.queries import questionnaires as published
from survey.services import questionnaires
from survey.web.access import FRESH
from tests.support.pages import Browser, Page, checked, words
from tests.support.places import CITY, NOW, OTHER_POINT, POINT, WARD, World
from tests.support.staff import EMAIL, account, signed_in

HERE = "/staff/admin/questionnaires"
BAD = """
key: quick
scale: stars-10
title: {vi: Phiếu nhỏ}
factors:
  - {key: A, title: {vi: Tiếp cận, en: Access}}
items:
  - {key: A1, text: {vi: "Ông/Bà thấy sao?", en: "How was it?"}}
key: again
"""


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    """The administrator of everything."""
    account(world, CITY, role=Role.ADMINISTRATOR)
    return signed_in(app)


def hand_in(browser: Browser, content: str, status: int = 303, language: str = "vi") -> Page | str:
    token = browser.get("/staff/account").fields()["csrf_token"]
    fields = {"csrf_token": token, "file": (BytesIO(content.encode()), "phiếu.yaml")}
    address = f"{HERE}?lang={language}"
    answer = browser.client.post(address, data=fields, content_type="multipart/form-data")
    if status != 303:
        return checked(answer, status)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def current(browser: Browser, name: str = "quick@1") -> str:
    answer = browser.client.get(f"{HERE}/{name}/file")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name.replace("@", "-")}.yaml"'
    return answer.get_data(as_text=True)


def lines(page: Page) -> list[str]:
    return [words(item) for item in page.one("ul", class_="change-lines").iter("li")]


def names() -> list[str]:
    with reading() as session:
        return [version.name for version in published.published(session)]


def test_a_changed_file_is_shown_with_its_changes_and_published_so(app: Flask, world: World, browser: Browser) -> None:
    content = current(browser)
    page = hand_in(browser, content)
    assert "giống hệt bản đang dùng quick@1" in browser.get(str(page)).text

    text = content.replace("về kết quả giải quyết hồ sơ của mình", "về kết quả nhận được")
    address = str(hand_in(browser, text.replace("pooled: false", "pooled: true")))
    page = browser.get(address)
    assert lines(page) == [
        "~ Đổi việc tính vào tỷ lệ chung yếu tố F: không → có",
        "~ Sửa lời câu chấm điểm (bản tiếng Việt) D1: Ông/Bà hài lòng thế nào về kết quả giải quyết hồ sơ của mình?"
        " → Ông/Bà hài lòng thế nào về kết quả nhận được?",
    ]
    assert "5 trong 6 câu chấm điểm giữ nguyên" in page.text
    assert "1 điểm thu thập trong phạm vi của Ông/Bà" in page.text
    assert names() == ["quick@1", "sipas-2024@1"], "nothing is published before it is confirmed"

    for typed in ("", "quick@1"):
        browser.post(address, {**page.fields(), "act": "publish", "typed": typed}, 422)
    assert names() == ["quick@1", "sipas-2024@1"], "its name was not typed"
    done = browser.send(address, {**page.fields(), "act": "publish", "typed": " quick@2 "})
    assert "Đã ban hành quick@2" in browser.get(done).text
    assert names() == ["quick@1", "quick@2", "sipas-2024@1"]
    with reading() as session:
        row = session.execute(
            select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "questionnaire_published")
        ).one()
        assert tuple(row) == (EMAIL, "quick@2")
        assert session.scalars(select(Upload)).all() == []
    browser.get(address, 404)
    account(world, CITY, "quan.ly@hanoi.gov.vn", Role.MANAGER)
    points = signed_in(app, "quan.ly@hanoi.gov.vn").get("/staff/admin/points").text
    assert "quick@2" in points
    assert "quick@1" not in points
    between = browser.get(f"{HERE}/compare?old=quick@1&new=quick@2")
    assert lines(between) == lines(page)
    assert lines(browser.get(f"{HERE}/compare?old=quick@1&new=quick@2&lang=en"))[0] == (
        "~ Changed whether it counts in the overall rate: factor F: no → yes"
    )
    old = browser.get(f"{HERE}/quick@1?lang=vi")
    assert "Bản cũ" in old.text
    assert "Không có điểm nào." in old.text
    assert "Q7CKHA UBND phường Hoàn Kiếm" in browser.get(f"{HERE}/quick@2").text


def test_every_error_is_told_at_once_in_the_readers_language(browser: Browser) -> None:
    page = hand_in(browser, BAD, 422)
    assert isinstance(page, Page)
    said = [words(item) for item in page.one("div", class_="complaints").iter("li")]
    assert [one.split(": ")[0] for one in said] == [
        "line 9",
        "items.A1.factor",
        "factors.A",
        "scale",
        "title.en",
    ] or len(said) == 5, said
    assert any("Hãy bỏ một trong hai" in one for one in said)
    english = hand_in(browser, BAD, 422, "en")
    assert isinstance(english, Page)
    assert "Bản" not in words(english.one("div", class_="complaints"))
    assert names() == ["quick@1", "sipas-2024@1"]
    with reading() as session:
        assert session.scalars(select(Upload)).all() == [], "a bad file is not kept"


def test_what_somebody_published_meanwhile_is_seen_before_one_publishes(browser: Browser) -> None:
    content = current(browser)
    address = str(hand_in(browser, content.replace("Khảo sát nhanh", "Hỏi nhanh")))
    page = browser.get(address)
    with writing() as session:
        questionnaires.publish(
            session, questionnaires.read(content.replace("Khảo sát nhanh", "Phiếu nhanh").encode()), NOW
        )
    refused = checked(browser.client.post(address, data={**page.fields(), "act": "publish", "typed": "quick@3"}), 409)
    assert "Có người vừa ban hành một bản khác" in refused.text
    assert names() == ["quick@1", "quick@2", "sipas-2024@1"]
    browser.send(address, {**browser.get(address).fields(), "act": "publish", "typed": "quick@3"})
    assert names()[:3] == ["quick@1", "quick@2", "quick@3"]


def test_publishing_asks_for_the_password_again_and_a_file_can_be_let_go(
    browser: Browser, clock: time_machine.Traveller
) -> None:
    text = current(browser).replace("Khảo sát nhanh", "Hỏi nhanh")
    address = str(hand_in(browser, text))
    browser.send(address, {**browser.get(address).fields(), "act": "drop"})
    browser.get(address, 404)
    address = str(hand_in(browser, text))
    fields = browser.get(address).fields()
    clock.shift(FRESH)
    assert browser.send(address, {**fields, "act": "publish"}).startswith("/staff/confirm")
    assert names() == ["quick@1", "sipas-2024@1"]


def test_who_administers_a_ward_looks_and_does_not_publish(app: Flask, browser: Browser, world: World) -> None:
    account(world, WARD, "phuong@hanoi.gov.vn", Role.ADMINISTRATOR)
    ward = signed_in(app, "phuong@hanoi.gov.vn")
    page = ward.get(f"{HERE}/sipas-2024@1")
    assert POINT in page.text
    assert OTHER_POINT not in page.text
    assert not ward.get(HERE).all("input", name="file")
    hand_in(ward, current(ward), 403)
    address = str(hand_in(browser, current(browser).replace("Khảo sát nhanh", "Hỏi nhanh")))
    ward.get(address, 404)
    ward.get(f"{address}/preview/phone/vi", 404)
    account(world, WARD, "xem@hanoi.gov.vn")
    signed_in(app, "xem@hanoi.gov.vn").get(HERE, 403)


def test_a_preview_has_no_way_to_send(browser: Browser) -> None:
    draft = str(hand_in(browser, current(browser).replace("Khảo sát nhanh", "Hỏi nhanh")))
    frames = {frame.get("src") or "" for frame in browser.get(draft).all("iframe")}
    assert frames == {f"{draft}/preview/{look}" for look in ("phone/vi", "phone/en", "kiosk/vi")}
    for address in (*frames, f"{HERE}/sipas-2024@1/preview/phone/en", f"{HERE}/sipas-2024@1/preview/kiosk/en"):
        answer = browser.client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        for rule in ("connect-src 'none'", "form-action 'none'", "frame-ancestors 'self'", "script-src 'self'"):
            assert rule in policy
        html = answer.get_data(as_text=True)
        assert 'name="ticket"' not in html
        assert "Set-Cookie" not in answer.headers, "the reader's own language stays"
    page = browser.get(f"{HERE}/sipas-2024@1/preview/phone/en")
    assert page.one("html").get("lang") == "en"
    assert page.links()["Tiếng Việt"] == f"{HERE}/sipas-2024@1/preview/phone/vi"
    fields = {**page.fields(), "answers.A1": "5"}
    assert browser.client.post("/p/XEMTRUOC", data=fields).status_code == 404
    with reading() as session:
        assert session.scalars(select(Response.unit_id)).all() == []
    for nowhere in (
        "sipas-2024@1/preview/watch/vi",
        "sipas-2024@1/preview/phone/fr",
        "sipas-2024@9",
        "quick",
        "quick@1%00",
        f"drafts/{'9' * 30}",
    ):
        browser.get(f"{HERE}/{nowhere}", 404)
