"""A citizen at a phone in a real browser, one tap after the other; taps are counted."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

RUNNING = "form.running"
READY = f"{RUNNING}[data-ready]"
ACKNOWLEDGE, GUARD = 200, 400  # ms of the page's clock: a little longer than questionnaire.js has them


@dataclass
class Citizen:
    """Answers the questionnaire on a page by tapping what is seen. `seen` are the names of screens in their order."""

    page: Page
    taps: int = 0
    seen: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Citizen":
        """The page's own clock is moved on by the test: nobody waits for the pauses between two questions."""
        self.page.clock.install()
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
        self.page.locator(".receipt-code").wait_for()
