"""A kiosk in a browser, paired as staff would pair it."""

from random import Random

from flask import current_app
from playwright.sync_api import BrowserContext, Page

from survey.domain import pins
from survey.extensions import writing
from survey.services import kiosks
from survey.web import clock
from tests.browser.conftest import Site
from tests.support.places import KIOSK

PIN = "2580"
PORTRAIT, LANDSCAPE, TABLET = (1080, 1920), (1920, 1080), (1024, 768)


def pairing_code(site: Site, point: str = KIOSK, pin: str = PIN) -> str:
    """A fresh code of a kiosk's point."""

    def invited() -> str:
        verifier = pins.derive(pin, b"salt of the test")
        key = current_app.config["SETTINGS"].secret_key
        with writing() as session:
            return kiosks.invite(session, site.world.points[point], verifier, key, Random(7), clock.now())

    return site.run(invited)


def paired(context: BrowserContext, site: Site, point: str = KIOSK) -> Page:
    """A page of this profile that shows the first screen of the paired kiosk."""
    page = context.new_page()
    page.goto("/k")
    page.get_by_label("Mã ghép").fill(pairing_code(site, point))
    page.get_by_role("button", name="Ghép máy này").click()
    page.locator("[data-start=vi]").wait_for()
    return page
