"""Points and kiosks as staff see them in a real browser: accessible, nothing cut off, and a code that pairs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from survey.domain.access import Role
from survey.extensions import writing
from survey.models import Device
from survey.services import kiosks
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import sign_in, violations
from tests.support import staff
from tests.support.databases import SECRET
from tests.support.devices import invited
from tests.support.places import CITY, KIOSK, POINT, QUICK_POINT

pytestmark = pytest.mark.xdist_group("browser")

HERE = f"/staff/admin/points/{KIOSK}"
PAGES = (
    "/staff/admin/points",
    "/staff/admin/points/new",
    HERE,
    f"/staff/admin/points/{POINT}",
    "/staff/admin/kiosks",
    "/staff/admin/kiosks/import",
)


@pytest.fixture
def manned(site: Site) -> Site:
    """A manager of the city; one kiosk that is quiet with answers in it, one that lives and was revoked before."""

    def fill() -> None:
        now = datetime.now(UTC)
        staff.account(site.world, CITY, role=Role.MANAGER)
        for seed, (point, last_seen) in enumerate(
            ((KIOSK, now - timedelta(days=9)), (QUICK_POINT, now), (QUICK_POINT, now))
        ):
            code = invited(site.world, point, seed)
            with writing() as session:
                kiosks.pair(session, code, f"secret {seed}", SECRET, now - timedelta(days=30))
                session.execute(
                    update(Device)
                    .where(Device.secret_hash == kiosks.secret_hash(f"secret {seed}"))
                    .values(
                        last_seen=last_seen,
                        queued=1234,
                        oldest_day=last_seen.date(),
                        aside=3,
                        problems={"invalid": "2", "conflict": "1"},
                        skew=-7300,
                        version="0123456789ab",
                    )
                )

    site.run(fill)
    return site


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, chromium: Browser, manned: Site) -> Iterator[Page]:
    context = context_of(chromium, manned, request.param)
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def test_the_pages_are_accessible_and_fit(page: Page) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    for address in PAGES:
        for language in ("vi", "en"):
            page.goto(f"{address}?lang={language}")
            assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto("/staff/admin/kiosks?lang=vi")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_code_from_the_page_pairs_another_browser(chromium: Browser, manned: Site, page: Page) -> None:
    page.goto(f"{HERE}?lang=vi")
    page.get_by_label("Mã PIN").fill("2580")
    page.get_by_role("button", name="Tạo mã ghép máy").click()
    code = page.locator(".fresh-code-text").inner_text()
    assert violations(page) == []
    other = context_of(chromium, manned, DESKTOP)
    kiosk = other.new_page()
    kiosk.goto("/k")
    assert violations(kiosk) == []
    kiosk.get_by_label("Mã ghép máy").fill(code.lower())
    kiosk.get_by_role("button", name="Ghép máy này").click()
    kiosk.get_by_label("Mã ghép máy").wait_for(state="detached")
    assert {cookie["name"]: cookie["httpOnly"] for cookie in other.cookies()}["kiosk"]
    other.close()
