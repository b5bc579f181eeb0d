"""A kiosk with a keyboard or a switch in place of a finger: from the first screen to thanks without a tap."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, context_of
from tests.support import kiosks
from tests.support.kiosks import LANDSCAPE

pytestmark = pytest.mark.xdist_group("browser")

MOST_STEPS = 30  # of Tab, to anything on a screen


def step_to(page: Page, wanted: str) -> None:
    """Press Tab until that is in focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_keys_alone_lead_from_the_first_screen_to_thanks(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, LANDSCAPE)
    page = context.new_page()
    page.clock.install()
    kiosks.pair(page, site)
    step_to(page, "[data-start=vi]")
    page.keyboard.press("Enter")
    page.clock.run_for(400)
    while (name := kiosks.shown(page)) != "finish":
        if name.startswith("answers."):
            page.keyboard.press("4")
        else:  # to the first choice, on to the second, and take it
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        kiosks.gone(page, name)
    step_to(page, ".send")
    page.keyboard.press("Enter")
    page.locator("body[data-screen=thanks]").wait_for()
    kiosks.all_sent(page)
    (row,) = kiosks.stored(site)
    assert (row["channel"], row["first"]) == ("kiosk", 4)
    context.close()
