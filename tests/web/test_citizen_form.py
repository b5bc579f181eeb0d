"""The questionnaire as one plain form: what is shown, what is stored, and that nothing entered is ever lost."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Row, func, select, update

from survey import create_app
from survey.config import Settings
from survey.domain import authoring, tickets
from survey.extensions import db, reading, writing
from survey.models import Comment, Response, Unit
from survey.services import questionnaires
from tests.support import places
from tests.support.pages import Browser, Page, words
from tests.support.places import KIOSK, NOW, OTHER_POINT, POINT, QUICK_POINT, World

FORM = f"/p/{POINT}"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        return places.build(session)


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app)


def filled(page: Page, world: World, **changes: str) -> dict[str, str]:
    """The page's form with every item at "satisfied" and some fields changed; dots in names as "__"."""
    given = {f"answers.{item.key}": "4" for item in world.version.items if item.condition is None}
    return {**page.fields(), **given, **{name.replace("__", "."): value for name, value in changes.items()}}


def count() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def only_row() -> Row[Any]:
    with reading() as session:
        return session.execute(select(Response.__table__)).one()


def levels(row: Row[Any], world: World) -> Mapping[str, int | None]:
    """The stored level of each item."""
    return {item.key: row._mapping[f"a{item.slot:02}"] for item in world.version.items}


# --- what is shown ---


@pytest.mark.parametrize(("language", "words_of_five"), [("vi", "Rất hài lòng"), ("en", "Very satisfied")])
def test_each_item_is_a_fieldset_with_five_levels_and_no_opinion(
    browser: Browser, world: World, language: str, words_of_five: str
) -> None:
    page = browser.get(f"{FORM}?lang={language}")
    legends = {words(legend) for legend in page.all("legend")}
    for item in world.version.items:
        assert item.text.get(language) in legends
        values = [radio.get("value") for radio in page.all("input", name=f"answers.{item.key}")]
        assert values == ["1", "2", "3", "4", "5", ""]
    assert page.text.count(words_of_five) == len(world.version.items)
    for factor in world.version.factors:
        assert factor.title.get(language) in page.text


def test_nothing_is_chosen_beforehand(browser: Browser) -> None:
    page = browser.get(FORM)
    assert all(radio.get("checked") is None for radio in page.all("input"))
    assert page.fields()["procedure"] == ""


def test_the_notice_comes_before_the_first_question(browser: Browser) -> None:
    text = browser.get(FORM).text
    first = text.index("Rất không hài lòng")
    for promise in ("Hỏi gì", "Để làm gì", "Ai xem", "Giữ bao lâu", "Tự nguyện", "24 tháng"):
        assert text.index(promise) < first


def test_a_question_for_some_says_for_whom_and_follows_the_fact_that_decides(browser: Browser) -> None:
    page = browser.get(FORM)
    legends = [words(legend) for legend in page.all("legend")]
    decides = next(index for index, legend in enumerate(legends) if "có góp ý, phản ánh" in legend)
    assert "cách cơ quan xử lý góp ý" in legends[decides + 1]
    hint = page.one("p", id="answers.E2-hint")
    assert words(hint).startswith("Chỉ dành cho người chọn “Có” ở câu")
    assert len(page.all("input", name="facts.feedback")) == 3


def test_a_known_procedure_of_the_address_is_chosen(browser: Browser) -> None:
    assert browser.get(f"{FORM}?procedure=1.001193").fields()["procedure"] == "1.001193"
    assert browser.get(f"{FORM}?procedure=9.999999").fields()["procedure"] == ""


def test_a_code_typed_by_hand_finds_its_point(browser: Browser) -> None:
    assert "Cầu Giấy" in browser.get(f"/p/{POINT[:3].lower()}-{POINT[3:].lower()}").text


def test_the_page_is_kept_by_no_cache_and_sets_no_cookie(browser: Browser) -> None:
    response = browser.get(FORM).response
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_every_page_view_has_its_own_ticket_and_receipt(browser: Browser) -> None:
    first, second = browser.get(FORM).fields(), browser.get(FORM).fields()
    for name in ("client_id", "ticket", "receipt"):
        assert first[name] != second[name]


