"""A phone's screens for every eye and hand, in every state: axe, sizes, fit, weight, and a slow line."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from survey.extensions import writing
from survey.models import Point
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.support.phone import Citizen
from tests.support.places import OTHER_WARD, POINT

pytestmark = pytest.mark.xdist_group("browser")

FORM, SHORT = f"/p/{POINT}", "/p/W6KPHX"  # 16 items, and a poster with the six of "quick"
ZOOMED = (640, 450)  # 1280 × 900 at 200 %
TABLET = (768, 1024)
LEAST = 48  # pixels of whatever is tapped
OPERATED = ".button, .choice, .tool, .back, .top a, select, textarea, input[type=text], .review button"
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
USABLE = 3_000  # milliseconds
SHOW = "screen => dispatchEvent(new PopStateEvent('popstate', {state: {screen, depth: 2}}))"


@pytest.fixture
def short(site: Site) -> str:
    """The address of a short questionnaire."""
    site.run(lambda: add_poster(site))
    return SHORT


def add_poster(site: Site) -> None:
    with writing() as session:
        unit = site.world.units[OTHER_WARD]
        session.add(Point(code=SHORT[-6:], unit_id=unit, kind="poster", label="", questionnaire_key="quick"))


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
    citizen.send()
    yield "thanks"


MODES = {
    "phone": (PHONE, "vi", []),
    "large contrast": (PHONE, "en", ["large", "contrast"]),
    "desktop": (DESKTOP, "vi", []),
    "zoomed forced": (ZOOMED, "en", []),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_screen_is_accessible_and_big_enough(chromium: Browser, site: Site, short: str, mode: str) -> None:
    size, language, looks = MODES[mode]
    context = context_of(chromium, site, size, touch=True)
    page = context.new_page()
    if mode == "zoomed forced":
        page.emulate_media(forced_colors="active", reduced_motion="no-preference")
    citizen = Citizen(page).open(f"{short}?lang={language}")
    for look in looks:
        page.locator(f'[data-act="{look}"]').tap()
        page.locator(f"html.{look}").wait_for()
    for state in states(citizen):
        found = Axe().run(page)
        assert found.violations_count == 0, f"{state}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], state
        assert [box for box in boxes(page) if min(box[1:]) < LEAST] == [], state
    context.close()


def boxes(page: Page) -> list[tuple[str, float, float]]:
    """What can be operated now: its beginning, width and height."""
    found: list[tuple[str, float, float]] = page.locator(f":is({OPERATED}):visible").evaluate_all(
        "all => all.map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().width,"
        " one.getBoundingClientRect().height])"
    )
    assert found
    return found


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
    citizen = Citizen(context.new_page()).open(FORM)
    citizen.begin()
    sizes = citizen.page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'))"
        ".map(one => one.encodedBodySize)"
    )
    assert sum(sizes) < 30_000
    context.close()


def test_nothing_of_ours_is_blocked_or_fails(chromium: Browser, site: Site, short: str) -> None:
    context = context_of(chromium, site, PHONE, touch=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    citizen = Citizen(page).open(short)
    citizen.begin()
    citizen.answer_all()
    citizen.send()
    page.locator(".waiting[data-count='0']").wait_for(state="attached")
    assert said == []
    context.close()
