"""The overview: its numbers equal an independent recount, its filters are the address, nothing wrong breaks it."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from statsmodels.stats.proportion import proportion_confint

from survey.extensions import writing
from survey.models import Grant, Questionnaire, Staff, Target
from tests.support import places
from tests.support.answers import PROCEDURE, Answered
from tests.support.pages import Browser, words
from tests.support.places import CITY, DISTRICT, OTHER_WARD, POINT, WARD
from tests.support.recount import percent
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import account, signed_in
from tests.support.staff_pages import cells, expected, headline, listed
from tests.web.conftest import BuiltAnswers


@pytest.fixture
def app(answered_city: Flask) -> Flask:
    return answered_city


@pytest.fixture
def answered(built_answers: BuiltAnswers) -> Answered:
    return built_answers.answered


@pytest.fixture
def browser(app: Flask) -> Browser:
    return signed_in(app)


def test_the_answer_comes_first_and_equals_a_recount(browser: Browser, answered: Answered) -> None:
    page = browser.get("/staff/")
    rate, respondents = expected(answered.count(WARD, OTHER_WARD, DISTRICT))
    assert page.h1 == "Thành phố Hà Nội"
    assert headline(page).startswith(f"{rate} hài lòng, khoảng tin cậy 95% từ ")
    assert f"{respondents} phiếu, mục tiêu 85%: " in headline(page)


def test_the_interval_is_wilsons_over_the_effective_answers(browser: Browser, answered: Answered) -> None:
    """METHOD §5 written out in floats over the recount's sums, and statsmodels' Wilson interval."""
    k, counts, mm, sm, ss = answered.count(WARD).overall
    m, s = sum(counts), counts[3] + counts[4]
    rate = s / m
    raw = min(rate * (1 - rate) * m**2 / (ss - 2 * rate * sm + rate**2 * mm), m)
    minority = (k * min(rate, 1 - rate)) ** 2
    size = k + (raw - k) * minority / (minority + 25) if raw > k else raw
    low, high = proportion_confint(rate * size, size, method="wilson")
    found = cells(browser.get("/staff/"), "Cầu Giấy")[3]
    assert found == f"{100 * low:.2f}% – {100 * high:.2f}%".replace(".", ",")


def test_a_channel_that_cannot_be_told_from_others_is_withheld(browser: Browser, answered: Answered) -> None:
    """Two or three answers a month by the kiosk: they were released together with those of the poster."""
    assert (answered.rows.channel == "kiosk").sum() >= 30
    page = browser.get(f"/staff/?unit={WARD}&channel=kiosk")
    assert "chưa đủ phiếu" in words(page.one("p", class_="headline-none"))
    assert f"{answered.count(WARD).overall[0]} phiếu" in headline(browser.get(f"/staff/?unit={WARD}"))


def test_one_cut_at_a_time(browser: Browser) -> None:
    usual = headline(browser.get(f"/staff/?unit={WARD}"))
    for cuts in (
        f"channel=poster&procedure={PROCEDURE}",
        "channel=poster&flagged=1",
        f"flagged=1&procedure={PROCEDURE}",
    ):
        page = browser.get(f"/staff/?unit={WARD}&{cuts}")
        assert "Mỗi lần chỉ xem riêng theo một cách" in words(page.one("div", class_="complaints"))
        assert headline(page) == usual


def test_of_today_nothing_is_seen_until_it_is_released(app: Flask, browser: Browser, answered: Answered) -> None:
    usual = headline(browser.get(f"/staff/?unit={WARD}"))
    world, today = answered.world, places.TODAY
    with writing() as session:
        fill(session, Plan(world.units[WARD], world.points[POINT], world.version, 12, today, today), 33)
    page = browser.get(f"/staff/?unit={WARD}")
    assert headline(page) == usual
    assert words(page.one("p", class_="arrived")).startswith("Hôm nay đã nhận ")
    release()
    assert headline(browser.get(f"/staff/?unit={WARD}")) != usual


def test_quarantined_answers_do_not_count(browser: Browser, answered: Answered) -> None:
    """The recount above leaves them out; there are some."""
    assert answered.rows.quarantined.any()


def test_a_closed_unit_stands_there_only_in_its_time(browser: Browser, answered: Answered) -> None:
    assert len(listed(browser.get("/staff/"))) == 2
    page = browser.get("/staff/?from=2025-01&to=2025-12")
    found = cells(page, "quận Cầu Giấy")
    assert found[0] == "UBND quận Cầu Giấy đến 30/06/2025"
    counted = answered.count(DISTRICT, start="2025-01-01", end="2025-12-31")
    assert found[1:3] == [expected(counted)[0], f"{counted.overall[0]} phiếu"]


def test_a_small_number_is_withheld_everywhere(app: Flask, browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/?unit={CITY}&from=2026-11&to=2026-11")
    rows = answered.rows
    received = (rows.unit_id == answered.world.units[OTHER_WARD]) & (rows.day >= "2026-11-01")
    assert 0 < received.sum() < 10
    assert cells(page, "Hoàn Kiếm")[1:] == ["", "", "", "", "chưa đủ phiếu"]


def test_units_sort_by_name_rate_and_respondents(browser: Browser) -> None:
    def order(sort: str) -> list[str]:
        return listed(browser.get(f"/staff/?from=2025-01&to=2026-11&sort={sort}"))

    district, ward, other = "UBND quận Cầu Giấy đến 30/06/2025", "UBND phường Cầu Giấy", "UBND phường Hoàn Kiếm"
    assert order("name") == [district, ward, other]
    assert order("n") == [district, ward, other]
    assert order("rate") == [district, ward, other]
    page = browser.get("/staff/?sort=rate")
    assert [words(cell) for cell in page.all("th") if cell.get("aria-sort") == "descending"] == ["Tỷ lệ"]


WRONG = (
    ("unit=XX", "Không có đơn vị “XX” trong số các đơn vị mà Ông/Bà được xem."),
    ("from=2026-13", "“2026-13” không phải là tháng; hãy viết như 2026-11."),
    ("to=hôm nay", "“hôm nay” không phải là tháng; hãy viết như 2026-11."),
    ("from=2026-05&to=2026-03", "Kỳ này kết thúc trước khi bắt đầu: 2026-05 – 2026-03."),
    ("from=2000-01&to=2999-12", "Kỳ này quá dài: tối đa 120 tháng."),
    ("questionnaire=sipas-2024@99", "Không có mẫu phiếu “sipas-2024@99”."),
    ("channel=phone", "Không có kênh thu thập “phone”."),
    ("procedure=9.999999", "Không có thủ tục “9.999999” trong danh mục."),
    ("by=day", "Không có cách chia “day”."),
    ("sort=luck", "Không có cách sắp xếp “luck”."),
    ("channel=%3Cscript%3Ealert(1)%3C/script%3E", "“<script>alert(1)</script>”"),
    ("unit=%0a%ff", "Không có đơn vị “"),
    ("procedure=' OR 1=1 --", "“' OR 1=1 --”"),
    ("unit=" + "x" * 2000, "“" + "x" * 60 + "”"),
)


def test_a_wrong_parameter_is_a_page_that_says_so(browser: Browser) -> None:
    usual = headline(browser.get("/staff/"))
    for query, sentence in WRONG:
        page = browser.get(f"/staff/?{query}")
        assert sentence in words(page.one("div", class_="complaints"))
        assert headline(page) == usual


def test_every_wrong_parameter_is_named_at_once(browser: Browser) -> None:
    page = browser.get("/staff/?unit=a&from=b&channel=c&procedure=d&questionnaire=e&by=f&sort=g")
    assert len(list(page.one("div", class_="complaints").iter("li"))) == 7


def test_english_reads_in_english_with_english_numbers(browser: Browser, answered: Answered) -> None:
    page = browser.get("/staff/?lang=en")
    rate = f"{percent(answered.count(WARD, OTHER_WARD, DISTRICT).overall[1])}%"
    assert headline(page).startswith(f"{rate} satisfied, 95% confidence interval from ")
    assert page.one("html").get("lang") == "en"
    assert "Wards and communes" in page.text


def test_the_target_is_that_of_the_unit_and_year(app: Flask, browser: Browser, answered: Answered) -> None:
    with writing() as session:
        session.add(
            Target(
                unit_id=answered.world.units[CITY], year=2026, kind="satisfaction", name="x", percent=Decimal("92.5")
            )
        )
    assert "mục tiêu 92,50%" in headline(browser.get(f"/staff/?unit={WARD}"))


def test_a_new_version_without_answers_does_not_hide_the_old(app: Flask, browser: Browser, answered: Answered) -> None:
    before = headline(browser.get("/staff/"))
    changed = places.draft("sipas-2024")
    with writing() as session:
        session.add(
            Questionnaire(
                key="sipas-2024", version=2, content=changed.content, sha256="0" * 64, published_at=places.NOW
            )
        )
    page = browser.get("/staff/")
    assert headline(page) == before
    assert "(sipas-2024@2)" in words(page.one("select", name="questionnaire"))
    assert "chưa có dữ liệu" in browser.get("/staff/?questionnaire=sipas-2024@2").text


def test_two_grants_show_both_trees(app: Flask, browser: Browser, answered: Answered) -> None:
    account(answered.world, WARD, "two@hanoi.gov.vn")
    with writing() as session:
        staff_id = session.scalars(select(Staff.id).where(Staff.email == "two@hanoi.gov.vn")).one()
        session.add(Grant(staff_id=staff_id, unit_id=answered.world.units[OTHER_WARD], role="viewer"))
    page = signed_in(app, "two@hanoi.gov.vn").get("/staff/")
    assert page.h1 == "Các đơn vị của Ông/Bà"
    assert cells(page, "Cầu Giấy")[1] == expected(answered.count(WARD))[0]
    assert cells(page, "Hoàn Kiếm")[1] == expected(answered.count(OTHER_WARD))[0]


def test_the_reader_sees_what_they_may_do(browser: Browser) -> None:
    pairs = {words(pair[0]): words(pair[1]) for pair in browser.get("/staff/").all("dl", class_="notes-key")[-1]}
    assert pairs == {"Người xem – Thành phố Hà Nội": "Xem và tải số liệu của đơn vị và các đơn vị bên dưới."}
