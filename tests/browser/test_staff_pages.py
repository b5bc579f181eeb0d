"""Staff pages in a real browser: accessible at every size and in both languages, nothing cut off, by keyboard alone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.support import answers
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.staff import EMAIL, PASSWORD

pytestmark = pytest.mark.xdist_group("browser")  # one Chromium is enough for two processors

TABLET, NARROW = (820, 1180), (320, 640)  # the last is WCAG 1.4.10: 1280 pixels at 400 %
YEAR = "from=2025-12&to=2026-11"
PAGES = (
    f"/staff/?{YEAR}",
    f"/staff/?{YEAR}&unit=nowhere&sort=rate",
    f"/staff/?{YEAR}&unit={OTHER_WARD}",
    f"/staff/units/{WARD}?{YEAR}",
    f"/staff/units/{OTHER_WARD}?{YEAR}",
    f"/staff/units/{CITY}?from=2024-01&to=2024-03",
    f"/staff/rates.csv?{YEAR}&channel=phone",
    f"/staff/ranking?{YEAR}",
    f"/staff/compare?unit={WARD}",
    f"/staff/compare?unit={WARD}&kind=channel&a=poster&b=kiosk&{YEAR}",
    f"/staff/compare?kind=procedure&{YEAR}",
    f"/staff/why?{YEAR}",
)


@pytest.fixture
def site_with_answers(site: Site) -> Site:
    site.run(lambda: answers.give(site.world))
    return site


def sign_in(page: Page) -> None:
    """By keyboard alone: the field order is the reading order."""
    page.goto("/staff/sign-in")
    page.focus("#email")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")


@pytest.fixture(params=[PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def page(request: pytest.FixtureRequest, chromium: Browser, site_with_answers: Site) -> Iterator[Page]:
    context = context_of(chromium, site_with_answers, request.param, scripts=True)
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {rule['id']}: {rule['nodes'][0]['html']}" for rule in found]


def test_axe_finds_nothing_on_any_page(page: Page) -> None:
    for language in ("vi", "en"):
        for address in PAGES:
            page.goto(f"{address}&lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert violations(page) == []


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    widths = (page.viewport_size or {"width": 0})["width"], NARROW[0]
    for address in PAGES:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_axe_finds_nothing_at_the_sign_in(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE)
    page = context.new_page()
    page.goto("/staff/sign-in")
    assert violations(page) == []
    page.fill("#email", "x@y.vn")
    page.fill("#password", "sai")
    page.keyboard.press("Enter")
    page.wait_for_selector("#complaint")
    assert violations(page) == []
    context.close()


def test_forced_colours_and_print_keep_the_pictures(chromium: Browser, site_with_answers: Site) -> None:
    context = context_of(chromium, site_with_answers, DESKTOP)
    page = context.new_page()
    sign_in(page)
    page.emulate_media(forced_colors="active")
    page.goto(PAGES[3])
    assert violations(page) == []
    page.emulate_media(forced_colors="none", media="print")
    shown = page.locator("svg.stack").first.bounding_box()
    assert shown is not None
    assert shown["width"] > 100
    context.close()
