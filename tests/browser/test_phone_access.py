"""A phone's screens for every eye and hand, in every state: axe, sizes, fit, weight, and a slow line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.browser.test_citizen_access import fits
from tests.support import axe
from tests.support.phone import FORM, SHORT, Citizen, add_poster

pytestmark = pytest.mark.xdist_group("browser")

TABLET = (768, 1024)
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
USABLE = 3_000  # milliseconds
SHOW = "screen => dispatchEvent(new PopStateEvent('popstate', {state: {screen, depth: 2}}))"


def states(citizen: Citizen) -> Iterator[str]:
    """Every kind of screen, one after the other."""
    yield "start"
    citizen.begin()
    yield "question"
    citizen.choose("1")
    yield "reasons"
    citizen.press("next")
    citizen.choose("4")
    citizen.press("back")
    yield "answered question"
    citizen.answer_all()
    yield "finish"
    citizen.press("review")
    yield "review"
    citizen.press("finish")
    citizen.press("more")
    yield "procedure"
    citizen.press("next")
    citizen.page.locator("#dossier").fill("sai")
    citizen.tap(citizen.page.locator('form [data-do="next"]:visible'))
    citizen.page.locator(".field .error").wait_for()
    yield "wrong dossier"
    citizen.page.locator("#dossier").fill("")
    citizen.press("next")
    yield "fact"
    citizen.press("finish")
    citizen.press("comment")
    yield "comment"
    citizen.press("next")
    citizen.page.evaluate("document.querySelector('[name=ticket]').value = '0.x'")
    citizen.send()
    citizen.page.locator("[data-mend=discard]").wait_for()
    yield "thanks, and an answer that was refused"
    citizen.page.locator("[data-mend=discard]").tap()
    yield "thanks, and a refused answer to be thrown away"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_in_every_mode(phone: BrowserContext, site: Site, language: str) -> None:
    add_poster(site)
    citizen = Citizen(phone.new_page()).open(f"{SHORT}?lang={language}")
    for state in states(citizen):
        axe.in_every_mode(citizen.page, state, also=fits(citizen.page))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_no_question_of_the_scale_scrolls(chromium: Browser, site: Site, size: tuple[int, int], language: str) -> None:
    context = context_of(chromium, site, size, touch=True)
    citizen = Citizen(context.new_page()).open(f"{FORM}?lang={language}")
    citizen.begin()
    for item in site.world.version.items:
        if item.condition is not None:
            continue
        citizen.page.evaluate(SHOW, f"answers.{item.key}")
        assert item.text.get(language) == citizen.heading
        assert citizen.page.evaluate("document.documentElement.scrollHeight") <= size[1], item.key
    context.close()


def test_looks_are_kept_and_taken_back(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    page = context.new_page()
    page.goto(FORM)
    page.get_by_role("button", name="Chữ to").tap()
    page.locator("html.large").wait_for()
    page.reload()
    assert page.get_by_role("button", name="Chữ to", pressed=True).is_visible()
    page.get_by_role("button", name="Chữ to").tap()
    page.locator("html:not(.large)").wait_for()
    context.close()


def test_a_question_is_read_aloud_by_a_voice_of_its_language(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    context.add_init_script(
        """const voices = [{ lang: "vi-VN", localService: true }];
        const heard = (window.heard = []);
        Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
            getVoices: () => voices, cancel() {}, speak: words => heard.push([words.lang, words.text]) }) });
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };"""
    )
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    citizen.page.get_by_role("button", name="Đọc to câu hỏi").tap()
    ((language, text),) = citizen.page.evaluate("heard")
    assert language == "vi"
    assert text.startswith("Ông/Bà hài lòng thế nào về biển hiệu")
    assert "Rất hài lòng" in text
    context.close()


def test_a_recorded_question_is_played_where_there_is_one(citizen: Citizen) -> None:
    recorded = "/static/x/audio/sipas-2024/A1.vi.mp3 /static/x/audio/sipas-2024/A2.en.mp3"
    citizen.page.evaluate("urls => (document.querySelector('form').dataset.recordings = urls)", recorded)
    citizen.begin()
    button = citizen.page.get_by_role("button", name="Đọc to câu hỏi")
    with citizen.page.expect_request("**/A1.vi.mp3"):
        button.tap()
    citizen.choose("4")
    assert button.count() == 0  # no recording in this language, and no voice


def test_without_a_voice_there_is_no_button(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    assert citizen.page.get_by_role("button", name="Đọc to câu hỏi").count() == 0
    context.close()


def test_the_first_page_is_usable_within_three_seconds_on_a_slow_line(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    page.goto(FORM)
    page.locator(".start [data-do=start]:visible").wait_for()
    # The start is there when the module has run, which is before this moment of the browser's own clock.
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert 0 < ready < USABLE
    context.close()


def test_all_scripts_together_are_light(chromium: Browser, site: Site) -> None:
    """What follows with the first touch is small, too: it is on its way while the notice is read."""
    context = context_of(chromium, site, PHONE, touch=True)
    page = context.new_page()
    network = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on(
        "Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]})
    )
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    network.send("Network.enable")
    Citizen(page).open(FORM).begin()
    scripts = [size for request, size in sizes.items() if addresses[request].endswith(".js")]
    assert len(scripts) > 10
    assert 10_000 < sum(scripts) < 40_000  # over the wire; their headers are two fifths of it
    context.close()


def test_nothing_of_ours_is_blocked_or_fails(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    add_poster(site)
    citizen = Citizen(page).open(SHORT)
    citizen.begin()
    citizen.answer_all()
    citizen.send()
    page.locator(".waiting[data-count='0']").wait_for(state="attached")
    assert said == []
    context.close()
