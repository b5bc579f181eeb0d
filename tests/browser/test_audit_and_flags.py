"""The record of acts and flagged answers in a real browser: axe, nothing cut off, a decision by keyboard alone."""

from datetime import date

import pyotp
import pytest
from playwright.sync_api import Browser
from sqlalchemy import select, update

from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.quality import Flag
from survey.extensions import writing
from survey.models import Grant, Response, Staff
from survey.services import audit
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_account_pages import look
from tests.support import staff
from tests.support.places import CITY, KIOSK, NOW, POINT, WARD
from tests.support.responses import Plan, fill
from tests.support.staff import EMAIL

pytestmark = pytest.mark.xdist_group("browser")

BATCH = f"/staff/flags/quarantine?unit={WARD}&point={KIOSK}&flag=fast&span=2026-10"
PAGES = (
    "/staff/admin/audit",
    "/staff/admin/audit?unit=XX&from=soon&kind=points",
    "/staff/flags",
    BATCH,
    BATCH.replace("2026-10", "soon"),
    BATCH.replace(KIOSK, POINT),
)


def prepared(site: Site) -> None:
    """Acts, flagged answers of October, and somebody who administers and inspects the city."""
    ward, version, october = site.world.units[WARD], site.world.version, (date(2026, 10, 1), date(2026, 10, 31))
    with writing() as session:
        fill(session, Plan(ward, site.world.points[KIOSK], version, 24, *october, "kiosk"), 1)
        session.execute(update(Response).values(flags=int(Flag.FAST)))
    staff.account(site.world, CITY, role=Role.INSPECTOR)
    with writing() as session:
        me = session.scalars(select(Staff.id).where(Staff.email == EMAIL)).one()
        session.add(Grant(staff_id=me, unit_id=site.world.units[CITY], role=Role.ADMINISTRATOR.value))
    for number in range(60):
        with writing() as session:
            detail: dict[str, str | int] = {"unit": WARD, "from": "2026-09", "to": "2026-10", "by": "unit"}
            audit.record(session, NOW, "lan@hanoi.gov.vn", Action.DOWNLOADED, f"rates-{number}.csv", detail)
    with writing() as session:  # the longest word of the record
        hashed = {"sha256": "0" * 64}
        audit.record(session, NOW, EMAIL, Action.QUESTIONNAIRE_PUBLISHED, "quick@2", hashed)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_both_are_accessible_and_a_batch_is_decided_on_by_keyboard(
    chromium: Browser, site: Site, size: tuple[int, int]
) -> None:
    site.run(lambda: prepared(site))
    context = context_of(chromium, site, size)
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", staff.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in/code")
    page.fill("#code", pyotp.TOTP(staff.SECRET).now())
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    for address in PAGES:
        for language in ("en", "vi"):
            page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
            look(page)
    page.goto(BATCH)
    page.focus("#reason")
    page.keyboard.type("ngắn")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reason-error")
    assert page.input_value("#reason") == "ngắn"
    look(page)
    page.fill("#reason", "máy bị bấm liên tục cả buổi")
    page.focus("#reason")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/flags")
    look(page)
    page.click("a[href*='/staff/flags/decisions/']")
    look(page)
    context.close()
