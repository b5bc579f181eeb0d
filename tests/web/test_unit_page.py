"""A unit's page: overall, factors, items, levels and months, each equal to an independent recount."""

import pytest
from flask import Flask

from tests.support.answers import Answered
from tests.support.pages import SVG, Browser, words
from tests.support.places import CITY, DISTRICT, OTHER_WARD, WARD
from tests.support.staff import signed_in
from tests.support.staff_pages import bodies, cells, vietnamese
from tests.web.conftest import BuiltAnswers

FACTORS, ITEMS, LEVELS, MONTHS = range(4)  # the tables of the page, in their order


@pytest.fixture
def app(answered_city: Flask) -> Flask:
    return answered_city


@pytest.fixture
def answered(built_answers: BuiltAnswers) -> Answered:
    return built_answers.answered


@pytest.fixture
def browser(app: Flask) -> Browser:
    return signed_in(app)


def test_the_levels_of_every_item_equal_a_recount(browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    for key, (k, counts, *_) in answered.count(WARD).items.items():
        shares = [float(cell.rstrip("%").replace(",", ".")) for cell in cells(page, f"{key} ", LEVELS)[2:]]
        assert shares == pytest.approx([100 * count / k for count in counts], abs=0.0051)


def test_a_short_period_still_shows_twelve_months(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{WARD}?from=2026-03&to=2026-05")
    assert cells(page, "06/2025", MONTHS)[4] == "chưa có dữ liệu"
    assert len(list(bodies(page)[MONTHS])) == 12


def test_other_figures_stand_under_their_own_names(browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    counted = answered.count(WARD)
    beside = {words(pair[0]): words(pair[1]) for pair in page.one("dl", class_="beside")}
    factors = [(c[3] + c[4]) / sum(c) for _, c, *_ in counted.factors.values()]
    items = [(c[3] + c[4]) / sum(c) for _, c, *_ in counted.items.values()]
    k, counts, *_ = counted.overall
    assert beside == {
        "Trung bình cộng tỷ lệ các yếu tố": vietnamese(100 * sum(factors) / len(factors)),
        "Trung bình cộng tỷ lệ các tiêu chí": vietnamese(100 * sum(items) / len(items)),
        "Tỷ lệ câu hỏi được trả lời": vietnamese(100 * sum(counts) / (k * len(items))),
    }


def test_few_respondents_show_no_levels(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{OTHER_WARD}")
    assert cells(page, "A1 ", ITEMS)[5] == "ít phiếu"
    assert cells(page, "A1 ", LEVELS)[1].startswith("ít phiếu")
    assert page.all("svg", class_="stack") == []
    assert browser.get(f"/staff/units/{WARD}").all("svg", class_="stack") != []


def test_every_month_of_the_trend_is_read_by_keyboard(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    rows = [[words(cell) for cell in row] for row in page.one("table", class_="months").iter("tr")][1:]
    shown = [f"{name}: {rate} ({interval}), {n}" for name, rate, n, interval, _ in rows if rate]
    points = page.all(f"{SVG}g", class_="reading-point", tabindex="0")
    assert len(shown) > 3
    assert [point.get("aria-label") for point in points] == shown


def test_quarantined_answers_can_be_counted_by_the_form(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    assert [option.get("value") for option in page.one("select", name="flagged").iter("option")] == ["", "1"]
    page = browser.get(f"/staff/units/{WARD}?flagged=1")
    assert "Tính cả phiếu bị tạm loại" in words(page.one("span", class_="filters-chosen"))


def test_a_unit_without_answers_says_so(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{DISTRICT}")
    assert "chưa có dữ liệu" in words(page.one("p", class_="headline-none"))
    assert page.all("p", class_="headline-sentence") == []


def test_what_is_needed_is_no_quota(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{OTHER_WARD}")
    needed = words(page.one("p", class_="headline-needed"))
    assert needed.endswith("nếu tỷ lệ giữ nguyên. Đây không phải chỉ tiêu phải thu.")


def test_formula_and_caveat_are_printed_beside(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{CITY}")
    assert "(số câu trả lời mức 4 + số câu trả lời mức 5) ÷ tổng số câu trả lời × 100" in page.text
    assert "tự chọn tham gia" in page.text


def test_english_is_complete(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{WARD}?lang=en")
    assert {words(heading) for heading in page.all("h2")} == {
        "Other figures, which do not replace the rate above",
        "Satisfaction and dossiers on time",
        "By factor",
        "By item",
        "Levels of satisfaction",
        "By month",
        "Download",
        "How it is calculated",
    }


def test_filters_stay_in_every_link(browser: Browser) -> None:
    page = browser.get(f"/staff/units/{WARD}?from=2026-03&to=2026-05&channel=poster")
    kept = "from=2026-03&to=2026-05&questionnaire=sipas-2024@1&channel=poster"
    downloads = [link.get("href") or "" for link in page.one("nav", class_="downloads").iter("a")]
    assert len(downloads) >= 10
    assert all(kept in address.replace("%40", "@") and f"unit={WARD}" in address for address in downloads)
    back = next(page.one("p", class_="back").iter("a")).get("href") or ""
    assert kept in back.replace("%40", "@")
