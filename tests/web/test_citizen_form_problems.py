"""The plain form when something is wrong: every problem is said at its field, and nothing entered is lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey import create_app
from survey.config import Settings
from survey.domain import tickets
from survey.extensions import db, reading, writing
from survey.models import Comment, Unit
from tests.support import places
from tests.support.forms import FORM, count, filled, levels, only_row
from tests.support.pages import Browser, Page, words
from tests.support.places import NOW, OTHER_POINT, POINT, World


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app)


def wrong(page: Page) -> dict[str, str]:
    """The lines of the error summary by the field that they lead to, each of them on the page."""
    (summary,) = page.all("div", class_="summary")
    return {(link.get("href") or "")[1:]: words(link) for link in summary.iter("a")}


def test_an_empty_form_is_sent_back(browser: Browser) -> None:
    page = browser.post(FORM, browser.get(FORM).fields(), 422)
    assert list(wrong(page)) == ["answers.A1"]
    assert "ít nhất một câu" in wrong(page)["answers.A1"]
    assert page.title.startswith("Chưa gửi được")
    assert count() == 0


def test_everything_entered_is_kept_when_something_is_wrong(browser: Browser, world: World) -> None:
    form = filled(
        browser.get(FORM),
        world,
        answers__A2="",
        facts__trips="0",
        about__age="",
        procedure="1.001193",
        dossier="ABC",
        comment="Dòng một\nDòng hai <b>&amp;",
        assisted="yes",
    )
    page = browser.post(FORM, form, 422)
    assert page.fields() == form
    assert list(wrong(page)) == ["dossier"]
    assert "Mã hồ sơ" in wrong(page)["dossier"]
    assert page.one("input", id="dossier").get("aria-invalid") == "true"
    browser.send(FORM, {**page.fields(), "dossier": ""})
    assert count() == 1


def test_every_problem_is_named_at_once(browser: Browser, world: World) -> None:
    form = filled(
        browser.get(FORM),
        world,
        answers__B1="6",
        facts__trips="many",
        about__age="17",
        procedure="8.000000",
        dossier="H15.50.05.13-991231-0975",
        comment="ă" * 2001,
    )
    page = browser.post(f"{FORM}?lang=en", form, 422)
    found = wrong(page)
    assert list(found) == ["answers.B1", "procedure", "dossier", "facts.trips", "about.age", "comment"]
    assert "2001" in found["comment"]
    assert page.fields()["comment"] == form["comment"]
    assert count() == 0


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb"])
def test_what_cannot_be_stored_is_said(browser: Browser, world: World, text: str) -> None:
    page = browser.post(FORM, filled(browser.get(FORM), world, comment=text), 422)
    assert list(wrong(page)) == ["comment"]
    assert page.fields()["comment"] == "ab"


def test_lone_surrogates_and_broken_utf_8_do_no_harm(browser: Browser, world: World) -> None:
    fields = filled(browser.get(FORM), world)
    body = "&".join(f"{name}={value.replace('@', '%40').replace('+', '%2B')}" for name, value in fields.items())
    response = browser.client.post(
        FORM,
        data=(body + "&comment=x%ED%A0%80y%FFz").replace("comment=&", "").encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 303
    with reading() as session:
        session.scalars(select(Comment.masked)).one().encode()


def test_2000_characters_are_taken_line_breaks_counting_once(browser: Browser, world: World) -> None:
    browser.send(FORM, filled(browser.get(FORM), world, comment="a" * 1000 + "\r\n" + "b" * 999))
    assert count() == 1


def test_a_ticket_of_another_point_gives_a_fresh_one_and_keeps_the_answers(browser: Browser, world: World) -> None:
    form = {**filled(browser.get(f"/p/{OTHER_POINT}"), world), "comment": "Giữ lại"}
    page = browser.post(FORM, form, 403)
    again = page.fields()
    assert again["comment"] == "Giữ lại"
    assert again["ticket"] != form["ticket"]
    assert "xin bấm “Gửi” lần nữa" in page.text
    browser.send(FORM, again)
    assert count() == 1


def test_a_page_open_for_two_months_can_still_be_sent(
    browser: Browser, world: World, clock: time_machine.Traveller
) -> None:
    form = filled(browser.get(FORM), world)
    clock.move_to(NOW + timedelta(days=61))
    page = browser.post(FORM, form, 403)
    assert page.fields()["answers.A1"] == "4"
    browser.send(FORM, page.fields())
    assert count() == 1


def test_the_same_page_with_other_answers_is_a_conflict_that_keeps_both(browser: Browser, world: World) -> None:
    form = filled(browser.get(FORM), world)
    browser.send(FORM, form)
    page = browser.post(FORM, {**form, "answers.A1": "1"}, 409)
    assert "đã được gửi trước đó" in page.text
    assert page.fields()["answers.A1"] == "1"
    assert levels(only_row(), world)["A1"] == 4
    browser.send(FORM, page.fields())
    assert count() == 2


def test_a_tampered_receipt_is_replaced(browser: Browser, world: World) -> None:
    location = browser.send(FORM, {**filled(browser.get(FORM), world), "receipt": "<script>"})
    assert "script" not in location
    assert len(location.partition("receipt=")[2]) == 6


@pytest.mark.parametrize("receipt", ["", "<script>alert(1)</script>", "AAAAAAA", "ABC 12", "ôôôôôô"])
def test_the_thanks_page_shows_no_receipt_that_cannot_be_one(browser: Browser, receipt: str) -> None:
    page = browser.get(f"{FORM}/thanks", query_string={"receipt": receipt})
    assert not page.all("p", class_="receipt-code")


def test_a_crowd_is_told_to_wait_and_loses_nothing(settings: Settings, clock: time_machine.Traveller) -> None:
    app = create_app(settings.__class__(**{**_values(settings), "point_limit": 2}))
    with app.app_context():
        with writing() as session:
            world = places.build(session)
        browser = Browser(app)
        forms = [filled(browser.get(FORM), world, comment=f"Phiếu {number}") for number in range(3)]
        for form in forms[:2]:
            browser.send(FORM, form)
        page = browser.post(FORM, forms[2], 429)
        assert "thử lại sau" in page.text
        assert page.fields() == forms[2]
        assert count() == 2
        browser.send(f"/p/{OTHER_POINT}", filled(browser.get(f"/p/{OTHER_POINT}"), world))
        for engine in db.engines.values():
            engine.dispose()


def _values(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def test_a_form_needs_no_cookie_and_no_csrf_token(app: Flask, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = Browser(app)
    form = filled(browser.get(FORM), world)
    stranger = Browser(app)
    stranger.send(FORM, form)
    assert count() == 1


def test_without_a_ticket_of_ours_nobody_posts(browser: Browser, world: World) -> None:
    client_id = uuid4()
    forged = tickets.issue("another secret, long enough to be one", client_id, POINT, NOW)
    browser.post(FORM, {**filled(browser.get(FORM), world), "client_id": str(client_id), "ticket": forged}, 403)
    assert count() == 0


def test_a_unit_that_closes_while_the_page_is_open_is_said(browser: Browser, world: World) -> None:
    form = filled(browser.get(FORM), world)
    with writing() as session:
        session.execute(update(Unit).where(Unit.code == places.WARD).values(valid_to=places.TODAY - timedelta(days=1)))
    assert "đã ngừng hoạt động" in browser.post(FORM, form, 410).text
    assert count() == 0


def test_names_and_labels_are_text_and_nothing_else(browser: Browser, world: World) -> None:
    evil = "<script>alert('ư')</script>\"'><img src=x>"
    with writing() as session:
        session.execute(update(Unit).where(Unit.code == places.WARD).values(name=evil, folded="script"))
    page = browser.get(FORM)
    assert page.text.count(evil) >= 1
    form = filled(page, world, comment=evil, dossier=evil)
    again = browser.post(FORM, form, 422)
    assert again.fields()["comment"] == evil
    assert again.fields()["dossier"] == evil
    assert not again.all("img")
    found = browser.get("/?q=script")
    assert evil in found.text


def test_the_plain_form_takes_what_was_not_good_after_a_low_level(browser: Browser, world: World) -> None:
    page = browser.get(FORM)
    low = {"answers__A1": "2", "reasons__A__signs": "yes", "remarks__A": "Nóng"}
    high = {"reasons__B__papers": "yes", "remarks__B": "Chậm"}
    browser.send(FORM, filled(page, world, **low, **high))
    assert only_row().reasons == {"A": ["signs"]}
    with reading() as session:
        assert session.scalars(select(Comment.masked)).one() == "Tiếp cận dịch vụ: Nóng"


def test_a_remark_that_is_too_long_is_told_at_its_field(browser: Browser, world: World) -> None:
    page = browser.get(FORM)
    again = browser.post(FORM, filled(page, world, answers__A1="1", remarks__A="x" * 501), 422)
    assert any(name.startswith("Điều gì chưa tốt?") for name in again.links())
    assert again.fields()["remarks.A"].strip() == "x" * 501


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("client_id", "", 403),
        ("client_id", "not-an-id", 403),
        ("client_id", "0" * 32, 403),
        ("ticket", "", 403),
        ("ticket", "1.x", 403),
        ("ticket", "é.é", 403),
        ("ticket", "\x00", 422),
        ("ticket", "9" * 5000, 422),
        ("started_at", "yesterday", 422),
        ("started_at", "2026-11-24T09:01:10", 422),
        ("locale", "\x00", 422),
    ],
)
def test_a_hidden_field_tampered_with_costs_no_answer(
    browser: Browser, world: World, name: str, value: str, status: int
) -> None:
    page = browser.post(FORM, {**filled(browser.get(FORM), world), name: value}, status)
    assert page.fields()["answers.A1"] == "4"
    browser.send(FORM, page.fields())
    assert count() == 1


@pytest.mark.parametrize("name", ["", "sipas-2024@9", "quick@1", "\x00", "x" * 300, "sipas-2024@1'--"])
def test_an_unsuitable_questionnaire_name_brings_the_newest(browser: Browser, world: World, name: str) -> None:
    page = browser.post(FORM, {**filled(browser.get(FORM), world), "questionnaire": name}, 422)
    assert page.fields()["questionnaire"] == "sipas-2024@1"
    browser.send(FORM, page.fields())
    assert count() == 1


def test_fields_that_nobody_asked_for_are_ignored(browser: Browser, world: World) -> None:
    extra = {"answers.Z9": "1", "facts.weather": "bad", "point": OTHER_POINT, "counted": "0", "received_at": "1"}
    browser.send(FORM, {**filled(browser.get(FORM), world), **extra})
    assert only_row().unit_id == world.units[places.WARD]
