"""Comments, the board, the data protection notice, figures for inspectors in a real browser: axe, nothing cut off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
import time_machine
from playwright.sync_api import Browser, Page
from sqlalchemy import select, update

from survey.cli import refresher
from survey.domain.access import Role
from survey.extensions import writing
from survey.models import Grant, Response, Staff
from survey.services import themes
from survey.services.themes import Act
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import NARROW, sign_in, violations
from tests.support import staff
from tests.support.commenters import say, several
from tests.support.places import CITY, OTHER_POINT, OTHER_WARD, POINT, WARD
from tests.support.releases import release
from tests.support.responses import Plan, fill

pytestmark = pytest.mark.xdist_group("browser")

FEBRUARY = datetime(2027, 2, 1, 2, tzinfo=UTC)
PAGES = (
    "/staff/comments?",
    f"/staff/comments?unit={CITY}",
    "/staff/comments/1?",
    "/staff/comments/2?",
    "/staff/integrity?",
    f"/board/{WARD}?",
    f"/board/{OTHER_WARD}?",
    "/privacy?",
)


def prepared(site: Site) -> None:
    """Two batches, one with an answer; a year of answers on harassment."""
    world = site.world
    say(world, several("Thiếu ghế ngồi ở quầy tiếp nhận, người già phải đứng lâu; lần", 12))
    say(world, several("Hướng dẫn tận tình " + "rất" * 60, 10, point=OTHER_POINT), 2)
    with writing() as session:
        days = (date(2026, 3, 1), date(2026, 10, 31))
        for seed, (code, point, count) in enumerate(((WARD, POINT, 40), (OTHER_WARD, OTHER_POINT, 12)), 20):
            fill(session, Plan(world.units[code], world.points[point], world.version, count, *days), seed)
        answered = Random(1).choices(("none", "some", "many"), (30, 5, 1))[0]
        session.execute(update(Response).values(facts={"harassment": answered, "extra_fees": "none"}))
    release(FEBRUARY)
    refresher.one_round(None, FEBRUARY)
    staff.account(world, CITY, role=Role.MANAGER)
    act = Act(staff.EMAIL, FEBRUARY)
    with writing() as session:
        theme = themes.add(session, 1, "ghế ngồi", "ghế ngồi", act)
        themes.answer(session, themes.add(session, 1, "x" * 120, "", act), "y" * 300, act)
        themes.answer(session, theme, "Đã thêm 20 ghế.\nNgười già được ưu tiên.", act)


def inspects(site: Site) -> None:
    """The account also inspects the city, with an authenticator."""
    with writing() as session:
        staff_id = session.scalars(select(Staff.id)).one()
        session.add(Grant(staff_id=staff_id, unit_id=site.world.units[CITY], role=Role.INSPECTOR))
    staff.authenticator(staff_id)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    with time_machine.travel(FEBRUARY, tick=True):
        site.run(lambda: prepared(site))
        context = context_of(chromium, site, request.param)
        page = context.new_page()
        sign_in(page)
        site.run(lambda: inspects(site))
        yield page
        context.close()


def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    language = "vi" if width == PHONE[0] else "en"  # each at one size: axe takes a second a page
    for address in PAGES:
        response = page.goto(f"{address}&lang={language}")
        assert response is not None
        assert response.status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    for address in PAGES:
        page.set_viewport_size({"width": NARROW[0], "height": 800})
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], address


def test_a_theme_is_answered_by_keyboard(page: Page) -> None:
    page.goto("/staff/comments/2")
    page.focus("#name")
    page.keyboard.type("Thái độ")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thái độ").wait_for()
    page.get_by_label("Chúng tôi đã làm gì").focus()
    page.keyboard.type("Đã khen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("đang đăng").wait_for()
    page.goto(f"/board/{OTHER_WARD}")
    assert page.get_by_text("Đã khen.").is_visible()
