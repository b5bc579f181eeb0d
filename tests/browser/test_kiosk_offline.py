"""A kiosk through a day without network: answers, a killed browser, a new start, the network back, a new release."""

import contextlib
import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect
from werkzeug.serving import BaseWSGIServer, make_server

from tests.browser.conftest import Site, context_of, lasting_context
from tests.support import kiosks
from tests.support.kiosks import PORTRAIT
from tests.support.places import QUICK_POINT
from tests.support.servers import gone

pytestmark = pytest.mark.xdist_group("browser")

REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };"
ONLINE = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true });"


class Office:
    """The network of an office: the application on a port of its own, which can be unplugged."""

    def __init__(self, site: Site) -> None:
        self.site, self.port = site, 0
        self.server: BaseWSGIServer | None = None
        self.plug_in()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def plug_in(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.site.app, threaded=True)
        self.port = self.server.port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def unplug(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()
        self.server = None


@pytest.fixture
def office(site: Site) -> Iterator[Office]:
    office = Office(site)
    yield office
    office.unplug()


def kill(profile: Path) -> None:
    """SIGKILL to every process of the browser with this profile, as a power cut would."""
    wanted = f"--user-data-dir={profile}".encode()
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and wanted in (entry / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)
                gone(int(entry.name))


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.clock.install()
    return page


def answer(page: Page, first: int) -> None:
    """One person, whose first answer is this."""
    kiosks.start(page)
    kiosks.answer(page, {"answers.A1": str(first)})
    kiosks.send(page)
    page.locator("[data-again]").click()
    kiosks.attract(page)


def test_a_day_without_network_and_a_power_cut(chromium: Browser, site: Site, office: Office, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    context = lasting_context(chromium, office.url, profile, PORTRAIT)
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    page.locator("body[data-kept]").wait_for(state="attached")
    context.close()  # the kiosk is set up in the evening

    context = lasting_context(chromium, office.url, profile, PORTRAIT)
    page = opened(context)
    office.unplug()
    page.goto("/k")
    kiosks.attract(page)
    for first in (5, 1, 4):
        answer(page, first)
    expect(page.locator("[data-waiting]")).to_have_text("còn 3 phiếu chưa gửi")
    kill(profile)
    with contextlib.suppress(Error):
        context.close()

    context = lasting_context(chromium, office.url, profile, PORTRAIT)
    page = opened(context)
    page.goto("/k")
    kiosks.attract(page)
    expect(page.locator("[data-waiting]")).to_have_text("còn 3 phiếu chưa gửi")
    answer(page, 3)
    expect(page.locator("[data-waiting]")).to_have_text("còn 4 phiếu chưa gửi")
    assert kiosks.stored(site) == []

    office.plug_in()
    page.evaluate("dispatchEvent(new Event('online'))")
    kiosks.all_sent(page)
    assert sorted(row["first"] for row in kiosks.stored(site)) == [1, 3, 4, 5]
    page.reload()
    kiosks.attract(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    kiosks.all_sent(page)
    assert [row["channel"] for row in kiosks.stored(site)] == ["kiosk"] * 4
    context.close()


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = context_of(chromium, site, PORTRAIT, touch=True)
    yield context
    context.close()


def test_a_browser_that_stores_nothing_says_so_and_sends_directly(context: BrowserContext, site: Site) -> None:
    context.add_init_script(REFUSED)
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    expect(page.locator("[data-waiting]")).to_have_text("Máy không giữ được phiếu: cần có mạng để gửi")
    answer(page, 4)
    assert [row["first"] for row in kiosks.stored(site)] == [4]

    context.set_offline(True)
    kiosks.start(page)
    kiosks.answer(page, {"answers.A1": "2"})
    page.locator(".send").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    context.set_offline(False)
    kiosks.send(page)
    assert [row["first"] for row in kiosks.stored(site)] == [4, 2]


def test_a_stuck_queue_can_be_taken_out_as_a_file(context: BrowserContext, site: Site) -> None:
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    context.set_offline(True)
    answer(page, 1)
    kiosks.open_menu(page)
    expect(page.locator("dd[data-count]")).to_have_text("1")
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    content = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert download.value.suggested_filename.startswith(f"phieu-{QUICK_POINT}-")
    (record,) = content["records"]
    assert record["body"]["answers"]["A1"] == 1
    assert record["id"][14] == "7"
    expect(page.locator("dd[data-count]")).to_have_text("1")


def test_what_was_refused_is_sent_again_from_the_menu_after_a_fix(context: BrowserContext, site: Site) -> None:
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    kiosks.change_questionnaire(site, QUICK_POINT, "sipas-2024")
    answer(page, 2)
    kiosks.open_menu(page)
    expect(page.locator("dd[data-aside]")).to_have_text("1")
    expect(page.locator("[data-aside-list]")).to_have_text("điểm thu thập đã đổi bộ câu hỏi (1)")
    with page.expect_request("**/api/v1/heartbeat") as beat:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert json.loads(beat.value.post_data or "")["problems"] == {"questionnaire_not_here": 1}
    page.evaluate("document.querySelector('[data-aside-list] li').dataset.old = ''")
    page.locator("[data-retry]").click()  # too early: refused again, and still kept
    page.locator("[data-aside-list] li:not([data-old])").wait_for()
    expect(page.locator("dd[data-aside]")).to_have_text("1")
    assert kiosks.stored(site) == []
    kiosks.change_questionnaire(site, QUICK_POINT, "quick")
    page.locator("[data-retry]").click()
    expect(page.locator("dd[data-aside]")).to_have_text("0")
    expect(page.locator("[data-retry]")).to_be_hidden()
    assert [row["first"] for row in kiosks.stored(site)] == [2]


def test_a_new_release_takes_over_on_the_first_screen_only(context: BrowserContext, site: Site) -> None:
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    page.evaluate("window.before = true")
    kiosks.start(page)
    kiosks.choose(page, "answers.A1", "4")

    def newer(route: Route) -> None:
        route.fulfill(json={"server_time": "2026-11-24T00:00:00.000+00:00", "version": "newer", "revoked": False})

    page.route("**/api/v1/heartbeat", newer)
    with page.expect_response("**/api/v1/heartbeat"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.clock.run_for(1_000)
    assert page.evaluate("window.before") is True
    assert kiosks.shown(page) == "answers.B1"
    page.unroute("**/api/v1/heartbeat")
    with page.expect_navigation():
        page.locator("[data-act=home]").click()
    kiosks.attract(page)
    assert page.evaluate("window.before") is None


def test_a_revoked_kiosk_asks_for_a_code_and_keeps_what_it_holds(context: BrowserContext, site: Site) -> None:
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    context.set_offline(True)
    answer(page, 3)
    context.clear_cookies()
    context.set_offline(False)  # the next heartbeat says so
    expect(page.locator("[data-held]")).to_contain_text("Máy này còn giữ 1 phiếu chưa gửi.")
    kiosks.pair(page, site, QUICK_POINT)
    page.evaluate("dispatchEvent(new Event('online'))")
    kiosks.all_sent(page)
    assert [row["first"] for row in kiosks.stored(site)] == [3]


def test_recorded_questions_are_kept_with_the_page(context: BrowserContext, site: Site) -> None:
    audio = "/static/recorded/audio/quick/A1.vi.mp3"
    context.route(f"**{audio}", lambda route: route.fulfill(body=b"sound", content_type="audio/mpeg"))
    site.app.jinja_env.globals["recordings"] = lambda questionnaire: (audio,)
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    page.locator("body[data-kept]").wait_for(state="attached")
    assert page.evaluate("address => caches.match(address).then((kept) => kept.text())", audio) == "sound"


def test_ids_are_uuids_of_version_7(context: BrowserContext, site: Site) -> None:
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    address = page.locator("link[href$='kiosk/ids.js']").get_attribute("href")
    script = "async (address) => (await import(address)).clientId(1_700_000_000_123, new Uint8Array(10).fill(255))"
    assert page.evaluate(script, address) == "018bcfe5-687b-7fff-bfff-ffffffffffff"


def test_the_heartbeat_tells_counts_and_no_answer(context: BrowserContext, site: Site) -> None:
    context.add_init_script(ONLINE)  # the network is there, only no answer gets through
    page = opened(context)
    kiosks.pair(page, site, QUICK_POINT)
    page.route("**/api/v1/heartbeat", lambda route: route.fulfill(json={}))
    context.set_offline(True)
    answer(page, 2)
    with page.expect_request("**/api/v1/heartbeat") as beat:
        page.clock.run_for(60_000)
    said = json.loads(beat.value.post_data or "")
    assert set(said) == {"queue", "oldest_waiting_at", "aside", "problems", "now", "version"}
    assert (said["queue"], said["aside"], said["problems"]) == (1, 0, {})
    assert said["oldest_waiting_at"] <= said["now"]
