"""Paper forms and questionnaires in a real browser: keyed by keyboard alone, nothing lost by a reload, axe finds
nothing, and a preview runs the citizens' own scripts without any way to send.
"""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading
from survey.models import Response
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_staff_pages import NARROW, violations
from tests.support.clients import ServerLikeClient
from tests.support.places import CITY, NOW, WARD
from tests.support.staff import account, signed_in

pytestmark = pytest.mark.xdist_group("browser")

CLERK, HEAD = "nhap.phieu@hanoi.gov.vn", "quan.tri@hanoi.gov.vn"
ENTRY, QUESTIONNAIRES = "/staff/entry", "/staff/admin/questionnaires"
VERSION = f"{QUESTIONNAIRES}/quick@1"


@pytest.fixture
def people(site: Site) -> Iterator[Site]:
    site.app.test_client_class = ServerLikeClient
    with time_machine.travel(NOW, tick=True):
        site.run(lambda: account(site.world, WARD, CLERK, Role.CLERK))
        site.run(lambda: account(site.world, CITY, HEAD, Role.ADMINISTRATOR))
        yield site


def opened(chromium: Browser, site: Site, email: str, size: tuple[int, int]) -> BrowserContext:
    """A browser that is signed in."""
    cookies = site.run(lambda: list((signed_in(site.app, email).client._cookies or {}).values()))
    context = context_of(chromium, site, size)
    context.add_cookies([{"name": one.key, "value": one.value, "url": site.url} for one in cookies])
    return context


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press({" ": "Space", "⏎": "Enter", "⌫": "Backspace"}.get(key, key))


def sound(page: Page) -> None:
    """Accessible, and not wider than the smallest screen."""
    assert violations(page) == []
    size = page.viewport_size or {"width": 0, "height": 0}
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], page.url
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def begin(page: Page) -> str:
    page.goto(ENTRY)
    sound(page)
    page.select_option("#questionnaire", "quick")
    page.select_option("#unit", WARD)
    page.focus("#number")
    page.keyboard.type("T11/1")
    page.fill("#day", "2026-11-20")
    page.focus("#forms")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/entry/1/1/1")  # its first form
    return page.url.removesuffix("/1/1")


def checked(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll(':checked[name]')].map((one) => one.name + one.value)"
    )
    return [one for one in found if one.startswith("answers.")]


def test_a_form_is_keyed_twice_by_keyboard_alone_and_counts(chromium: Browser, people: Site) -> None:
    context = opened(chromium, people, CLERK, DESKTOP)
    page = context.new_page()
    batch = begin(page)

    press(page, "45⌫4 ")  # the second answer is taken back and given again
    press(page, "2")
    page.wait_for_function("document.activeElement.name === 'reasons.D.late'")
    press(page, "1⏎")
    assert checked(page) == ["answers.A14", "answers.B14", "answers.C1", "answers.D12"]
    sound(page)
    page.reload()
    assert checked(page) == ["answers.A14", "answers.B14", "answers.C1", "answers.D12"], "a reload loses nothing"
    assert page.is_checked("[name='reasons.D.late']")
    assert page.evaluate("document.activeElement.name") == "answers.E1", "and goes on where it stopped"
    press(page, "35")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(batch)
    assert page.evaluate("Object.keys(sessionStorage).length") == 0, "nothing is kept of what was saved"

    page.goto(f"{batch}/2/1")
    assert checked(page) == []
    press(page, "44 2")
    press(page, "1⏎3")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".complaints")
    assert "Chưa nhập câu này" in page.inner_text(".complaints")
    sound(page)
    press(page, "4")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(batch)
    sound(page)

    page.goto(f"{batch}/settle/1")
    sound(page)
    page.focus("[name='answers.F1']")
    press(page, "  ")
    page.keyboard.press("ArrowRight")
    page.check("[name='answers.F1'][value='5']")
    page.keyboard.press("Enter")
    page.wait_for_url(batch)
    sound(page)
    page.focus("button[value=accept]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    sound(page)
    context.close()
    table = Response.__table__.c
    columns = (table.channel, table.a01, table.a03, table.a04, table.a06)

    def stored() -> list[tuple[object, ...]]:
        with reading() as session:
            return [tuple(row) for row in session.execute(select(*columns))]

    assert people.run(stored) == [("paper", 4, None, 2, 5)]


def test_questionnaires_are_accessible_and_a_preview_sends_nothing(chromium: Browser, people: Site) -> None:
    context = opened(chromium, people, HEAD, PHONE)
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    for address in (QUESTIONNAIRES, f"{QUESTIONNAIRES}/compare?old=quick@1&new=sipas-2024@1", VERSION):
        page.goto(address)
        sound(page)

    content = page.request.get(f"{VERSION}/file").text().replace("Khảo sát nhanh", "Hỏi nhanh")
    page.goto(QUESTIONNAIRES)
    page.set_input_files("#file", {"name": "nhanh.yaml", "mimeType": "text/yaml", "buffer": content.encode()})
    page.focus("#file")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/1")
    sound(page)
    assert page.frame_locator(".preview-kiosk").locator("h1").first.inner_text().startswith("Ông/Bà")
    page.focus("#typed")
    page.keyboard.type("quick@2")
    page.keyboard.press("Enter")  # the first button of the form: publish
    page.wait_for_selector(".done")
    assert "quick@2" in page.inner_text(".done")
    sent.clear()

    page.goto(f"{VERSION}/preview/phone/vi")
    page.click("[data-do=start]")
    for _ in range(6):
        page.wait_for_selector("form[data-ready]")
        page.keyboard.press("4")
        page.wait_for_selector("form:not([data-ready])")
    page.wait_for_selector("form[data-ready]")
    page.click(".finish .send")
    page.wait_for_selector(".thanks")
    assert violations(page) == []
    page.goto(f"{VERSION}/preview/kiosk/en")
    page.wait_for_selector("body[data-screen=attract]")
    assert violations(page) == []
    page.click("[data-start=en]")
    page.wait_for_selector("form[data-ready]")
    assert page.evaluate("fetch('/api/v1/tickets', {method: 'POST'}).then(() => 'sent', () => 'stopped')") == "stopped"
    assert sent == [], "the browser itself lets nothing out"
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    context.close()
