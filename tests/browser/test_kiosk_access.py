"""axe finds nothing on any screen of a kiosk, in any mode and language."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, context_of
from tests.support import axe, kiosks
from tests.support.axe import MODES, Mode
from tests.support.kiosks import LANDSCAPE, PIN, PORTRAIT, TABLET
from tests.support.places import KIOSK

pytestmark = pytest.mark.xdist_group("browser")

KIOSK_MODES = {
    **MODES,
    "landscape": Mode(LANDSCAPE),
    "200 %": Mode((LANDSCAPE[0] // 2, LANDSCAPE[1] // 2)),
    "200 % upright": Mode((PORTRAIT[0] // 2, PORTRAIT[1] // 2)),
    "tablet": Mode(TABLET, looks="large"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_in_every_mode(chromium: Browser, site: Site, language: str) -> None:
    kiosks.offer_procedures(site)
    context = context_of(chromium, site, PORTRAIT, touch=True)
    page = context.new_page()
    page.clock.install()

    def clean(where: str) -> None:
        page.mouse.move(1, 1)  # somebody is there, however slow this machine is
        axe.in_every_mode(page, where, KIOSK_MODES)

    page.goto(f"/k?lang={language}")
    kiosks.enter_code(page, "AAAAAA")
    page.get_by_role("alert").wait_for()
    clean("wrong code")
    page.goto("/k?lang=vi")
    kiosks.pair(page, site)
    clean("attract")
    page.locator(f"[data-start={language}]").click()
    clean("procedures")
    page.locator("[data-skip]").click()
    page.clock.run_for(400)
    clean("question")
    for name in ("answers.A1", "answers.A2", "answers.A3"):
        kiosks.choose(page, name, "2")
    clean("reasons")
    for name, mode in KIOSK_MODES.items():  # each with a countdown of its own, however slow this machine is
        page.clock.run_for(46_000)
        page.locator("dialog").wait_for()
        axe.in_every_mode(page, "warning", {name: mode})
        page.locator("[data-stay]").click()
    kiosks.answer(page, {})
    clean("finish")
    page.locator("[data-do=more]").click()
    kiosks.gone(page, "finish")
    clean("dossier")
    page.locator(".forward [data-do=finish]").click()
    kiosks.gone(page, "dossier")
    page.locator("[data-do=review]").click()
    kiosks.gone(page, "finish")
    clean("review")
    page.locator(".review > .button").click()
    kiosks.gone(page, "review")
    kiosks.change_questionnaire(site, KIOSK, "quick")  # so that the answer is refused
    kiosks.send(page)
    clean("thanks")
    page.locator("[data-act=staff]").focus()
    page.keyboard.press("Enter")
    clean("pin")
    page.keyboard.type(PIN)
    page.locator("[data-enter]").click()
    page.locator("[data-retry]").wait_for()
    clean("menu with a refused answer")
    context.close()
