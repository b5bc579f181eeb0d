"""The outbox of a browser: 200 answers through every trouble, two tabs, refusals, old tickets, Background Sync."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from survey.extensions import reading
from survey.queries import points
from survey.web.citizen import intake
from tests.browser.conftest import Site
from tests.support.phone import SHORT, Citizen, stored
from tests.support.troubles import PATIENCE, Troubles

pytestmark = pytest.mark.xdist_group("browser")

OUTBOX = "[href$='.css'][href*='/static/']"  # its address begins with that of all static files


def records(count: int, age: timedelta = timedelta(0)) -> Callable[[], list[dict[str, Any]]]:
    """As many answers with tickets of their own and of this age, as an outbox keeps them."""

    def make() -> list[dict[str, Any]]:
        now = datetime.now(UTC) - age
        with reading() as session:
            point = points.by_code(session, SHORT[-6:])
        assert point is not None
        answers = dict.fromkeys(("A1", "B1", "C1", "D1", "E1", "F1"), 4)
        made = []
        for created in range(count):
            issued = intake.new_ticket(point, now)
            body = {"point": SHORT[-6:], "ticket": issued.ticket, "questionnaire": "quick@1", "answers": answers}
            body["locale"] = "vi"
            made.append({"id": str(issued.client_id), "point": SHORT[-6:], "body": body, "created": created})
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


def test_200_answers_through_every_trouble_are_200_rows(phone: BrowserContext, site: Site, troubles: Troubles) -> None:
    page = phone.new_page()
    page.goto(SHORT)
    open_outbox(page)
    troubles.cut = True
    phone.set_offline(True)
    made = site.run(records(200))
    add(page, made)
    assert page.evaluate("box.count()") == 200
    usual = ["500"] * 25 + ["lost"] * 25 + ["reset"] * 20 + [""] * 130 + ["429"] * 2 + ["late"] * 3
    Random(20261124).shuffle(usual)
    troubles.plan = usual
    troubles.cut = False
    phone.set_offline(False)
    page.wait_for_function("() => left === 0", timeout=120_000)
    assert troubles.plan == []
    assert stored(site) == 200
    assert sum(troubles.seen.values()) >= 200 + 75
    assert page.evaluate("box.setAside()") == []


def test_two_tabs_send_each_answer_once(phone: BrowserContext, site: Site, troubles: Troubles) -> None:
    made = site.run(records(30))
    tabs = [phone.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(SHORT)
        open_outbox(tab, triggers=False)
    add(tabs[0], made[:20])
    add(tabs[1], made[10:])  # some of them for the second time
    assert tabs[0].evaluate("box.count()") == 30
    for tab in tabs:
        tab.evaluate("void box.flush()")
    for tab in tabs:
        tab.wait_for_function("() => left === 0")
    assert set(troubles.seen.values()) == {1}
    assert stored(site) == 30


def test_what_is_refused_is_kept_aside_and_told(phone: BrowserContext, site: Site, troubles: Troubles) -> None:
    page = phone.new_page()
    page.goto(SHORT)
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
    assert stored(site) == 1
    page.reload()
    open_outbox(page, triggers=False)
    assert len(page.evaluate("box.setAside()")) == 1
    add(page, [conflicting, {**right, "body": conflicting["body"]}])
    assert page.evaluate("box.count()") == 1  # an id that was used is never taken again


def test_an_answer_that_waited_longer_than_its_ticket_is_sent_with_a_new_one(
    phone: BrowserContext, site: Site, troubles: Troubles
) -> None:
    page = phone.new_page()
    page.goto(SHORT)
    open_outbox(page)
    (old,) = site.run(records(1, age=timedelta(days=40)))
    add(page, [old])
    page.evaluate("void box.flush()")
    page.wait_for_function("() => left === 0")
    assert page.evaluate("box.setAside()") == []
    assert troubles.seen == {f"/api/v1/responses/{old['id']}": 2}
    assert stored(site) == 1


def test_a_sync_event_sends_after_the_page_was_closed(phone: BrowserContext, site: Site, troubles: Troubles) -> None:
    other = phone.new_page()  # of no site: only to speak with the browser
    browser = phone.new_cdp_session(other)
    seen: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: seen.extend(one["registrationId"] for one in event["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    citizen = Citizen(phone.new_page()).open(SHORT)
    citizen.begin()
    citizen.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    troubles.cut = True
    citizen.answer_all()
    citizen.send()
    citizen.page.locator(".waiting", has_text="Còn 1 phiếu chưa gửi").wait_for()
    asked = "navigator.serviceWorker.ready.then(worker => worker.sync.getTags())"
    assert citizen.page.evaluate(asked) == ["outbox"]
    citizen.page.close()
    troubles.cut = False
    assert stored(site) == 0
    browser.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": site.url, "registrationId": seen[-1], "tag": "outbox", "lastChance": False},
    )
    assert troubles.passed.wait(PATIENCE)
    assert stored(site) == 1
    again = phone.new_page()
    again.goto(SHORT)
    open_outbox(again)
    assert again.evaluate("box.count()") == 0
    assert stored(site) == 1


def test_pauses_double_up_to_five_minutes_and_no_two_devices_keep_step(quick: Citizen) -> None:
    """A server that comes back meets its kiosks spread over a pause as long as the longest."""
    pauses = """() => [0, 0.5, 0.999].map((random) => {
        Math.random = () => random;
        box.failures = 0;
        return Array.from({ length: 10 }, () => box.pause());
    })"""
    open_outbox(quick.page, triggers=False, base=2_000, cap=300_000)
    least, middle, most = quick.page.evaluate(pauses)
    assert middle == [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]
    assert least == [pause / 2 for pause in middle]
    assert most == pytest.approx([pause * 1.499 for pause in middle])
