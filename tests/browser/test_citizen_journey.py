"""A citizen's way through the pages in a real browser: without scripts, accessible, light, big enough to touch."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from survey.extensions import reading
from survey.models import Response
from tests.browser.conftest import DESKTOP, PHONE, Site, context_of
from tests.support.places import CLOSED_POINT, POINT

pytestmark = pytest.mark.xdist_group("browser")  # one Chromium is enough for two processors

FORM = f"/p/{POINT}"
PAGES = ("/", "/?q=cau+giay&procedure=1.001193", FORM, f"{FORM}/thanks?receipt=A3C4DE", "/about", f"/p/{CLOSED_POINT}")
WEIGHT, REQUESTS = 60_000, 6  # bytes over the wire and requests of the first page (DESIGN §5)
NARROW = (320, 640)  # WCAG 1.4.10: 1280 pixels at 400 %


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = context_of(chromium, site, PHONE, scripts=False)
    yield context.new_page()
    context.close()


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def test_the_whole_journey_without_scripts(phone: Page, site: Site) -> None:
    phone.goto("/")
    phone.get_by_label("Tên phường, xã, sở hoặc cơ quan").fill("cau giay")
    phone.get_by_label("Thủ tục đã làm").select_option("Đăng ký khai sinh")
    phone.get_by_role("button", name="Tìm").click()
    phone.get_by_role("link", name="Trả lời khảo sát").click()
    assert phone.get_by_label("Thủ tục đã làm").input_value() == "1.001193"
    for item in site.world.version.items:
        if item.condition is None:
            phone.get_by_role("group", name=item.text.vi).get_by_text("Rất hài lòng").click()
    follow_up = phone.get_by_role("group", name="Ông/Bà hài lòng thế nào về cách cơ quan xử lý góp ý")
    assert not follow_up.is_visible()
    asked = phone.get_by_role("group", name="Ông/Bà có góp ý, phản ánh hoặc kiến nghị")
    asked.get_by_text("Có", exact=True).click()
    assert follow_up.is_visible()
    follow_up.get_by_text("Bình thường").click()
    phone.get_by_label("Góp ý thêm").fill("Nhanh, gọn.")
    phone.get_by_text("Có người giúp tôi trả lời").click()
    receipt = phone.locator("input[name=receipt]").input_value()
    phone.get_by_role("button", name="Gửi").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Cảm ơn Ông/Bà!"
    assert phone.locator(".receipt-code").inner_text() == receipt
    phone.reload()
    assert site.run(stored) == 1


def test_an_error_leads_to_its_field_and_keeps_the_rest(phone: Page, site: Site) -> None:
    phone.goto(FORM)
    phone.locator("input[name='answers.A1'][value='2']").check()
    phone.get_by_label("Mã hồ sơ").fill("sai")
    phone.get_by_role("button", name="Gửi").click()
    assert phone.title().startswith("Chưa gửi được")
    phone.get_by_role("alert").get_by_role("link").click()
    assert phone.url.endswith("#dossier")
    assert phone.get_by_label("Mã hồ sơ").input_value() == "sai"
    assert phone.locator("input[name='answers.A1']:checked").get_attribute("value") == "2"
    phone.get_by_label("Mã hồ sơ").fill("")
    phone.get_by_role("button", name="Gửi").click()
    assert "thanks" in phone.url
    assert site.run(stored) == 1


def test_a_keyboard_is_enough(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, DESKTOP, scripts=False)
    page = context.new_page()
    page.goto(FORM)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the link of the notice
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator(":checked").first.get_attribute("value") == "2"
    page.get_by_role("button", name="Gửi").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks*")
    context.close()


@pytest.mark.parametrize("address", ["/", FORM])
def test_the_first_page_is_light(chromium: Browser, site: Site, address: str) -> None:
    context = context_of(chromium, site, PHONE)
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes: list[float] = []
    asked: list[str] = []
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    fonts = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length")
    assert fonts == 2
    assert len(asked) <= REQUESTS, asked
    assert sum(sizes) <= WEIGHT, f"{sum(sizes):.0f} bytes"
    assert all(url.startswith(site.url) for url in asked)
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_cut_or_scrolls_sideways_at_400_percent(chromium: Browser, site: Site, address: str) -> None:
    context = context_of(chromium, site, NARROW)
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    context.close()


def test_the_policy_blocks_nothing_of_ours(chromium: Browser, site: Site) -> None:
    context = context_of(chromium, site, PHONE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in ("/", FORM, "/about"):
        page.goto(address, wait_until="networkidle")
    assert said == []
    context.close()
