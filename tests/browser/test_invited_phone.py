"""Whoever was invited, on a phone: the same questionnaire, also when the network goes, and no trace of the link."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import PHONE, Site, context_of
from tests.support import invitations
from tests.support.phone import Citizen, only_row, stored

pytestmark = pytest.mark.xdist_group("browser")
KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat().join(' ')"""


@pytest.fixture
def token(site: Site, tmp_path: Path) -> str:
    site.app.config["SETTINGS"] = replace(site.app.config["SETTINGS"], public_url=site.url)
    found = site.run(lambda: invitations.run(site.app, tmp_path, invitations.file([1, 2])))
    assert found.links, found.output
    return found.tokens[0]


def test_an_invited_answer_waits_for_the_network_and_is_sent_once(
    phone: BrowserContext, site: Site, token: str
) -> None:
    requested: list[str] = []
    phone.on("request", lambda request: requested.append(f"{request.url} {request.headers.get('referer', '')}"))
    citizen = Citizen(phone.new_page()).open(f"/i/{token}")
    page = citizen.page
    assert page.locator("#dossier").count() == 0
    assert page.locator("form.survey select[name=procedure]").input_value() == "1.001193"
    citizen.begin()
    citizen.answer_all()
    phone.set_offline(True)
    citizen.send()
    page.locator(".waiting", has_text="Còn 1 phiếu chưa gửi").wait_for()
    assert stored(site) == 0
    phone.set_offline(False)
    row = only_row(site, page)
    assert (row["channel"], row["counted"], row["procedure"]) == ("invite", True, "1.001193")
    assert token not in page.evaluate(KEPT)
    named = [line for line in requested if token in line]
    assert named
    assert all(line.startswith(f"{site.url}/i/{token} ") for line in named), "its own page, and no referrer"
    assert not any(token in line.split(" ", 1)[1] for line in requested)

    page.goto(f"/i/{token}")
    again = Citizen(page)
    page.locator(".start").wait_for()
    again.begin()
    again.answer_all("5")
    again.send()
    page.locator(".waiting[data-count='0']").wait_for(state="attached")
    assert stored(site) == 2


def test_the_page_works_without_scripts(site: Site, chromium: Browser, token: str) -> None:
    context = context_of(chromium, site, PHONE, scripts=False)
    page = context.new_page()
    page.goto(f"/i/{token}")
    page.locator('label:has(input[name="answers.A1"][value="4"])').click()
    page.locator(".send").click()
    page.wait_for_url("**/thanks?**")
    assert page.locator("h1").inner_text() == "Cảm ơn Ông/Bà!"
    assert stored(site) == 1
    context.close()
