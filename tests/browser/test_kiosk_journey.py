"""A person's way through a kiosk: pairing, a whole journey by taps, idle warning, home, language, PIN."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site, context_of
from tests.support import kiosks
from tests.support.kiosks import PIN, PORTRAIT

pytestmark = pytest.mark.xdist_group("browser")

QUIET, WARNING, THANKS = 45_000, 15_000, 8_000  # DESIGN §7


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = context_of(chromium, site, PORTRAIT, touch=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.clock.install()  # it runs, and a test moves it on
    kiosks.pair(page, site)
    return page


def taps(page: Page) -> int:
    count: int = page.evaluate("taps")
    return count


def count_taps(page: Page) -> None:
    page.evaluate("window.taps = 0; document.addEventListener('pointerdown', () => (window.taps += 1), true)")


def test_a_code_pairs_once_and_a_wrong_one_says_so(chromium: Browser, site: Site) -> None:
    code = kiosks.pairing_code(site)
    for given, right in (("AAAAAA", False), (code, True), (code, False)):
        context = context_of(chromium, site, PORTRAIT, touch=True)  # another browser, which holds nothing of the first
        page = context.new_page()
        page.goto("/k")
        kiosks.enter_code(page, given)
        if right:
            kiosks.attract(page)
        else:
            expect(page.get_by_role("alert")).to_contain_text("Mã không đúng")
        context.close()


def test_a_browser_that_lost_its_pairing_is_paired_while_its_worker_looks_for_pages(page: Page, site: Site) -> None:
    """The worker's own look at /k must not change the token of the form that staff see meanwhile."""
    page.locator("body[data-kept]").wait_for(state="attached")
    page.context.clear_cookies()
    page.goto("/k")
    page.evaluate(
        """async () => {
          const { active } = await navigator.serviceWorker.ready;
          const { port1, port2 } = new MessageChannel();
          const told = new Promise((resolve) => (port1.onmessage = resolve));
          active.postMessage({ remember: ["/k"], credentials: "same-origin" }, [port2]);
          await told;
        }"""
    )
    assert page.evaluate("caches.match('/k').then((kept) => kept === undefined)")
    kiosks.enter_code(page, kiosks.pairing_code(site))
    kiosks.attract(page)


def test_a_journey_is_a_tap_an_item_plus_start_and_send(page: Page, site: Site) -> None:
    count_taps(page)
    kiosks.start(page)
    kiosks.answer(page, {"facts.feedback": "no"})
    kiosks.send(page)
    asked = sum(item.condition is None for item in site.world.version.items) + 1  # the fact on which two items hang
    assert taps(page) == asked + 2
    expect(page.locator("h1")).to_have_text("Cảm ơn Ông/Bà!")
    assert page.locator(".receipt-code").count() == 0
    kiosks.all_sent(page)
    (row,) = kiosks.stored(site)
    assert (row["channel"], row["assisted"], row["procedure"], row["first"]) == ("kiosk", False, None, 5)


def test_thanks_return_by_themselves_or_by_a_tap(page: Page) -> None:
    kiosks.start(page)
    kiosks.answer(page, {})
    kiosks.send(page)
    page.clock.run_for(THANKS)
    kiosks.attract(page)
    kiosks.start(page)
    kiosks.answer(page, {})
    kiosks.send(page)
    page.locator(".tick").click()
    kiosks.attract(page)


def test_reasons_procedure_and_help_travel_with_the_answer(page: Page, site: Site) -> None:
    kiosks.offer_procedures(site)
    page.reload()
    page.locator("[data-start=vi]").click()
    page.get_by_role("button", name="Hộ tịch").click()
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    page.get_by_role("button", name="Có người giúp", exact=True).click()
    page.clock.run_for(400)
    for name, value in (("answers.A1", "1"), ("answers.A2", "4"), ("answers.A3", "4")):
        kiosks.choose(page, name, value)
    page.get_by_text("Phải chờ quá lâu đến lượt").click()
    kiosks.answer(page, {})
    kiosks.send(page)
    kiosks.all_sent(page)
    (row,) = kiosks.stored(site)
    assert row["assisted"] is True
    assert row["procedure"] == "1.001193"
    assert row["reasons"] == {"A": ["waiting"]}
    expect(page.locator("[data-act=assisted]")).to_have_attribute("aria-pressed", "false")


def test_the_procedure_can_be_skipped(page: Page, site: Site) -> None:
    kiosks.offer_procedures(site)
    page.reload()
    page.locator("[data-start=vi]").click()
    page.get_by_role("button", name="Bỏ qua câu này").click()
    assert kiosks.shown(page) == "answers.A1"


