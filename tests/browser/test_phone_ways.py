"""Ways back and forth on a phone: Back, a reload, the other language, another tab; nothing entered is lost."""

import pytest

from tests.browser.conftest import Site
from tests.support.phone import FORM, Citizen, levels, only_row

pytestmark = pytest.mark.xdist_group("browser")


def test_back_by_button_and_by_the_browser_goes_one_question_back(citizen: Citizen) -> None:
    citizen.begin()
    citizen.choose("4")
    citizen.choose("5")
    citizen.press("back")
    assert citizen.name == "answers.A2"
    assert citizen.question.locator("input:checked").get_attribute("value") == "5"
    citizen.page.go_back()
    citizen.page.wait_for_function("history.state.screen === 'answers.A1'")
    citizen.page.go_forward()
    citizen.page.wait_for_function("history.state.screen === 'answers.A2'")
    citizen.ready()
    assert citizen.press("next") == "plain"
    assert citizen.name == "answers.A3"


def test_back_from_the_first_question_is_the_start_and_keeps_what_was_entered(citizen: Citizen) -> None:
    citizen.begin()
    citizen.choose("4")
    citizen.press("back")
    citizen.tap(citizen.page.locator("form [data-do=back]"))
    citizen.page.locator("body.starting").wait_for()
    citizen.begin()
    assert citizen.question.locator("input:checked").get_attribute("value") == "4"


def test_after_the_thanks_the_browsers_back_leads_out(quick: Citizen) -> None:
    assert quick.page.evaluate("history.length") == 2  # the empty tab, then this page
    quick.begin()
    quick.answer_all()
    quick.send()
    quick.page.go_back()
    assert quick.page.url == "about:blank"


def test_a_reload_keeps_answers_and_place(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.choose("3")
    quick.page.reload()
    quick.ready()
    assert quick.name == "answers.B1"
    quick.answer_all()
    quick.send()
    stored = levels(only_row(site, quick.page), site, "quick")
    assert (stored["A1"], stored["B1"]) == (3, 4)
    assert quick.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_the_other_language_keeps_answers_and_place(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.choose("2")
    quick.page.get_by_role("link", name="English").tap()
    quick.page.wait_for_url("**lang=en")
    assert quick.ready() == "reasons"
    assert quick.heading == "What was not good?"
    quick.press("next")
    quick.answer_all()
    quick.send()
    assert levels(only_row(site, quick.page), site, "quick")["A1"] == 2


def test_another_tab_offers_the_draft_and_does_not_open_it(citizen: Citizen) -> None:
    citizen.begin()
    citizen.choose("2")
    other = Citizen(citizen.page.context.new_page()).open(FORM)
    assert other.page.locator(".start button:visible").all_inner_texts() == [
        "Trả lời tiếp phiếu đang làm dở",
        "Bắt đầu phiếu mới",
    ]
    other.tap(other.page.locator("[data-do=resume]"))
    other.ready()
    assert other.name == "answers.A2"
    assert other.page.input_value("[name=client_id]") == citizen.page.input_value("[name=client_id]")
