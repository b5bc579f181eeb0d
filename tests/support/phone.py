"""A citizen at a phone in a real browser, one tap after the other; taps are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, Page
from sqlalchemy import func, select

from survey.extensions import reading, writing
from survey.models import Comment, Point, Response
from tests.support.places import OTHER_WARD, POINT

if TYPE_CHECKING:
    from tests.browser.conftest import Site

FORM, SHORT = f"/p/{POINT}", "/p/W6KPHX"  # 16 items, and a poster with the six of "quick"
SENT = ".waiting[data-count='0']"
RUNNING = "form.running"
READY = f"{RUNNING}[data-ready]"
ACKNOWLEDGE, GUARD = 200, 400  # ms of the page's clock: a little longer than questionnaire.js has them


# wait_for_function takes the promise of an asynchronous function for its answer.
UNTIL = """([text, argument]) => {
  const [check, mark] = [eval(text), (window.until = {})];
  const look = async () => {
    if (await check(argument)) return void (mark.done = true);
    setTimeout(look, 50);
  };
  look();
}"""


def until(page: Page, check: str, argument: object = None) -> None:
    """Wait until an asynchronous function of the page answers with something true."""
    page.evaluate(UNTIL, [check, argument])
    page.wait_for_function("() => until.done")


def kept(page: Page, address: str) -> None:
    """Wait until the service worker holds a page."""
    until(page, "async page => (await navigator.serviceWorker.ready) && (await caches.match(page))", address)


@dataclass
class Citizen:
    """Answers the questionnaire on a page by tapping what is seen. `seen` are the names of screens in their order."""

    page: Page
    taps: int = 0
    seen: list[str] = field(default_factory=list)

    def open(self, address: str, now: datetime | None = None) -> "Citizen":
        """The page's own clock is moved on by the test: nobody waits for the pauses between two questions."""
        self.page.clock.install(time=now)
        self.page.goto(address)
        self.page.locator(".start").wait_for()
        return self

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def begin(self) -> None:
        self.tap(self.page.locator(".start [data-do=start]"))
        self.ready()

    def ready(self) -> str:
        """Until a tap counts; the kind of screen that is shown."""
        self.page.locator(RUNNING).wait_for()
        self.page.clock.run_for(GUARD)
        self.page.locator(READY).wait_for()
        self.seen.append(self.name)
        return self.page.locator(READY).get_attribute("data-kind") or ""

    @property
    def name(self) -> str:
        """The name of the screen, kept in the history entry."""
        return str(self.page.evaluate("history.state?.screen ?? ''"))

    @property
    def question(self) -> Locator:
        return self.page.locator("form.running :is(.question, .field):visible")

    @property
    def heading(self) -> str:
        return self.page.locator(":is(legend, h2, h1, label):focus").inner_text()

    def choose(self, value: str) -> str:
        """Tap the choice with this value, "" for no opinion, and wait for what follows."""
        before = self.name
        self.tap(self.question.locator(f'.choice:has(input[value="{value}"])'))
        return self.moved_from(before)

    def press(self, what: str) -> str:
        """Tap a button by what it does: next, finish, more, comment, review, back."""
        before = self.name
        self.tap(self.page.locator(f'form [data-do="{what}"]:visible'))
        return self.moved_from(before)

    def moved_from(self, before: str) -> str:
        self.page.clock.run_for(ACKNOWLEDGE)
        self.page.wait_for_function("name => history.state?.screen !== name", arg=before)
        return self.ready()

    def answer_all(self, value: str = "4", facts: str = "no") -> int:
        """Every question until the end of the main part; how many were shown."""
        shown, kind = 0, "plain"
        while kind != "finish":
            levels = self.question.locator(".levels").count()
            shown += 1
            kind = self.choose(value if levels else facts)
        return shown

    def send(self) -> None:
        self.tap(self.page.locator(".send:visible"))
        self.page.locator(".thanks").wait_for()


def add_poster(site: "Site") -> None:
    """A poster with the short questionnaire, at SHORT."""

    def add() -> None:
        with writing() as session:
            unit = site.world.units[OTHER_WARD]
            session.add(Point(code=SHORT[-6:], unit_id=unit, kind="poster", label="", questionnaire_key="quick"))

    site.run(add)


def stored(site: "Site") -> int:
    """How many responses there are."""

    def count() -> int:
        with reading() as session:
            return session.scalar(select(func.count()).select_from(Response)) or 0

    return site.run(count)


def only_row(site: "Site", page: Page) -> Mapping[str, Any]:
    """The one stored response, once the page says that it was sent."""
    page.locator(SENT).wait_for(state="attached")

    def rows() -> list[Mapping[str, Any]]:
        with reading() as session:
            return [dict(row._mapping) for row in session.execute(select(Response.__table__))]

    (row,) = site.run(rows)
    return row


def levels(row: Mapping[str, Any], site: "Site", questionnaire: str = "sipas-2024") -> dict[str, int | None]:
    """The stored level of each item."""
    return {item.key: row[f"a{item.slot:02}"] for item in site.world.versions[questionnaire].items}


def comment(site: "Site") -> str:
    """The one stored comment."""

    def only() -> str:
        with reading() as session:
            return session.scalars(select(Comment.masked)).one()

    return site.run(only)
