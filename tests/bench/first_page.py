"""The first page of a phone: what goes over the wire in a real browser, and how long the server takes for it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import sync_playwright

from survey.extensions import writing
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import Figure, median, took
from tests.browser.conftest import SWITCHES, program
from tests.support import places
from tests.support.servers import serving

WEIGHT, REQUESTS = 60, 6  # kB, requests
CASE = "first page of a phone"


def run(asked: Asked) -> Iterator[Figure]:
    """On SQLite: what a page weighs does not depend on the database."""
    with databases.empty("sqlite") as settings:
        with databases.application(settings) as app:
            with writing() as session:
                places.build(session)
            client = app.test_client()
            taken = median(lambda: client.get(f"/p/{places.POINT}"), 50)
        with serving(settings.database_url, settings.secret_key) as server, ThreadPoolExecutor(1) as pool:
            sizes = pool.submit(_sizes, f"{server.url}/p/{places.POINT}").result()
    weight = sum(sizes) / 1000
    yield Figure(CASE, "over the wire", weight, "kB", f"≤ {WEIGHT}", weight <= WEIGHT)
    yield Figure(CASE, "requests", len(sizes), "", f"≤ {REQUESTS}", len(sizes) <= REQUESTS)
    yield took(CASE, "made in the server", taken)


def _sizes(address: str) -> list[float]:
    """The bytes of each answer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=SWITCHES)
        page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        network, sizes = page.context.new_cdp_session(page), []
        network.on("Network.loadingFinished", lambda event: sizes.append(float(event["encodedDataLength"])))
        network.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        browser.close()
    return sizes
