"""The gallery in a browser: axe finds nothing in any component, and simulated states look as the real ones do."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, Site, context_of

pytestmark = pytest.mark.xdist_group("browser")
COLOUR = "element => getComputedStyle(element).backgroundColor"


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_axe_finds_nothing(chromium: Browser, site: Site, size: tuple[int, int]) -> None:
    context = context_of(chromium, site, size)
    page = context.new_page()
    for part in ("", "citizen", "staff", *(["kiosk"] if size == DESKTOP else [])):
        page.goto(f"/gallery/{part}")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_simulated_state_looks_like_the_real_one(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, DESKTOP)
    page = context.new_page()
    page.goto("/gallery/citizen")
    button = page.locator("button.button.quiet:not(.is-hover)").first
    at_rest = button.evaluate(COLOUR)
    main = page.locator("a.button:not(.is-hover)").first
    resting = main.evaluate(COLOUR)
    main.hover()
    assert main.evaluate(COLOUR) == page.locator("a.button.is-hover").first.evaluate(COLOUR) != resting
    assert button.evaluate(COLOUR) == at_rest
    context.close()
