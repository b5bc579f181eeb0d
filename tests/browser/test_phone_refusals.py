"""What the server refuses for good is kept on the phone and explained; people correct it or throw it away."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.support.phone import SENT, SHORT, Citizen, add_poster, levels, only_row, stored, until

pytestmark = pytest.mark.xdist_group("browser")

LATER = datetime(2031, 5, 2, 2, tzinfo=UTC)  # what a phone's clock says that runs ahead
DOSSIER = "H15.50.05.13-310401-0975"  # of a day in the future for everybody else
ASIDE = """async () => {
  const base = await new Promise(resolve => {
    const opening = indexedDB.open("survey-outbox");
    opening.onsuccess = () => resolve(opening.result);
  });
  const all = base.transaction("records").objectStore("records").getAll();
  await new Promise(resolve => { all.onsuccess = resolve; });
  base.close();
  return all.result.map(({ id, state }) => [id, state]);
}"""


def held(page: Page) -> list[list[str]]:
    """The ids of what is in the outbox, each with its state."""
    found: list[list[str]] = page.evaluate(ASIDE)
    return found


def alert(citizen: Citizen) -> str:
    citizen.page.locator(".waiting > .error", has_text="chưa được nhận").wait_for()
    return citizen.page.locator(".waiting > .error").inner_text()


def test_a_wrong_dossier_is_corrected_and_the_answer_is_sent_once(phone: BrowserContext, site: Site) -> None:
    add_poster(site)
    citizen = Citizen(phone.new_page()).open(SHORT, LATER)
    citizen.begin()
    assert citizen.choose("1") == "reasons"
    citizen.tap(citizen.page.get_by_text("Khó tìm đúng nơi cần đến"))
    citizen.press("next")
    citizen.answer_all()
    citizen.press("more")
    citizen.press("next")
    citizen.page.get_by_label("Mã hồ sơ").fill(DOSSIER)
    citizen.press("next")
    citizen.choose("2+")
    citizen.press("finish")
    citizen.send()
    assert "ở tương lai" in alert(citizen)
    expect(citizen.page.locator(".thanks .lead, .receipt").locator("visible=true")).to_have_count(0)
    ((name, state),) = held(citizen.page)
    assert (state, stored(site)) == ("aside", 0)

    citizen.tap(citizen.page.locator("[data-mend=correct]"))
    citizen.page.wait_for_url("**lang=vi")
    citizen.ready()
    assert citizen.name == "dossier"
    assert "ở tương lai" in citizen.page.locator(".field:visible .error").inner_text()
    assert held(citizen.page) == [[name, "aside"]]  # until the corrected one takes its place
    citizen.page.reload()
    citizen.ready()
    citizen.page.get_by_label("Mã hồ sơ").fill("")
    citizen.press("next")
    citizen.press("finish")
    citizen.send()
    row = only_row(site, citizen.page)
    assert str(row["client_id"]) == name
    assert (row["reasons"], row["facts"], row["dossier_hash"]) == ({"A": ["signs"]}, {"trips": "2+"}, None)
    assert levels(row, site, "quick")["A1"] == 1
    assert held(citizen.page) == []
    assert citizen.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_a_correction_leads_from_the_faulty_screen_to_the_review(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all()
    quick.page.evaluate("document.querySelector('input[name=\"answers.B1\"]:checked').value = '9'")
    quick.send()
    assert "không phải là một mức hài lòng" in alert(quick)
    quick.tap(quick.page.locator("[data-mend=correct]"))
    quick.ready()
    assert quick.name == "answers.B1"
    assert "không phải là một mức" in quick.page.locator(".question:visible .error").inner_text()
    assert quick.choose("5") == "review"
    assert quick.press("finish") == "finish"
    quick.send()
    assert levels(only_row(site, quick.page), site, "quick")["B1"] == 5


def test_what_nobody_can_correct_is_tried_again_or_thrown_away_knowingly(quick: Citizen, site: Site) -> None:
    quick.begin()
    quick.answer_all()
    quick.page.evaluate("document.querySelector('[name=ticket]').value = '0.x'")
    quick.send()
    assert "Vé gửi không hợp lệ" in alert(quick)
    page = quick.page
    expect(page.locator("[data-mend=correct]")).to_be_hidden()
    page.locator("[data-mend=retry]").tap()
    until(page, f"async () => (await ({ASIDE})())[0][1] === 'aside'")
    page.locator("[data-mend=discard]").tap()
    page.locator("[data-mend=keep]").tap()
    assert len(held(page)) == 1
    page.locator("[data-mend=discard]").tap()
    page.locator("[data-mend=gone]").tap()
    expect(page.locator(".waiting > .error")).to_have_text("")
    assert held(page) == []
    expect(page.locator(".mending, .discarding").locator("visible=true")).to_have_count(0)
    assert page.locator(SENT).count() == 1
    assert stored(site) == 0
