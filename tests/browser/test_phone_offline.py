"""No answer is lost or counted twice, whatever becomes of the network, the browser, its storage or the release."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page
from sqlalchemy import func, select

from survey.extensions import reading, writing
from survey.models import Point, Response
from survey.queries import points
from survey.web.citizen import intake
from survey.web.static import RELEASE
from tests.browser.conftest import PHONE, SWITCHES, Site, context_of
from tests.support.phone import Citizen
from tests.support.places import OTHER_WARD
from tests.support.servers import gone
from tests.support.troubles import Release, Troubles

pytestmark = pytest.mark.xdist_group("browser")

CODE = "W6KPHX"
FORM = f"/p/{CODE}"
SENT = ".waiting[data-count='0']"
KEPT = "async page => (await navigator.serviceWorker.ready) && (await caches.match(page)) !== undefined"
OUTBOX = "[href$='.css'][href*='/static/']"  # its address begins with that of all static files


@pytest.fixture
def troubles(site: Site) -> Iterator[Troubles]:
    """The site with a poster of the short questionnaire, and with troubles before it."""
    site.run(lambda: add_poster(site))
    found = Troubles(site.app.wsgi_app)
    site.app.wsgi_app = found  # type: ignore[method-assign,assignment]
    yield found
    found.cut = False
    found.over.set()


@pytest.fixture
def context(chromium: Browser, site: Site, troubles: Troubles) -> Iterator[BrowserContext]:
    found = context_of(chromium, site, PHONE, touch=True)
    yield found
    found.close()


def add_poster(site: Site) -> None:
    with writing() as session:
        unit = site.world.units[OTHER_WARD]
        session.add(Point(code=CODE, unit_id=unit, kind="poster", label="", questionnaire_key="quick"))


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def records(count: int, age: timedelta = timedelta(0)) -> Callable[[], list[dict[str, Any]]]:
    """As many answers with tickets of their own and of this age, as an outbox keeps them."""

    def make() -> list[dict[str, Any]]:
        now = datetime.now(UTC) - age
        with reading() as session:
            point = points.by_code(session, CODE)
        assert point is not None
        answers = dict.fromkeys(("A1", "B1", "C1", "D1", "E1", "F1"), 4)
        made = []
        for created in range(count):
            issued = intake.new_ticket(point, now)
            body = {"point": CODE, "ticket": issued.ticket, "questionnaire": "quick@1", "answers": answers}
            body["locale"] = "vi"
            made.append({"id": str(issued.client_id), "point": CODE, "body": body, "created": created})
        return made

    return make


def open_outbox(page: Page, **options: object) -> None:
    """Open the outbox of the application in a page, as `box`; `left` says how many answers wait."""
    page.evaluate(
        """async ([link, options]) => {
            const folder = document.querySelector(link).href.replace("survey.css", "");
            window.box = await (await import(folder + "js/outbox.js")).open(options);
            window.count = async () => (window.left = await box.count());
            box.onChange(count);
            await count();
        }""",
        [OUTBOX, {"base": 5, "cap": 40, "patience": 1000, **options}],
    )


def add(page: Page, made: list[dict[str, Any]]) -> None:
    page.evaluate("async made => { for (const record of made) await box.add(record); await count(); }", made)


# --- the network goes ---


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

    def started() -> BrowserContext:
        return chromium.browser_type.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=SWITCHES,
            base_url=site.url,
            viewport={"width": PHONE[0], "height": PHONE[1]},
            has_touch=True,
        )

    context = started()
    citizen = Citizen(context.pages[0]).open(FORM)
    citizen.begin()
    citizen.page.wait_for_function(KEPT, arg=FORM)
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
    assert site.run(stored) == 0
    troubles.cut = False
    context = started()
    page = context.pages[0]
    page.goto(FORM)
    page.locator(SENT).wait_for(state="attached")
    assert site.run(stored) == 1
    assert len(troubles.seen) == 1
    context.close()


def test_a_kept_page_opens_without_network_and_serves_one_answer(
    context: BrowserContext, site: Site, troubles: Troubles
) -> None:
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    citizen.page.wait_for_function(KEPT, arg=f"{FORM}?lang=en")
    context.set_offline(True)
    troubles.cut = True
    citizen.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    other = Citizen(context.new_page()).open(f"{FORM}?lang=en")
    assert other.page.locator("[data-do=start]").inner_text() == "Start"
    other.begin()
    other.answer_all()
    other.send()
    again = Citizen(context.new_page()).open(f"{FORM}?lang=en")
    again.tap(again.page.locator("[data-do=start]"))
    again.page.locator(".start .error", has_text="needs a network").wait_for()
    troubles.cut = False
    context.set_offline(False)
    again.begin()
    again.answer_all()
    again.send()
    again.page.locator(SENT).wait_for(state="attached")
    assert site.run(stored) == 2


def test_200_answers_through_every_trouble_are_200_rows(
    context: BrowserContext, site: Site, troubles: Troubles
) -> None:
    page = context.new_page()
    page.goto(FORM)
    open_outbox(page)
    troubles.cut = True
    context.set_offline(True)
    made = site.run(records(200))
    add(page, made)
    assert page.evaluate("box.count()") == 200
    usual = ["500"] * 25 + ["lost"] * 25 + ["reset"] * 20 + [""] * 130 + ["429"] * 2 + ["late"] * 3
    Random(20261124).shuffle(usual)
    troubles.plan = usual
    troubles.cut = False
    context.set_offline(False)
    page.wait_for_function("() => left === 0", timeout=120_000)
    assert troubles.plan == []
    assert site.run(stored) == 200
    assert sum(troubles.seen.values()) >= 200 + 75
    assert page.evaluate("box.setAside()") == []


def test_two_tabs_send_each_answer_once(context: BrowserContext, site: Site, troubles: Troubles) -> None:
    made = site.run(records(30))
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(FORM)
        open_outbox(tab, triggers=False)
    add(tabs[0], made[:20])
    add(tabs[1], made[10:])  # some of them for the second time
    assert tabs[0].evaluate("box.count()") == 30
    for tab in tabs:
        tab.evaluate("void box.flush()")
    for tab in tabs:
        tab.wait_for_function("() => left === 0")
    assert set(troubles.seen.values()) == {1}
    assert site.run(stored) == 30


# --- what the server says ---


def test_what_is_refused_is_kept_aside_and_told(context: BrowserContext, site: Site, troubles: Troubles) -> None:
    page = context.new_page()
    page.goto(FORM)
    open_outbox(page)
    wrong, right, conflicting = site.run(records(3))
    wrong["body"]["answers"] = {"A1": 9}
    add(page, [wrong, right])
    page.evaluate("void box.flush()")
    page.wait_for_function("() => left === 0")
    aside = page.evaluate("box.setAside()")
    assert [(one["id"], one["problem"]["status"], one["problem"]["code"]) for one in aside] == [
        (wrong["id"], 422, "invalid")
    ]
    assert "không phải là một mức hài lòng" in aside[0]["problem"]["detail"]
    exported = page.evaluate("box.exportFile().then(file => file.text()).then(JSON.parse)")
    assert (exported["format"], exported["version"]) == ("survey-outbox", 1)
    assert [one["body"] for one in exported["records"]] == [wrong["body"]]
    assert site.run(stored) == 1
    page.reload()
    open_outbox(page, triggers=False)
    assert len(page.evaluate("box.setAside()")) == 1
    add(page, [conflicting, {**right, "body": conflicting["body"]}])
    assert page.evaluate("box.count()") == 1  # an id that was used is never taken again


def test_an_answer_that_waited_longer_than_its_ticket_is_sent_with_a_new_one(
    context: BrowserContext, site: Site, troubles: Troubles
) -> None:
    page = context.new_page()
    page.goto(FORM)
    open_outbox(page)
    (old,) = site.run(records(1, age=timedelta(days=40)))
    add(page, [old])
    page.evaluate("void box.flush()")
    page.wait_for_function("() => left === 0")
    assert page.evaluate("box.setAside()") == []
    assert troubles.seen == {f"/api/v1/responses/{old['id']}": 2}
    assert site.run(stored) == 1


# --- storage and releases ---


def test_where_storage_is_refused_it_says_so_and_sends_directly(
    context: BrowserContext, site: Site, troubles: Troubles
) -> None:
    context.add_init_script(
        """for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
            Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
        }
        Object.defineProperty(navigator, "serviceWorker", { value: undefined });"""
    )
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    citizen.answer_all()
    troubles.cut = True
    citizen.tap(citizen.page.locator(".send"))
    citizen.page.locator(".finish .error", has_text="Chưa gửi được").wait_for()
    assert "không cho lưu tạm" in citizen.page.locator(".finish .waiting").inner_text()
    troubles.cut = False
    citizen.send()
    assert site.run(stored) == 1


def test_an_update_does_not_strand_what_waits(context: BrowserContext, site: Site, troubles: Troubles) -> None:
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    citizen.page.wait_for_function(KEPT, arg=FORM)
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
    other = Citizen(context.new_page()).open(FORM)
    assert later in (other.page.locator("script").get_attribute("src") or "")
    other.page.locator(SENT).wait_for(state="attached")
    assert site.run(stored) == 1
    other.begin()
    only = "async release => { const [one, more] = await caches.keys(); return one?.includes(release) && !more; }"
    other.page.wait_for_function(only, arg=later)
