"""axe finds nothing on any citizen page in any mode and language; everything fits, and is big enough to touch."""

from collections.abc import Callable
from typing import NoReturn

import pytest
from flask import abort
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Site
from tests.support import axe
from tests.support.axe import Mode
from tests.support.phone import FORM
from tests.support.places import CLOSED_POINT
from tests.support.places import KIOSK as KIOSK_POINT

pytestmark = pytest.mark.xdist_group("browser")

LEAST = 48  # pixels of whatever is tapped on a phone
OPERATED = (
    ".button, .choice, .tool, .back, .top a, .bottom a, .notice a, select, textarea, input[type=text],"
    " input[type=search], .review button"
)
SMALL = """([operated, least]) => [...document.querySelectorAll(operated)].filter(one => one.checkVisibility())
  .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([_, { width, height }]) => height > 0 && Math.min(width, height) < least)
  .map(([html, { width, height }]) => `${width}×${height} ${html}`)"""
PAGES = (
    "/?",
    "/?q=cau+giay&procedure=1.001193",
    "/?q=khong+co+dau",
    f"{FORM}/thanks?receipt=A3C4DE",
    f"/p/{KIOSK_POINT}?",
    f"/p/{KIOSK_POINT}/thanks?",
    "/about?",
    f"/p/{CLOSED_POINT}?",
    "/p/ZZZZZZ?",
    "/offline?",
    "/nothing-here?",
    "/broken?",
    "/k?",
)


def fits(page: Page, least: int = LEAST) -> Callable[[Mode], list[str]]:
    """A check of one mode: nothing wider than the window, nothing too small to touch."""

    def check(mode: Mode) -> list[str]:
        wide = page.evaluate("document.documentElement.scrollWidth")
        small: list[str] = page.evaluate(SMALL, [OPERATED, least])
        return [*small, *([f"{wide} pixels wide"] if wide > mode.size[0] else [])]

    return check


def broken() -> NoReturn:
    abort(500)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_one_address(phone: BrowserContext, site: Site, language: str) -> None:
    site.app.add_url_rule("/broken", view_func=broken)
    page = phone.new_page()
    for address in PAGES:
        page.goto(f"{address}&lang={language}")
        assert page.locator("html").get_attribute("lang") == language
        axe.in_every_mode(page, address, also=fits(page))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_plain_form_and_its_errors(phone: BrowserContext, site: Site, language: str) -> None:
    phone.route("**/phone.js", lambda route: route.abort())  # without it the form is one page; axe itself is a script
    page = phone.new_page()
    page.goto(f"{FORM}?lang={language}")
    assert axe.violations(page) == []
    page.locator("#dossier").fill("sai")
    page.locator("input[name='answers.A1'][value='1']").check()
    page.locator("input[name='facts.feedback'][value='yes']").check()
    page.locator(".send").click()
    page.locator(".summary a").wait_for()
    axe.in_every_mode(page, "form with errors", also=fits(page))  # all of the form, and its errors
