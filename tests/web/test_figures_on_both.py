"""Overview and unit page equal an independent recount on both databases; their other tests run on SQLite alone."""

from datetime import date

import pytest
import time_machine
from flask import Flask

from survey.domain.periods import Month
from survey.extensions import writing
from survey.models import Unit
from tests.support import answers, places
from tests.support.answers import PROCEDURE, Answered
from tests.support.pages import Browser
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.recount import percent
from tests.support.staff import account, signed_in
from tests.support.staff_pages import cells, expected, headline, vietnamese

FACTORS, ITEMS, LEVELS, MONTHS = range(4)  # the tables of a unit's page, in their order


FILTERS = {
    "from=2026-03&to=2026-05": {"start": "2026-03-01", "end": "2026-05-31"},
    "from=2026-03-20&to=2026-05-02": {"start": "2026-03-01", "end": "2026-05-31"},
    "to=2026-05": {"start": "2025-06-01", "end": "2026-05-31"},
    "from=2026-08": {"start": "2026-08-01"},
    "channel=poster": {"channel": "poster"},
    f"procedure={PROCEDURE}": {"procedure": PROCEDURE},
    "channel=poster&to=2026-06": {"channel": "poster", "start": "2025-07-01", "end": "2026-06-30"},
}


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    return answers.build()


@pytest.fixture
def browser(app: Flask, answered: Answered) -> Browser:
    return signed_in(app)


def test_each_unit_equals_a_recount(browser: Browser, answered: Answered) -> None:
    page = browser.get("/staff/")
    rate, respondents = expected(answered.count(WARD))
    assert cells(page, "Cầu Giấy")[1:3] == [rate, f"{respondents} phiếu"]
    few = answered.count(OTHER_WARD)
    assert 10 <= few.overall[0] < 30
    assert cells(page, "Hoàn Kiếm")[1:3] == [expected(few)[0], f"{few.overall[0]} phiếu"]
    assert cells(page, "Hoàn Kiếm")[5] == "chưa đủ căn cứ ít phiếu"


def test_every_filter_equals_a_recount(browser: Browser, answered: Answered) -> None:
    for query, filters in FILTERS.items():
        page = browser.get(f"/staff/?unit={WARD}&{query}")
        rate, respondents = expected(answered.count(WARD, **filters))
        assert headline(page).startswith(f"{rate} hài lòng"), query
        assert f" {respondents} phiếu," in headline(page), query
        assert page.all("div", class_="complaints") == []


def test_every_factor_and_item_equals_a_recount(browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    counted = answered.count(WARD)
    assert page.h1 == "UBND phường Cầu Giấy"
    assert headline(page).startswith(expected(counted)[0])
    for factor in answered.world.version.factors:
        k, counts, *_ = counted.factors[factor.key]
        assert cells(page, f"{factor.key} ", FACTORS)[1:3] == [vietnamese(percent(counts)), f"{k} phiếu"]
    for key, (k, counts, *_) in counted.items.items():
        assert cells(page, f"{key} ", ITEMS)[1:3] == [vietnamese(percent(counts)), f"{k} phiếu"]


def test_every_month_equals_a_recount(browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/units/{WARD}")
    month = Month(2025, 12)
    shown = 0
    while month <= Month(2026, 11):
        counted = answered.count(WARD, start=str(month.first), end=str(month.last))
        line = cells(page, f"{month.number:02}/{month.year}", MONTHS)
        enough = counted.overall[0] >= 10
        assert line[1:3] == ([expected(counted)[0], f"{counted.overall[0]} phiếu"] if enough else ["", ""])
        assert ("tạm tính" in line[4]) == (month.last >= date(2026, 11, 24))
        shown += enough
        month = month.plus(1)
    assert shown > 6


def test_before_the_first_questionnaire_there_is_a_page(app: Flask, clock: time_machine.Traveller) -> None:
    with writing() as session:
        city = Unit(code=CITY, name="Hà Nội", folded="ha noi", sort_key="x", kind="city")
        session.add(city)
        session.flush()
        ids = {CITY: city.id}
    account(places.World({}, ids, {}), CITY)
    browser = signed_in(app)
    assert browser.get("/staff/").h1 == "Chưa có số liệu"
    assert browser.get("/staff/rates.csv", 404).h1 == "Chưa có số liệu"
