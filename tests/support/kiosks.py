"""A kiosk in a browser: paired as staff would pair it, and answered as people do."""

from collections.abc import Mapping
from random import Random
from typing import Any

from flask import current_app
from playwright.sync_api import Page
from sqlalchemy import select, update

from survey.domain import opening, pins
from survey.extensions import reading, writing
from survey.models import Comment, Point, Procedure, Response
from survey.services import kiosks, questionnaires
from survey.web import clock
from tests.browser.conftest import Site
from tests.support.places import KIOSK, draft

PIN = "2580"
PORTRAIT, LANDSCAPE, TABLET = (1080, 1920), (1920, 1080), (1024, 768)
READY = "form[data-ready]"
SHOWN = """() => {
  const parts = document.querySelectorAll('form fieldset, form .field, form .finish, form .review');
  const part = Array.from(parts).find((one) => one.checkVisibility());
  return part.querySelector('[name]:not([name=assisted])')?.name ?? part.className;
}"""


def pairing_code(site: Site, point: str = KIOSK, pin: str = PIN) -> str:
    """A fresh code of a kiosk's point."""

    def invited() -> str:
        verifier = pins.derive(pin, b"salt of the test")
        key = current_app.config["SETTINGS"].secret_key
        with writing() as session:
            return kiosks.invite(session, site.world.points[point], verifier, key, Random(7), clock.now())

    return site.run(invited)


def offer_procedures(site: Site, more: int = 2) -> None:
    """Let the kiosk ask for the procedure: the one of the world and `more`, in a domain each."""

    def arranged() -> None:
        with writing() as session:
            codes = [f"2.00000{number}" for number in range(more)]
            session.add_all(
                Procedure(code=code, name=f"Thủ tục {code}", domain_name=f"Lĩnh vực {code}", sort_key=code)
                for code in codes
            )
            session.flush()
            kiosks.arrange(session, site.world.points[KIOSK], opening.OFFICE_HOURS, ["1.001193", *codes])

    site.run(arranged)


def pair(page: Page, site: Site, point: str = KIOSK) -> None:
    """Pair the browser of this page; it shows the first screen then."""
    page.goto("/k")
    enter_code(page, pairing_code(site, point))
    attract(page)


def enter_code(page: Page, code: str) -> None:
    """Hand in a code on the page that pairs."""
    page.locator("#code").fill(code)
    page.locator("[type=submit]").click()


def open_menu(page: Page) -> None:
    """Open what is behind the PIN, from any screen that has the button."""
    page.locator("[data-act=staff]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(PIN)
    page.locator("[data-enter]").click()
    page.locator("[data-exit]").wait_for()


def change_questionnaire(site: Site, point: str, key: str) -> None:
    """Let a point ask another questionnaire from now on; it is published first."""

    def change() -> None:
        with writing() as session:
            if key not in site.world.versions:
                questionnaires.publish(session, draft(key), clock.now())
            session.execute(update(Point).where(Point.code == point).values(questionnaire_key=key))

    site.run(change)


def attract(page: Page) -> None:
    """Wait for the first screen."""
    page.locator("body[data-screen=attract]").wait_for()


def start(page: Page, language: str = "vi") -> None:
    """Begin; the first question is there."""
    page.locator(f"[data-start={language}]").click()
    page.clock.run_for(400)
    page.locator(READY).wait_for()


def shown(page: Page) -> str:
    """The name of the question on the screen, or finish, or review."""
    page.locator(READY).wait_for()
    name: str = page.evaluate(SHOWN)
    return name


def choose(page: Page, name: str, value: str) -> None:
    """Tap a choice, and wait until another screen can be tapped. The clock of the page must be installed."""
    page.locator(READY).wait_for()
    page.locator(f"form label:has(input[name='{name}'][value='{value}'])").click()
    gone(page, name)


def gone(page: Page, name: str) -> None:
    """Wait until another screen can be tapped, without waiting: the page's own clock is moved on."""
    page.clock.run_for(200)
    page.wait_for_function(f"name => ({SHOWN})() !== name", arg=name)
    page.clock.run_for(400)
    page.locator(READY).wait_for()


def answer(page: Page, given: Mapping[str, str]) -> None:
    """Answer up to the end of the main part: what is given, else the best level and the last fact."""
    while (name := shown(page)) != "finish":
        group = name.split(".")[0]
        if group in ("reasons", "remarks"):
            page.locator("[data-do=next]").click()
            gone(page, name)
        else:
            choose(page, name, given.get(name, "5" if group == "answers" else "no"))


def send(page: Page) -> None:
    """Send, from the last screen; the thanks are there."""
    page.locator(".send").click()
    page.locator("body[data-screen=thanks]").wait_for()


def all_sent(page: Page) -> None:
    """Wait until the kiosk says that nothing waits any more."""
    page.locator("[data-waiting][data-count='0']").wait_for(state="attached")


def stored(site: Site) -> list[dict[str, Any]]:
    """The responses in the database, in the order of their ids, which is that of time."""

    def rows() -> list[dict[str, Any]]:
        with reading() as session:
            comments = {row.client_id: row.masked for row in session.scalars(select(Comment))}
            found = session.execute(select(Response.__table__).order_by(Response.client_id))
            return [
                {
                    "id": str(row.client_id),
                    "channel": row.channel,
                    "assisted": row.assisted,
                    "procedure": row.procedure,
                    "first": row.a01,
                    "reasons": row.reasons,
                    "comment": comments.get(row.client_id),
                }
                for row in found
            ]

    return site.run(rows)
