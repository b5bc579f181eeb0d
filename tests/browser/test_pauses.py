"""When outboxes come back: drawn apart, so that a province's kiosks do not return in one second."""

from collections import Counter

import pytest
from playwright.sync_api import BrowserContext

from tests.support.phone import SHORT

pytestmark = pytest.mark.xdist_group("browser")
KIOSKS = 3_000
MOMENTS = """async ([kiosks]) => {
    const link = document.querySelector("[href$='.css'][href*='/static/']").href;
    const { growing, asked } = await import(link.replace("survey.css", "js/pauses.js"));
    const all = Array.from({ length: kiosks });
    return {
        growing: all.map(() => growing(12, 2000, 300000)),
        first: all.map(() => growing(0, 2000, 300000)),
        asked: all.map(() => asked(5000 + 1000 * Math.floor(26 * Math.random()))),
        bounds: [growing(0, 2000, 300000, () => 0), growing(99, 2000, 300000, () => 1), asked(5000, () => 0)],
    };
}"""


def test_kiosks_that_were_cut_off_together_come_back_apart(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(SHORT)
    moments = page.evaluate(MOMENTS, [KIOSKS])
    assert moments["bounds"] == [1_000, 450_000, 5_000]  # ms: nobody is asked to hurry, nobody waits for ever
    busiest = {name: max(Counter(int(one) // 1000 for one in moments[name]).values()) for name in ("growing", "asked")}
    assert busiest["growing"] < KIOSKS / 100  # over five minutes: ten in the mean second
    assert busiest["asked"] < KIOSKS / 10  # over forty seconds, after a short refusal
    assert 150_000 <= min(moments["growing"]) <= max(moments["growing"]) <= 450_000
