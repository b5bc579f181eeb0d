"""The row of staff pages in a real browser: one row on a desktop, menus without a script and by keyboard."""

import pytest
from playwright.sync_api import Browser, Page

from survey.domain.access import Role
from survey.extensions import writing
from survey.models import Grant
from survey.services import staff
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import violations
from tests.support.places import CITY
from tests.support.staff import EMAIL, PASSWORD, authenticator, code

pytestmark = pytest.mark.xdist_group("browser")
ROW = "document.querySelector('.staff-row nav').offsetHeight"


@pytest.fixture
def everything(site: Site) -> Site:
    """Somebody with every role at the city, more than anybody is given: the longest row that there is."""

    def fill() -> None:
        with writing() as session:
            made = staff.create(session, EMAIL, "Nguyễn Thị Hạnh", Role.VIEWER, site.world.units[CITY], PASSWORD)
            for role in set(Role) - {Role.VIEWER}:
                session.add(Grant(staff_id=made, role=role.value, unit_id=site.world.units[CITY]))
        authenticator(made)

    site.run(fill)
    return site


def signed_in(chromium: Browser, site: Site, size: tuple[int, int], *, scripts: bool) -> Page:
    page = context_of(chromium, site, size, scripts=scripts).new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in/code")
    page.fill("#code", site.run(code))
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    return page


def test_even_the_longest_row_is_one_and_its_menus_close(chromium: Browser, everything: Site) -> None:
    page = signed_in(chromium, everything, DESKTOP, scripts=True)
    single = page.evaluate("document.querySelector('.staff-row nav a').offsetHeight")
    for language in ("en", "vi"):
        page.goto(f"/staff/account?lang={language}")
        assert page.evaluate(ROW) <= single + 1
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    opened = page.locator(".menu[open]")
    assert opened.count() == 1
    assert violations(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Các cách tính"
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    for _ in range(4):  # past the last link of the menu
        page.keyboard.press("Tab")
    assert opened.count() == 0
    page.click("text=Thu thập")
    page.click("text=Quản trị")
    assert opened.count() == 1
    page.click("h1")
    assert opened.count() == 0
    page.context.close()


def test_on_a_phone_a_menu_opens_without_scripts_as_wide_as_the_screen(chromium: Browser, everything: Site) -> None:
    page = signed_in(chromium, everything, PHONE, scripts=False)
    page.goto("/staff/account")
    page.click("text=Quản trị >> nth=0")
    menu = page.locator(".menu[open] ul")
    box = menu.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE[0])
    menu.locator("text=Tài khoản cán bộ").click()
    assert page.inner_text("h1") == "Tài khoản cán bộ"
    page.context.close()
