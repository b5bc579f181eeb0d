"""Every screen of a kiosk, upright, wide and small: accessible, nothing to scroll, nothing covered, big enough."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from survey.config import ROOT
from tests.browser.conftest import Site, context_of
from tests.support import kiosks
from tests.support.kiosks import LANDSCAPE, PIN, PORTRAIT, TABLET
from tests.support.places import KIOSK, QUICK_POINT

pytestmark = pytest.mark.xdist_group("browser")

LEAST = 64  # pixels (DESIGN §7)
OPERATED = "button, .choice, textarea, input[type=text]"
# What does not lie where it should: outside the screen, under something else, too small, or with words cut off.
WRONG = """([operated, least]) => {
  const room = document.documentElement;
  const wrong = room.scrollHeight > innerHeight || room.scrollWidth > innerWidth ? ["the page scrolls"] : [];
  const name = (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`;
  const dialog = document.querySelector("dialog[open]");
  for (const one of (dialog ?? document).querySelectorAll(operated)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".visually-hidden")) continue;
    const box = one.getBoundingClientRect();
    const outside = box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
    if (outside) wrong.push(`outside: ${name(one)}`);
    if (Math.min(box.height, box.width) < least - 0.5) wrong.push(`small: ${box.width}×${box.height} ${name(one)}`);
    for (const [x, y] of [[0.5, 0.06], [0.5, 0.94], [0.03, 0.5], [0.97, 0.5]]) {
      const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      if (top && !one.contains(top)) wrong.push(`covered by ${name(top)}: ${name(one)}`);
    }
    if (one.scrollWidth > one.clientWidth + 1 && one.tagName !== "TEXTAREA") wrong.push(`cut: ${name(one)}`);
  }
  const stage = document.querySelector("main").getBoundingClientRect();
  for (const one of document.querySelectorAll("main :is(h1, h2, legend, label, p, span, li)")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".visually-hidden")) continue;
    const box = one.getBoundingClientRect();
    if (box.width > 1 && (box.bottom > stage.bottom + 1 || box.top < stage.top - 1)) wrong.push(`beyond: ${name(one)}`);
  }
  return wrong;
}"""


# The page's own clock stands still, and with it requestAnimationFrame.
A_FRAME = """() => new Promise((resolve) =>
  new ResizeObserver((_, me) => (me.disconnect(), resolve())).observe(document.documentElement))"""


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = context_of(chromium, site, PORTRAIT, touch=True)
    yield context
    context.close()


def opened(context: BrowserContext, site: Site, point: str) -> Page:
    page = context.new_page()
    page.clock.install()
    kiosks.pair(page, site, point)
    return page


def check(page: Page, where: str) -> None:
    """At every size, in ordinary and in large text."""
    for width, height in (PORTRAIT, LANDSCAPE, TABLET):
        page.set_viewport_size({"width": width, "height": height})
        for large in (False, True):
            page.evaluate("large => document.documentElement.classList.toggle('large', large)", large)
            page.evaluate(A_FRAME)
            assert page.evaluate(WRONG, [OPERATED, LEAST]) == [], f"{where} at {width}×{height}, large: {large}"
    page.evaluate("document.documentElement.classList.remove('large')")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_scrolls_and_every_target_is_big(context: BrowserContext, site: Site, language: str) -> None:
    kiosks.offer_procedures(site, more=9)
    page = opened(context, site, KIOSK)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))  # else a slow machine would idle out
    check(page, "attract")
    page.locator(f"[data-start={language}]").click()
    check(page, "procedures")
    page.locator("[data-skip]").click()
    page.clock.run_for(400)
    while (name := kiosks.shown(page)) != "finish":
        check(page, name)
        if name.startswith("reasons"):
            page.locator("[data-do=next]").click()
            kiosks.gone(page, name)
        else:
            value = {"answers.A3": "1", "facts.feedback": "yes"}.get(name, "4")
            kiosks.choose(page, name, value)
    check(page, "finish")
    page.locator("[data-do=more]").click()
    kiosks.gone(page, "finish")
    while (name := kiosks.shown(page)) != "finish":
        check(page, name)
        if page.locator("[data-do=next]").is_visible():
            page.locator("[data-do=next]").click()
            kiosks.gone(page, name)
        else:
            kiosks.choose(page, name, page.locator(f"input[name='{name}']").nth(0).get_attribute("value") or "")
    page.locator("[data-do=review]").click()
    kiosks.gone(page, "finish")
    check(page, "review")
    page.locator(".review > .button").click()
    kiosks.gone(page, "review")
    kiosks.send(page)
    check(page, "thanks")


@pytest.mark.parametrize(("questionnaire", "language"), [("sipas-2017", "vi"), ("sipas-2017", "en"), ("quick", "en")])
def test_no_question_of_the_other_questionnaires_scrolls(
    context: BrowserContext, site: Site, questionnaire: str, language: str
) -> None:
    kiosks.change_questionnaire(site, KIOSK, questionnaire)
    page = opened(context, site, KIOSK)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.locator(f"[data-start={language}]").click()
    page.clock.run_for(400)
    asked = 0
    while (name := kiosks.shown(page)) != "finish":
        check(page, name)
        kiosks.choose(page, name, "no" if name.startswith("facts") else "4")
        asked += name.startswith("answers")
    assert asked >= {"sipas-2017": 20, "quick": 6}[questionnaire]


def test_the_staff_screens_fit(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, QUICK_POINT)
    kiosks.change_questionnaire(site, QUICK_POINT, "sipas-2024")  # so that an answer is refused
    kiosks.start(page)
    kiosks.answer(page, {})
    kiosks.send(page)
    page.locator("[data-act=staff]").focus()
    page.keyboard.press("Enter")
    check(page, "pin")
    page.keyboard.type(PIN)
    page.locator("[data-enter]").click()
    page.locator("[data-retry]").wait_for()
    check(page, "menu with a refused answer")
    page.locator("[data-again]").click()
    kiosks.start(page)
    page.clock.run_for(46_000)
    page.locator("dialog").wait_for()
    check(page, "warning")


def test_the_page_names_every_module_that_it_needs(context: BrowserContext, site: Site) -> None:
    """The service worker keeps what the page names; one that is missing would be missing without network."""
    page = opened(context, site, QUICK_POINT)
    links = page.locator("link[rel=modulepreload]").evaluate_all("all => all.map((one) => one.href.split('/').at(-1))")
    folder = ROOT / "survey" / "static" / "js" / "kiosk"
    assert sorted(links) == sorted(path.name for path in folder.glob("*.js"))


def test_it_can_be_installed(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, QUICK_POINT)
    address = page.locator("link[rel=manifest]").get_attribute("href") or ""
    manifest = page.request.get(address).json()
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == ("fullscreen", "/k", "/k")
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        response = page.request.get(address.rsplit("/", 1)[0] + "/" + icon["src"])
        assert response.ok
        assert response.headers["content-type"] == icon["type"]
    complaints = context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in complaints if one["errorId"] != "in-incognito"] == []


def test_the_policy_blocks_nothing_of_ours(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.clock.install()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    kiosks.pair(page, site, QUICK_POINT)
    kiosks.start(page)
    kiosks.answer(page, {})
    kiosks.send(page)
    assert said == []