# --- what is stored ---


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_whole_form_becomes_one_row(browser: Browser, world: World, language: str) -> None:
    page = browser.get(f"{FORM}?lang={language}")
    form = filled(
        page,
        world,
        answers__A1="1",
        answers__A2="",
        facts__feedback="yes",
        answers__E2="2",
        answers__E3="",
        facts__trips="2+",
        about__age="60+",
        about__gender="",
        procedure="1.001193",
        dossier="h15.50.05.13-261008-0975",
        comment="Chờ hơi lâu.\r\nCảm ơn!",
        assisted="yes",
    )
    thanks = browser.get(browser.send(FORM, form))
    row = only_row()
    stored = levels(row, world)
    assert (stored["A1"], stored["A2"], stored["A3"], stored["E2"], stored["E3"]) == (1, None, 4, 2, None)
    assert row.facts == {"feedback": "yes", "trips": "2+"}
    assert row.about == {"age": "60+"}
    assert (row.procedure, row.assisted, row.channel, row.counted) == ("1.001193", True, "poster", True)
    assert row.dossier_hash is not None
    with reading() as session:
        assert session.scalars(select(Comment.masked)).one() == "Chờ hơi lâu.\nCảm ơn!"
    assert form["receipt"] in thanks.text
    assert thanks.one("html").get("lang") == language


def test_one_answer_is_enough(browser: Browser, world: World) -> None:
    browser.send(FORM, {**browser.get(FORM).fields(), "answers.D3": "5"})
    assert [key for key, level in levels(only_row(), world).items() if level] == ["D3"]


def test_a_double_post_is_one_answer_and_the_same_thanks(browser: Browser, world: World) -> None:
    form = filled(browser.get(FORM), world)
    first = browser.send(FORM, form)
    second = browser.send(FORM, form)
    assert first == second
    assert browser.get(first).text == browser.get(second).text
    assert count() == 1


@pytest.mark.parametrize("feedback", ["no", ""])
def test_what_is_not_asked_of_this_citizen_is_not_stored(browser: Browser, world: World, feedback: str) -> None:
    form = filled(browser.get(FORM), world, facts__feedback=feedback, answers__E2="1", answers__E3="1")
    browser.send(FORM, form)
    stored = levels(only_row(), world)
    assert (stored["E2"], stored["E3"], stored["E1"]) == (None, None, 4)


def test_facts_that_hang_on_another_go_with_it(browser: Browser, world: World) -> None:
    form = filled(browser.get(FORM), world, facts__promptness="early", facts__apology="no")
    browser.send(FORM, form)
    assert only_row().facts == {"promptness": "early"}


def test_a_kiosk_gives_thanks_without_a_receipt(browser: Browser, world: World) -> None:
    form = filled(browser.get(f"/p/{KIOSK}"), world)
    thanks = browser.get(browser.send(f"/p/{KIOSK}", form))
    assert form["receipt"] not in thanks.text
    assert thanks.links()["Phiếu mới cho người tiếp theo"] == f"/p/{KIOSK}"
    assert only_row().channel == "web"  # a browser that is not paired


def test_a_point_asks_its_own_questionnaire(browser: Browser, world: World) -> None:
    page = browser.get(f"/p/{QUICK_POINT}")
    quick = world.versions["quick"]
    assert page.fields()["questionnaire"] == quick.name
    browser.send(f"/p/{QUICK_POINT}", {**page.fields(), f"answers.{quick.items[0].key}": "3"})
    assert only_row().questionnaire_id == quick.id


def test_a_form_opened_before_a_new_version_is_still_taken(browser: Browser, world: World) -> None:
    form = filled(browser.get(FORM), world)
    content = json.loads(places.draft("sipas-2024").content)
    changed = authoring.check({**content, "title": {"vi": "Bản mới", "en": "New"}})
    with writing() as session:
        newer = questionnaires.publish(session, changed, NOW)
    assert browser.get(FORM).fields()["questionnaire"] == newer.name == "sipas-2024@2"
    browser.send(FORM, form)
    assert only_row().questionnaire_id == world.version.id


# --- what goes wrong ---


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
