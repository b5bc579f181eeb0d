"""make screenshots: pictures of the main screens into survey/docs/images, from a demonstration database of its own.

Run as `python -m tests.screenshots`. Chromium and a server on a free port do the work; nothing of this checkout's data
is read or written but the pictures.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from survey.config import ROOT
from survey.demo import PASSWORD
from tests.browser.conftest import SWITCHES
from tests.support.kiosks import READY
from tests.support.phone import Citizen
from tests.support.servers import serving

IMAGES = ROOT / "survey" / "docs" / "images"
SECRET = "the secret of a server that lives for a minute"
PUBLIC_URL = "https://khaosat.hanoi.gov.vn"  # what the posters say
RESPONSES, SEED = 20_000, 1  # as `make run` has them: fewer would leave most figures withheld
COLOURS = 128  # of a picture: faces, text and tables need no more
PHONE, DESKTOP, KIOSK = (360, 640), (1280, 860), (1080, 1920)
WARD, READER = "00166", "lanh-dao@minh-hoa.example"
SHEET_WIDTH = 595  # pixels


@dataclass(frozen=True)
class Studio:
    """A browser, the server's address, the codes of two points, and how to ask the command line."""

    browser: Browser
    url: str
    poster: str
    kiosk: str
    flask: Callable[..., str]


def main() -> None:
    """Take every picture, saying which."""
    with tempfile.TemporaryDirectory() as folder, _studio(Path(folder)) as studio:
        for take in (phone, kiosk, staff):
            for name, picture in take(studio):
                size = _save(name, picture)
                print(f"{name}.png: {size // 1024} kB")
        _save("sheet", _sheet(studio, Path(folder)))


def phone(studio: Studio) -> Iterator[tuple[str, bytes]]:
    """The start, a question and the thanks."""
    citizen = Citizen(_page(studio, PHONE, 2)).open(f"/p/{studio.poster}")
    yield "phone-start", citizen.page.screenshot()
    citizen.begin()
    yield "phone", citizen.page.screenshot()
    citizen.answer_all()
    citizen.send()
    citizen.page.locator(".waiting[data-count='0']").wait_for(state="attached")
    yield "thanks", citizen.page.screenshot()
    citizen.page.context.close()


def kiosk(studio: Studio) -> Iterator[tuple[str, bytes]]:
    """The attract screen and a question, on an upright panel."""
    page = _page(studio, KIOSK, 0.5)
    page.goto("/k")
    page.locator("#code").fill(studio.flask("points", "pair", studio.kiosk).split()[1])
    page.locator("main button[type=submit]").click()
    page.locator("[data-start=vi]").wait_for()
    yield "kiosk-attract", page.screenshot()
    page.locator("[data-start=vi]").tap()
    page.locator(f"{READY}, [data-skip]").locator("visible=true").first.wait_for()
    if page.locator("[data-skip]:visible").count():
        page.locator("[data-skip]").tap()
    page.locator(READY).wait_for()
    yield "kiosk", page.screenshot()
    page.context.close()


def staff(studio: Studio) -> Iterator[tuple[str, bytes]]:
    """The city's overview and ranking, a ward's page."""
    page = _signed_in(studio, READER)
    for name, path in (("overview", "/staff/"), ("ranking", "/staff/ranking"), ("unit", f"/staff/units/{WARD}")):
        answer = page.goto(path)
        assert answer is not None, path
        assert answer.ok, f"{path} answers {answer.status}"
        assert page.url == studio.url + path
        yield name, page.screenshot()
    page.context.close()


def _sheet(studio: Studio, folder: Path) -> bytes:
    """The poster of a ward, as it comes out of the printer."""
    path = folder / "sheet.pdf"
    studio.flask("points", "sheet", "--unit", WARD, "-o", str(path))
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=SHEET_WIDTH / document[0].get_width()).to_pil()
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _page(studio: Studio, size: tuple[int, int], scale: float) -> Page:
    context = studio.browser.new_context(
        base_url=studio.url,
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=scale,
        has_touch=size != DESKTOP,
        reduced_motion="reduce",
    )
    return context.new_page()


def _signed_in(studio: Studio, email: str) -> Page:
    page = _page(studio, DESKTOP, 1)
    page.goto("/staff/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("/staff/")
    return page


def _save(name: str, picture: bytes) -> int:
    """Written with few colours; the size of the file in bytes."""
    path = IMAGES / f"{name}.png"
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


@contextmanager
def _studio(folder: Path) -> Iterator[Studio]:
    url = f"sqlite:///{folder / 'demonstration.sqlite3'}"
    environ = {
        **os.environ,
        "SURVEY_DATABASE_URL": url,
        "SURVEY_REPORT_DATABASE_URL": url,
        "SURVEY_SECRET_KEY": SECRET,
        "SURVEY_PUBLIC_URL": PUBLIC_URL,
    }

    def flask(*arguments: str) -> str:
        command = [str(Path(sys.executable).parent / "flask"), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout

    flask("db", "upgrade")
    lines = flask("demo", "load", "--responses", str(RESPONSES), "--seed", str(SEED)).splitlines()
    points = {(unit, kind): code for code, kind, _, unit, _ in (line.split("\t") for line in lines)}
    with serving(url, SECRET) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        yield Studio(browser, server.url, points[WARD, "poster"], points[WARD, "kiosk"], flask)
        browser.close()


if __name__ == "__main__":
    main()
