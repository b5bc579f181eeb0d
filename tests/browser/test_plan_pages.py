"""Frozen figures, targets, scorecard and open data in a real browser: axe, nothing cut off, freezing by keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from playwright.sync_api import Browser, Page

from survey.domain.access import Role
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import NARROW, sign_in, violations
from tests.support import answers
from tests.support.places import CITY, NOW, WARD

pytestmark = pytest.mark.xdist_group("browser")

PREVIEW = f"/staff/frozen/new?unit={CITY}&period=2026-10&questionnaire=sipas-2024@1"
PAGES = (
    "/staff/frozen?",
    f"/staff/frozen/1?unit={CITY}",
    f"/staff/frozen/1?unit={WARD}",
    PREVIEW.replace("2026-10", "2026-09"),
    PREVIEW.replace("2026-10", "2026-13"),
    f"/staff/scorecard?unit={CITY}&year=2021",
    f"/staff/admin/targets?unit={WARD}",
    "/open-data?",
    f"/staff/units/{CITY}?from=2026-10&to=2026-10",
)


def prepared(site: Site) -> None:
    """Answers, a plan and an indicator; the site publishes open data."""
    answers.give(site.world, Role.MANAGER)
    run = site.app.test_cli_runner().invoke
    for words in (
        "rates refresh",
        f"catalogue import-targets survey/data/hanoi_plan_2021.csv --unit {CITY} --year 2021 --commit",
    ):
        assert run(args=words.split()).exit_code == 0
    site.app.config["SETTINGS"] = replace(site.app.config["SETTINGS"], open_data=True)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    with time_machine.travel(NOW, tick=True):
        site.run(lambda: prepared(site))
        context = context_of(chromium, site, request.param)
        page = context.new_page()
        sign_in(page)
        yield page
        context.close()


def freeze(page: Page) -> None:
    """By keyboard alone."""
    page.goto(PREVIEW)
    page.focus("input[name=confirmed]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/frozen/1")


def test_the_pages_are_accessible_and_fit_the_screen(page: Page) -> None:
    freeze(page)
    for language in ("vi", "en"):
        for address in PAGES:
            page.goto(f"{address}&lang={language}")
            assert violations(page) == []
            width = (page.viewport_size or {"width": 0})["width"]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], address
