"""Pages of the catalogue in a real browser: axe, nothing cut off, and a merger from choice to way back by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from survey.domain.access import Role
from survey.extensions import reading
from survey.queries import entries
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_account_pages import look
from tests.support import staff
from tests.support.files import units_csv
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.staff import EMAIL, PASSWORD, SECRET

pytestmark = pytest.mark.xdist_group("browser")

HERE = "/staff/admin"
PAGES = (
    "units",
    "units?closed=yes&q=cau+giay",
    f"units/{WARD}",
    f"new-unit?parent={CITY}",
    f"merge-units?from={WARD}",
    f"merge-units?from={WARD}&day=x",
    "mergers",
    "procedures",
    "procedures/1.001193",
    "imports",
    "imports/1",
)


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """Signed in as the administrator of everything."""

    def fill() -> None:
        staff.account(site.world, CITY, role=Role.ADMINISTRATOR)
        staff.account(site.world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)

    site.run(fill)
    context = context_of(chromium, site, DESKTOP)
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.fill("#code", pyotp.TOTP(SECRET).now())
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    yield page
    context.close()


def press(page: Page, selector: str, key: str) -> None:
    page.focus(selector)
    page.keyboard.press(key)


def test_files_units_and_a_merger_by_keyboard(page: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "đơn vị.csv"
    file.write_bytes(units_csv(f"TT,Trung tâm một cửa có tên dài để xem chỗ xuống dòng,agency,{WARD},2026-01-01,,"))
    page.goto(f"{HERE}/imports")
    press(page, "input[value=units]", "Space")
    page.set_input_files("#file", file)
    press(page, "form.narrow button", "Enter")
    page.wait_for_selector(".change-lines")
    for address in PAGES:
        for language, (width, height) in (("en", DESKTOP), ("vi", PHONE)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{HERE}/{address}{'&' if '?' in address else '?'}lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            look(page)
    press(page, "button[value=confirm]", "Enter")
    page.wait_for_selector(".done")
    page.goto(f"{HERE}/merge-units?from={WARD}")
    press(page, f"input[value='{OTHER_WARD}']", "Space")
    page.fill("#day", "2027-01-01")
    page.fill("#code", "00999")
    page.fill("#name", "UBND phường Mới")
    press(page, "#name", "Enter")
    page.wait_for_selector("#typed")
    look(page)
    press(page, "#typed", "Enter")  # the browser wants the name first
    page.keyboard.type("UBND phường Mới")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    look(page)

    def closed() -> set[str]:
        with reading() as session:
            return {code for code, unit in entries.units(session).items() if unit.replaced_by == ("00999",)}

    assert site.run(closed) == {WARD, OTHER_WARD, "TT"}
    press(page, "td form button", "Enter")
    page.wait_for_selector("text=Đã hoàn tác:")
    assert site.run(closed) == set()
