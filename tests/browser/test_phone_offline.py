"""A phone without network: nothing is lost or counted twice, whatever becomes of the browser or the release."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from survey.web.static import RELEASE
from tests.browser.conftest import PHONE, Site, lasting_context
from tests.support.phone import SENT, SHORT, Citizen, kept, stored, until
from tests.support.servers import gone
from tests.support.troubles import Release, Troubles

pytestmark = pytest.mark.xdist_group("browser")


def first_pid(profile: Path) -> int:
    """The first process of the browser that was started on this profile."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            if str(profile).encode() in command and b"--type=" not in command:
                return int(folder.name)
    raise AssertionError("no browser runs on this profile")


def test_offline_from_the_second_question_killed_and_restarted(
    chromium: Browser, site: Site, troubles: Troubles, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"

    context = lasting_context(chromium, site.url, profile, PHONE)
    citizen = Citizen(context.pages[0]).open(SHORT)
    citizen.begin()
    kept(citizen.page, SHORT)
    context.set_offline(True)
    troubles.cut = True
    citizen.answer_all()
    citizen.send()
    citizen.page.locator(".waiting", has_text="Còn 1 phiếu chưa gửi").wait_for()
    pid = first_pid(profile)
    os.kill(pid, signal.SIGKILL)
    gone(pid)
    with suppress(Error):
        context.close()
    assert stored(site) == 0
    troubles.cut = False
    context = lasting_context(chromium, site.url, profile, PHONE)
    page = context.pages[0]
    page.goto(SHORT)
    page.locator(SENT).wait_for(state="attached")
    assert stored(site) == 1
    assert len(troubles.seen) == 1
    context.close()


def test_a_kept_page_opens_without_network_and_serves_one_answer(
    phone: BrowserContext, site: Site, troubles: Troubles
) -> None:
    citizen = Citizen(phone.new_page()).open(SHORT)
    citizen.begin()
    kept(citizen.page, f"{SHORT}?lang=en")
    phone.set_offline(True)
    troubles.cut = True
    citizen.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    other = Citizen(phone.new_page()).open(f"{SHORT}?lang=en")
    assert other.page.locator("[data-do=start]").inner_text() == "Start"
    other.begin()
    other.answer_all()
    other.send()
    again = Citizen(phone.new_page()).open(f"{SHORT}?lang=en")
    again.tap(again.page.locator("[data-do=start]"))
    again.page.locator(".start .error", has_text="needs a network").wait_for()
    troubles.cut = False
    phone.set_offline(False)
    again.begin()
    again.answer_all()
    again.send()
    again.page.locator(SENT).wait_for(state="attached")
    assert stored(site) == 2


def test_where_storage_is_refused_it_says_so_and_sends_directly(
    phone: BrowserContext, site: Site, troubles: Troubles
) -> None:
    phone.add_init_script(
        """for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
            Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
        }
        Object.defineProperty(navigator, "serviceWorker", { value: undefined });"""
    )
    citizen = Citizen(phone.new_page()).open(SHORT)
    citizen.begin()
    citizen.answer_all()
    troubles.cut = True
    citizen.tap(citizen.page.locator(".send"))
    citizen.page.locator(".finish .error", has_text="Chưa gửi được").wait_for()
    assert "không cho lưu tạm" in citizen.page.locator(".finish .waiting").inner_text()
    troubles.cut = False
    citizen.send()
    assert stored(site) == 1


def test_an_update_does_not_strand_what_waits(phone: BrowserContext, site: Site, troubles: Troubles) -> None:
    citizen = Citizen(phone.new_page()).open(SHORT)
    citizen.begin()
    kept(citizen.page, SHORT)
    troubles.cut = True
    citizen.answer_all()
    citizen.send()
    fingerprint = site.app.extensions[RELEASE]
    later = "b" * len(fingerprint)
    site.app.wsgi_app = Release(troubles, fingerprint, later)  # type: ignore[method-assign,assignment]
    citizen.page.evaluate(
        """() => new Promise(resolve => {
            const opening = indexedDB.open("survey-outbox", 2);
            opening.onupgradeneeded = () => opening.result.createObjectStore("later");
            opening.onsuccess = () => (opening.result.close(), resolve());
        })"""
    )
    troubles.cut = False
    other = Citizen(phone.new_page()).open(SHORT)
    assert later in (other.page.locator("script").get_attribute("src") or "")
    other.page.locator(SENT).wait_for(state="attached")
    assert stored(site) == 1
    other.begin()
    only = "async release => { const [one, more] = await caches.keys(); return one?.includes(release) && !more; }"
    until(other.page, only, later)
