"""Nothing of one person is left for the next: not on the page, not in any storage, not behind the Back button."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, lasting_context
from tests.support import kiosks, traces
from tests.support.kiosks import PORTRAIT
from tests.support.places import QUICK_POINT

pytestmark = pytest.mark.xdist_group("browser")

MARKER = "dấu-vết-7q3x"
DOSSIER = "H15.50.05.13-261103-4417"  # not the one that the form shows as an example


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def context(chromium: Browser, site: Site, profile: Path) -> Iterator[BrowserContext]:
    context = lasting_context(chromium, site.url, profile, PORTRAIT)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.clock.install()
    kiosks.pair(page, site, QUICK_POINT)
    return page


def leave_traces(page: Page) -> None:
    """Answer, complain, write, look at everything again; the last screen is there."""
    kiosks.start(page)
    kiosks.choose(page, "answers.A1", "1")
    page.locator("textarea[name='remarks.A']").fill(f"{MARKER} ghế hỏng")
    kiosks.answer(page, {"answers.B1": "2"})
    page.locator("[data-do=comment]").click()
    kiosks.gone(page, "finish")
    page.locator("textarea[name=comment]").fill(f"{MARKER} nhanh hơn")
    page.locator("input[name=dossier]").evaluate("(field, code) => (field.value = code)", DOSSIER)
    page.locator("[data-do=next]").click()
    kiosks.gone(page, "comment")
    page.locator("[data-do=review]").click()
    kiosks.gone(page, "finish")
    page.locator(".review [data-do=finish]").click()
    kiosks.gone(page, "review")


def finish(page: Page) -> None:
    kiosks.send(page)
    page.clock.run_for(8_000)


def idle_out(page: Page) -> None:
    page.clock.run_for(60_000)


def go_home(page: Page) -> None:
    page.locator("[data-act=home]").click()


ENDINGS = [finish, idle_out, go_home]


def test_the_search_finds_what_is_planted(page: Page) -> None:
    """Else the tests below would prove nothing."""
    page.evaluate(
        """async (marker) => {
          localStorage.setItem("a", marker);
          sessionStorage.setItem("a", marker);
          history.replaceState({ a: marker }, "");
          document.title = marker;
          document.body.append(Object.assign(document.createElement("textarea"), { value: marker }));
          await (await caches.open("a")).put("/a", new Response(marker));
          const opening = indexedDB.open("a", 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("b");
          const base = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
          const work = base.transaction("b", "readwrite");
          work.objectStore("b").put({ c: new TextEncoder().encode(marker) }, 1);
          await new Promise((resolve) => (work.oncomplete = resolve));
          base.close();
        }""",
        MARKER,
    )
    found = set(traces.places_of(page, MARKER))
    assert found >= {"localStorage", "sessionStorage", "history", "title", "field", "cache", "a/b"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left(page: Page, context: BrowserContext, profile: Path, ending: Callable[[Page], None]) -> None:
    context.set_offline(True)  # so that the answer waits on the device
    length = page.evaluate("history.length")
    leave_traces(page)
    assert traces.places_of(page, MARKER) != []
    ending(page)
    kiosks.attract(page)
    for text in (MARKER, DOSSIER):
        assert traces.places_of(page, text) == []
    assert page.locator("input, textarea, select").count() == 0
    assert page.evaluate("history.length") == length
    assert page.evaluate("history.state") is None
    kiosks.start(page)  # the next person
    assert page.locator("form input:checked").count() == 0
    fields = page.locator("form textarea, form input[type=text]")
    assert fields.evaluate_all("all => all.map((one) => one.value).join('')") == ""
    named = page.locator("form [name]:not([type=hidden])")
    assert set(named.evaluate_all("all => all.map((one) => one.autocomplete)")) == {"off"}
    for text in (MARKER, DOSSIER):
        assert traces.places_of(page, text) == []
    context.close()
    assert traces.files_with(profile, MARKER) == []


def test_back_and_reload_bring_nothing_back(page: Page) -> None:
    leave_traces(page)
    page.reload()
    kiosks.attract(page)
    assert traces.places_of(page, MARKER) == []
    page.go_back()
    page.wait_for_load_state()
    assert traces.places_of(page, MARKER) == []


def test_what_waits_is_sealed_and_still_arrives(page: Page, context: BrowserContext, site: Site) -> None:
    context.set_offline(True)
    leave_traces(page)
    finish(page)
    kiosks.attract(page)
    page.locator("[data-waiting]", has_text="còn 1 phiếu chưa gửi").wait_for()
    context.set_offline(False)
    kiosks.all_sent(page)
    (row,) = kiosks.stored(site)
    assert MARKER in row["comment"]