def test_the_language_changes_in_the_midst_and_keeps_everything(page: Page, site: Site) -> None:
    kiosks.start(page)
    kiosks.choose(page, "answers.A1", "2")
    page.get_by_role("button", name="English").click()
    assert kiosks.shown(page) == "answers.A2"
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-do=back]").click()
    assert kiosks.shown(page) == "answers.A1"
    assert page.locator("input[name='answers.A1']:checked").get_attribute("value") == "2"
    page.get_by_role("button", name="Quit, start over").click()
    kiosks.attract(page)
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_size_and_contrast_are_those_of_one_person(page: Page) -> None:
    kiosks.start(page, "en")
    page.get_by_role("button", name="Large text").click()
    page.get_by_role("button", name="Contrast").click()
    expect(page.locator("html.large.contrast")).to_have_count(1)
    page.locator("[data-act=home]").click()
    expect(page.locator("html.large, html.contrast")).to_have_count(0)
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)


def test_a_quiet_kiosk_warns_and_starts_over(page: Page) -> None:
    kiosks.start(page)
    kiosks.choose(page, "answers.A1", "2")
    page.clock.run_for(QUIET - 1_000)
    expect(page.locator("dialog")).to_have_count(0)
    page.clock.run_for(1_250)
    expect(page.get_by_role("dialog", name="Ông/Bà còn ở đây không?")).to_be_visible()
    expect(page.locator("[data-seconds]")).to_have_text("15")
    page.clock.run_for(5_000)
    expect(page.locator("[data-seconds]")).to_have_text("10")
    page.clock.run_for(WARNING)
    kiosks.attract(page)
    expect(page.locator("dialog")).to_have_count(0)


def test_whoever_is_there_stays_where_they_were(page: Page) -> None:
    kiosks.start(page)
    kiosks.choose(page, "answers.A1", "2")
    page.clock.run_for(QUIET + 5_000)
    page.get_by_role("button", name="Tôi vẫn đang trả lời").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.clock.run_for(QUIET - 1_000)
    assert kiosks.shown(page) == "answers.A2"
    expect(page.locator("dialog")).to_have_count(0)


def test_a_device_that_slept_starts_over_when_it_wakes(page: Page) -> None:
    kiosks.start(page)
    page.clock.fast_forward(3_600_000)
    kiosks.attract(page)


def test_the_first_screen_never_warns(page: Page) -> None:
    page.clock.run_for(600_000)
    expect(page.locator("body[data-screen=attract]")).to_have_count(1)
    expect(page.locator("dialog")).to_have_count(0)


def test_a_pin_opens_the_menu_also_without_network(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    page.locator("[data-act=staff]").focus()
    page.keyboard.press("Enter")
    for digit in "1111":
        page.locator(f"[data-digit='{digit}']").click()
    page.locator("[data-enter]").click()
    expect(page.locator("[data-says]")).to_have_text("Mã PIN không đúng.")
    for digit in PIN:
        page.keyboard.press(digit)
    page.locator("[data-enter]").click()
    expect(page.locator("h1")).to_have_text("Dành cho cán bộ")
    expect(page.locator("dd[data-count]")).to_have_text("0")
    expect(page.locator("[data-network]")).to_have_text("không có")
    page.locator("[data-again]").click()
    kiosks.attract(page)


def test_only_a_long_press_asks_for_the_pin(page: Page) -> None:
    button = page.locator("[data-act=staff]")
    button.click()
    expect(page.locator("body[data-screen=attract]")).to_have_count(1)
    button.hover()
    page.mouse.down()
    page.clock.run_for(1_500)
    page.mouse.up()
    expect(page.locator("h1")).to_have_text("Mã PIN của cán bộ")


def test_guessing_the_pin_takes_longer_and_longer(page: Page) -> None:
    page.locator("[data-act=staff]").focus()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("9")
        page.locator("[data-enter]").click()
        expect(page.locator("[data-dots]")).to_have_text("")
        expect(page.locator("[data-says]")).to_have_text("Mã PIN không đúng.")
    page.keyboard.press("9")
    page.locator("[data-enter]").click()
    expect(page.locator("[data-says]")).to_contain_text("Sai nhiều lần")


def test_the_screen_stays_on_and_is_filled_until_staff_leave(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.clock.install()
    page.add_init_script(
        "window.held = 0; Object.defineProperty(navigator, 'wakeLock',"
        " { value: { request: async (what) => (what === 'screen' && (held += 1), { released: false }) } });"
    )
    kiosks.pair(page, site)
    assert page.evaluate("held") == 1
    kiosks.start(page)
    page.wait_for_function("() => document.fullscreenElement !== null")
    kiosks.open_menu(page)
    page.wait_for_function("() => document.fullscreenElement === null")


def test_a_kiosk_is_calm_and_has_no_way_out(page: Page) -> None:
    """No link, no menu on a long press, nothing selected, nothing dragged."""
    kiosks.start(page)
    assert page.locator("a").count() == 0
    assert page.evaluate(
        "Array.from(document.querySelectorAll('template')).every((one) => one.content.querySelector('a') === null)"
    )
    prevented = page.evaluate(
        "['contextmenu', 'dragstart', 'selectstart'].map((name) =>"
        " !document.querySelector('h1').dispatchEvent(new Event(name, { bubbles: true, cancelable: true })))"
    )
    assert prevented == [True, True, True]
