"""A real Chromium and the application on a free port, for what only a browser can show."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

from survey import create_app
from survey.extensions import db, writing
from tests.support import places
from tests.support.databases import settings_for
from tests.support.phone import FORM, SHORT, Citizen, add_poster
from tests.support.places import World
from tests.support.troubles import Troubles

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, KIOSK, DESKTOP = (360, 640), (1080, 1920), (1280, 900)


Result = TypeVar("Result")


@dataclass(frozen=True)
class Site:
    """The running application: its address, and its world of places."""

    app: Flask
    url: str
    world: World

    def run(self, function: Callable[[], Result]) -> Result:
        """Call something that needs the application's context."""
        return inside(self.app, function)


def apart(function: Callable[[], Result]) -> Result:
    """Call a function in a thread of its own: Playwright keeps an event loop in this one, beside which an application
    context cannot end.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def inside(app: Flask, function: Callable[[], Result]) -> Result:
    """Call a function in the application's context."""

    def call() -> Result:
        with app.app_context():
            return function()

    return apart(call)


def program() -> str | None:
    """Debian's Chromium, where it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")  # not longer: its event loop would disturb the tests of other modules
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, in continuous integration they fail."""
    found = program()
    if found is None:
        reason = "Chromium is not installed"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """The application with a small world, served on a free port."""
    path = tmp_path / "survey.sqlite3"
    shutil.copy(sqlite_template, path)
    app = apart(lambda: create_app(settings_for(f"sqlite:///{path}")))
    world = inside(app, _built)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.port}", world)
    server.shutdown()
    thread.join()
    server.server_close()
    inside(app, _dispose)


def _built() -> World:
    with writing() as session:
        return places.build(session)


def _dispose() -> None:
    for engine in db.engines.values():
        engine.dispose()


def context_of(
    chromium: Browser, site: Site, size: tuple[int, int], *, scripts: bool = True, touch: bool = False
) -> BrowserContext:
    """A fresh browser profile with a screen of this size."""
    return chromium.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        has_touch=touch,
        reduced_motion="reduce",
    )


def lasting_context(chromium: Browser, url: str, profile: Path, size: tuple[int, int]) -> BrowserContext:
    """A browser of its own whose profile stays on the disk when it ends, however it ends."""
    return chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=program(),
        args=SWITCHES,
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        has_touch=True,
        reduced_motion="reduce",
    )


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone's browser."""
    context = context_of(chromium, site, PHONE, touch=True)
    yield context
    context.close()


@pytest.fixture
def citizen(phone: BrowserContext) -> Citizen:
    """Somebody before the start of the long questionnaire."""
    return Citizen(phone.new_page()).open(FORM)


@pytest.fixture
def quick(phone: BrowserContext, site: Site) -> Citizen:
    """Somebody before the start of the short one."""
    add_poster(site)
    return Citizen(phone.new_page()).open(SHORT)


@pytest.fixture
def troubles(site: Site) -> Iterator[Troubles]:
    """The site with a poster of the short questionnaire, and with troubles before it."""
    add_poster(site)
    found = Troubles(site.app.wsgi_app)
    site.app.wsgi_app = found  # type: ignore[method-assign,assignment]
    yield found
    found.cut = False
    found.over.set()
