"""What only a browser shows: the SVG of a poster as it is printed, and the page on which posters are chosen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from survey.domain.access import Role
from survey.domain.posters import PaperSize, Poster
from survey.reports import posters
from survey.wording.posters import lines
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.support import scanners
from tests.support.places import CITY
from tests.support.staff import EMAIL, PASSWORD, account

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("size", PaperSize)
def test_the_code_in_a_picture_leads_to_the_point(chromium: Browser, size: PaperSize) -> None:
    poster = Poster("K7QAMX", "Phường Cầu Giấy", "Quầy 1", "https://khaosat.hanoi.gov.vn/p/K7QAMX")
    vietnamese = lines(lambda message, /, **values: message % values, "vi")
    picture = scanners.of_svg(posters.svg(poster, size, [vietnamese, vietnamese]), chromium)
    assert scanners.scanned(picture) == [poster.address]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP])
def test_a_clerk_downloads_what_is_ticked(chromium: Browser, site: Site, screen: tuple[int, int]) -> None:
    site.run(lambda: account(site.world, CITY, role=Role.MANAGER))
    page = context_of(chromium, site, screen).new_page()
    page.goto("/staff/admin/sheets")
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    assert page.get_by_role("heading", level=1).inner_text() == "In tờ mã QR"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_label("UBND phường Cầu Giấy").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải PDF để in").click()
    assert len(scanners.of_pdf(download.value.path().read_bytes())) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
