"""One question a screen on a phone, from the start to the thanks: by taps, by keys, with what is asked besides."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, Site, context_of
from tests.support.phone import SHORT, Citizen, add_poster, comment, levels, only_row, stored

pytestmark = pytest.mark.xdist_group("browser")


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
    assert comment(site) == "Tiếp cận dịch vụ: Gọi ••• mới được"


def test_reasons_of_a_level_that_was_changed_are_not_sent(quick: Citizen, site: Site) -> None:
    quick.begin()
    assert quick.choose("1") == "reasons"
    quick.tap(quick.page.get_by_text("Khó tìm đúng nơi cần đến"))
    quick.press("back")
    assert quick.choose("5") == "plain"
    quick.answer_all()
    quick.send()
    assert only_row(site, quick.page)["reasons"] is None


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
    assert comment(site) == "Chờ hơi lâu."


def test_nothing_is_sent_without_an_answer(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all("")
    quick.tap(quick.page.locator(".send"))
    quick.page.locator(".finish .error", has_text="ít nhất một câu").wait_for()
    assert stored(site) == 0


def test_keys_are_enough(chromium: Browser, site: Site) -> None:
    add_poster(site)
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
