"""The questionnaire as one plain form: what is shown, and what is stored."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from survey.domain import authoring
from survey.extensions import reading, writing
from survey.models import Comment
from survey.services import questionnaires
from tests.support import places
from tests.support.forms import FORM, count, filled, levels, only_row
from tests.support.pages import Browser, words
from tests.support.places import KIOSK, NOW, POINT, QUICK_POINT, World


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app)


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
