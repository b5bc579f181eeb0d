"""One question a screen on a phone: by taps, by keys, back and forth, through a reload and into the other language."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from survey.extensions import reading, writing
from survey.models import Comment, Point, Response
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.support.phone import Citizen
from tests.support.places import OTHER_WARD, POINT

pytestmark = pytest.mark.xdist_group("browser")

FORM, SHORT = f"/p/{POINT}", "/p/W6KPHX"  # 16 items, and a poster with the six of "quick"


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = context_of(chromium, site, PHONE, touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).open(FORM)


@pytest.fixture
def quick(page: Page, site: Site) -> Citizen:
    """With the short questionnaire."""
    site.run(lambda: add_poster(site))
    return Citizen(page).open(SHORT)


def add_poster(site: Site) -> None:
    with writing() as session:
        unit = site.world.units[OTHER_WARD]
        session.add(Point(code=SHORT[-6:], unit_id=unit, kind="poster", label="", questionnaire_key="quick"))


def rows() -> list[Mapping[str, Any]]:
    with reading() as session:
        return [dict(row._mapping) for row in session.execute(select(Response.__table__))]


def only_row(site: Site, page: Page) -> Mapping[str, Any]:
    """The one stored response, once the page says that it was sent."""
    page.locator(".waiting[data-count='0']").wait_for(state="attached")
    found = site.run(rows)
    assert len(found) == 1
    return found[0]


def levels(row: Mapping[str, Any], site: Site, questionnaire: str = "sipas-2024") -> dict[str, int | None]:
    return {item.key: row[f"a{item.slot:02}"] for item in site.world.versions[questionnaire].items}


def comment() -> str:
    with reading() as session:
        return session.scalars(select(Comment.masked)).one()


def test_as_many_taps_as_questions_plus_start_and_send(citizen: Citizen, site: Site) -> None:
    citizen.begin()
    assert citizen.page.locator("input:checked").count() == 0
    shown = citizen.answer_all()
    assert shown == 15  # of 16 items two are only for those who gave feedback, which is one question
    citizen.send()
    assert citizen.taps == shown + 2
    assert citizen.page.get_by_role("heading", level=1).inner_text() == "Cảm ơn Ông/Bà!"
    stored = levels(only_row(site, citizen.page), site)
    assert {key: level for key, level in stored.items() if level != 4} == {"E2": None, "E3": None}


def test_sixteen_items_are_sixteen_taps_and_one_for_the_question_that_opens_two(citizen: Citizen, site: Site) -> None:
    citizen.begin()
    assert citizen.answer_all("5", facts="yes") == 17
    citizen.send()
    assert citizen.taps == 17 + 2
    assert set(levels(only_row(site, citizen.page), site).values()) == {5}


def test_no_opinion_is_one_tap_like_a_level(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.choose("")
    quick.choose("3")
    assert quick.answer_all() == 4
    quick.send()
    assert quick.taps == 6 + 2
    stored = levels(only_row(site, quick.page), site, "quick")
    assert stored == {"A1": None, "B1": 3, "C1": 4, "D1": 4, "E1": 4, "F1": 4}


def test_progress_is_told_in_words_and_the_question_has_the_focus(citizen: Citizen) -> None:
    citizen.begin()
    words = citizen.page.locator(".progress-words")
    assert words.inner_text() == "Câu 1 trên 17"
    assert "biển hiệu" in citizen.heading
    citizen.choose("4")
    assert words.inner_text() == "Câu 2 trên 17"
    assert "ghế chờ" in citizen.heading
    assert "Câu 2 trên 17. Tiếp cận dịch vụ" in citizen.page.locator(".progress [role=status]").inner_text()


def test_a_low_level_asks_once_what_was_not_good(citizen: Citizen, site: Site) -> None:
    citizen.begin()
    citizen.choose("1")
    citizen.choose("2")
    assert citizen.choose("4") == "reasons"
    citizen.tap(citizen.page.get_by_text("Khó tìm đúng nơi cần đến"))
    citizen.tap(citizen.page.get_by_text("Phải chờ quá lâu đến lượt"))
    citizen.page.get_by_label("Điều khác").locator("visible=true").fill("Gọi 0912345678 mới được")
    assert citizen.press("next") == "plain"
    citizen.choose("2")
    for _ in range(2):
        citizen.choose("4")
    assert citizen.choose("4") == "reasons"
    assert citizen.press("next") == "plain"  # skipped
    assert citizen.press("back") == "reasons"
    assert citizen.press("back") == "plain"
    citizen.page.evaluate("history.pushState({screen: 'finish', depth: history.state.depth + 1}, '')")
    citizen.page.reload()
    citizen.ready()
    citizen.send()
    assert only_row(site, citizen.page)["reasons"] == {"A": ["signs", "waiting"]}
    assert site.run(comment) == "Tiếp cận dịch vụ: Gọi ••• mới được"


def test_reasons_of_a_level_that_was_changed_are_not_sent(quick: Citizen, site: Site) -> None:
    quick.begin()
    assert quick.choose("1") == "reasons"
    quick.tap(quick.page.get_by_text("Khó tìm đúng nơi cần đến"))
    quick.press("back")
    assert quick.choose("5") == "plain"
    quick.answer_all()
    quick.send()
    assert only_row(site, quick.page)["reasons"] is None


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


def test_a_review_on_request_leads_to_a_question_and_back(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all()
    assert quick.press("review") == "review"
    lines = quick.page.locator(".review li").all_inner_texts()
    assert len(lines) == 6
    assert lines[0].splitlines()[-1] == "Hài lòng"
    quick.tap(quick.page.locator(".review li button").first)
    quick.moved_from("review")
    assert quick.choose("1") == "reasons"
    assert quick.press("next") == "review"
    assert quick.press("finish") == "finish"
    quick.send()
    assert levels(only_row(site, quick.page), site, "quick")["A1"] == 1


def test_the_rest_is_last_and_can_be_skipped(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all()
    quick.press("more")
    quick.page.locator("#procedure").select_option("1.001193")
    quick.press("next")
    quick.page.get_by_label("Mã hồ sơ").fill("sai")
    quick.tap(quick.page.locator('[data-do="next"]:visible'))
    quick.page.locator(".field .error", has_text="chưa đúng dạng").wait_for()
    quick.page.get_by_label("Mã hồ sơ").fill("h15.50.05.13–261008–0975")
    quick.press("next")
    quick.choose("2+")
    quick.press("finish")
    quick.press("comment")
    quick.page.locator("#comment").fill("Chờ hơi lâu.")
    assert quick.page.locator(".left:visible").inner_text() == "còn 1.988 ký tự"
    assert quick.press("next") == "finish"
    quick.tap(quick.page.get_by_text("Có người giúp tôi trả lời"))
    quick.send()
    row = only_row(site, quick.page)
    assert (row["procedure"], row["facts"], row["assisted"]) == ("1.001193", {"trips": "2+"}, True)
    assert row["dossier_hash"] is not None
    assert site.run(comment) == "Chờ hơi lâu."


def test_nothing_is_sent_without_an_answer(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all("")
    quick.tap(quick.page.locator(".send"))
    quick.page.locator(".finish .error", has_text="ít nhất một câu").wait_for()
    assert site.run(rows) == []


def test_keys_are_enough(chromium: Browser, site: Site) -> None:
    site.run(lambda: add_poster(site))
    context = context_of(chromium, site, DESKTOP)
    page = context.new_page()
    citizen = Citizen(page).open(SHORT)
    page.locator(".start [data-do=start]").focus()
    page.keyboard.press("Enter")
    citizen.ready()
    page.keyboard.press("5")
    citizen.moved_from("answers.A1")
    for _ in range(3):  # to the first choice, then on to the third: none of them moves on
        page.keyboard.press("ArrowDown")
    assert citizen.name == "answers.B1"
    page.keyboard.press("Enter")
    citizen.moved_from("answers.B1")
    page.keyboard.press("0")
    citizen.moved_from("answers.C1")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert citizen.moved_from("answers.D1") == "reasons"
    page.keyboard.press("Enter")
    citizen.moved_from("remarks.D")
    assert page.locator(":focus").evaluate("one => one.tagName") == "LEGEND"
    page.keyboard.press("4")
    citizen.moved_from("answers.E1")
    page.keyboard.press("4")
    assert citizen.moved_from("answers.F1") == "finish"
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "button send"
    page.keyboard.press("Enter")
    page.locator(".receipt-code").wait_for()
    stored = levels(only_row(site, page), site, "quick")
    assert stored == {"A1": 5, "B1": 3, "C1": None, "D1": 1, "E1": 4, "F1": 4}
    context.close()


def test_focus_is_never_trapped(citizen: Citizen) -> None:
    citizen.begin()
    reached = set()
    for _ in range(12):
        citizen.page.keyboard.press("Tab")
        reached.add(citizen.page.evaluate("document.activeElement.closest('header, form, body').tagName"))
    assert {"HEADER", "FORM"} <= reached


def test_a_second_tap_of_a_trembling_hand_answers_nothing(citizen: Citizen) -> None:
    citizen.begin()
    citizen.question.locator(".choice").first.dblclick()
    citizen.moved_from("answers.A1")
    assert citizen.name == "answers.A2"
    assert citizen.question.locator("input:checked").count() == 0
