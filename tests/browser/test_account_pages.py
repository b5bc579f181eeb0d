"""Account pages in a real browser: an authenticator, an invitation; accessible at every size, in both languages."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from survey.domain.access import Role
from survey.extensions import writing
from survey.services import staff as service
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import violations
from tests.support import staff
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.staff import EMAIL, PASSWORD

pytestmark = pytest.mark.xdist_group("browser")

NARROW = 320


@pytest.fixture
def administered(site: Site) -> Site:
    """An administrator without an authenticator, and a manager."""

    def fill() -> None:
        staff.account(site.world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
        with writing() as session:
            service.create(session, EMAIL, "Nguyễn Thị Hạnh", Role.ADMINISTRATOR, site.world.units[CITY], PASSWORD)

    site.run(fill)
    return site


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, chromium: Browser, administered: Site) -> Iterator[Page]:
    context = context_of(chromium, administered, request.param)
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/account/authenticator")
    yield page
    context.close()


def look(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the narrowest screen."""
    assert violations(page) == []
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, page.url
    assert size is not None
    page.set_viewport_size(size)


def test_an_administrator_sets_up_and_invites_by_keyboard(page: Page) -> None:
    look(page)
    page.fill("#code", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#complaint")
    look(page)
    page.fill("#code", pyotp.TOTP(page.inner_text("span.code").replace(" ", "")).now())
    page.keyboard.press("Enter")
    page.wait_for_selector(".recovery-codes")
    look(page)
    for address in ("/staff/account", "/staff/admin/staff", "/staff/confirm"):
        for language in ("en", "vi"):
            page.goto(f"{address}?lang={language}")
            look(page)
    page.goto("/staff/admin/staff")
    page.fill("#email", "moi@hanoi.gov.vn")
    page.fill("#name", "Trần Văn Mới")
    page.focus("input[value=inspector]")
    page.keyboard.press("Space")
    page.select_option("#unit", OTHER_WARD)
    page.focus("#unit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.wait_for_selector(".link-once")
    assert link is not None
    look(page)
    page.goto(link.inner_text())
    look(page)
    page.fill("#new", "chiều mưa sông Hồng lặng")
    page.fill("#again", "chiều mưa sông Hồng lặng")
    page.keyboard.press("Enter")


def test_the_second_step_is_accessible(chromium: Browser, site: Site) -> None:
    site.run(lambda: staff.account(site.world, CITY, role=Role.ADMINISTRATOR))
    context = context_of(chromium, site, PHONE)
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in/code")
    look(page)
    page.fill("#code", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#complaint")
    look(page)
    page.fill("#code", pyotp.TOTP(staff.SECRET).now())
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    context.close()
