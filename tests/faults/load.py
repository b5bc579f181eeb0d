"""Many clients who send answers while something breaks, and the account of it: sent, acknowledged, refused, found."""

import json
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from threading import Condition, Lock
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select

from survey.config import Settings
from survey.domain import tickets
from survey.extensions import db, reading, refreshing
from survey.models import Pending, Response, Tally
from survey.services import tallies
from tests.support.places import POINT, World

CLIENTS = 8
TAKEN, REFUSED = (200, 201), (429, 503)
Sent = tuple[UUID, dict[str, Any]]
Act = Callable[[], None]


def answers(settings: Settings, world: World, number: int, start: int = 0) -> list[Sent]:
    """So many right answers, each with an id and ticket of its own."""
    now = datetime.now(UTC)
    made = []
    for one in range(start, start + number):
        client_id = tickets.new_client_id(now, one.to_bytes(10))
        levels = {item.key: 1 + (one + slot) % 5 for slot, item in enumerate(world.version.items)}
        ticket = tickets.issue(settings.secret_key, client_id, POINT, now)
        body = {"point": POINT, "ticket": ticket, "questionnaire": world.version.name, "answers": levels}
        made.append((client_id, body))
    return made


@dataclass(slots=True)
class Account:
    """What became of the answers that were sent: those acknowledged, and the statuses of all, 0 for no answer at all.

    `unexplained` are refusals that do not say when to come again.
    """

    sent: int = 0
    acknowledged: set[UUID] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    unexplained: int = 0

    @property
    def refused(self) -> int:
        return sum(self.statuses[status] for status in REFUSED)

    def count(self, counter: str) -> int:
        """One of the numbers by its name."""
        numbers = {"refused": self.refused, "unanswered": self.statuses[0], "acknowledged": len(self.acknowledged)}
        return numbers[counter]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens once a number is reached: "acknowledged" of answers, or "refused" or "unanswered" of attempts."""

    counter: str
    number: int
    act: Act


class Load:
    """Several clients who send answers while steps happen, one after the other. Who is told to come again does so at
    once and without end, as no outbox would, or when `patient` after the next one that was taken; what gets no answer
    at all is left for the second sending.
    """

    def __init__(
        self, urls: Sequence[str], steps: Sequence[Step] = (), clients: int = CLIENTS, patient: bool = False
    ) -> None:
        self.urls, self.steps, self.clients = urls, deque(steps), clients
        self.account, self.lock, self.stepping = Account(), Lock(), Lock()
        self.patient, self.taken = patient, Condition()
        self.queue: deque[tuple[str, Sent]] = deque()

    def run(self, all_sent: Sequence[Sent]) -> Account:
        """Send all. A step happens in the thread whose answer made up the number, while the others go on."""
        self.queue.extend((self.urls[number % len(self.urls)], sent) for number, sent in enumerate(all_sent))
        self.account.sent = len(all_sent)
        with ThreadPoolExecutor(self.clients) as pool:
            for client in [pool.submit(self._client) for _ in range(self.clients)]:
                client.result()
        assert not self.steps, f"not everything happened that was planned: {self.account.statuses}"
        return self.account

    def _client(self) -> None:
        while self.queue:
            try:
                url, sent = self.queue.popleft()
            except IndexError:  # another client took the last
                return
            status, explained = put(url, sent)
            with self.lock:
                self._note(url, sent, status, explained)
            self._step()
            with self.taken:
                if status in TAKEN:
                    self.taken.notify_all()
                elif self.patient:
                    self.taken.wait(1)

    def _note(self, url: str, sent: Sent, status: int, explained: bool) -> None:
        self.account.statuses[status] += 1
        if status in REFUSED:
            self.account.unexplained += not explained
            self.queue.append((url, sent))
        if status in TAKEN:
            self.account.acknowledged.add(sent[0])

    def _step(self) -> None:
        if not self.stepping.acquire(blocking=False):
            return
        try:
            if self.steps and self.account.count(self.steps[0].counter) >= self.steps[0].number:
                self.steps[0].act()
                self.steps.popleft()
        finally:
            self.stepping.release()


def put(url: str, sent: Sent) -> tuple[int, bool]:
    """Status, 0 where the server is gone, and whether the answer says when to come again."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("PUT", f"/api/v1/responses/{sent[0]}", json.dumps(sent[1]))
        answer = connection.getresponse()
        answer.read()
        return answer.status, int(answer.headers.get("Retry-After") or 0) > 0
    except (OSError, HTTPException):
        return 0, False
    finally:
        connection.close()


def found() -> set[UUID]:
    """The ids of the stored answers."""
    with reading() as session:
        return set(session.scalars(select(Response.client_id)))


def is_exact(all_sent: Sequence[Sent]) -> bool:
    """Whether each answer is one row, counts once, and the tallies after taking up what waits say so."""
    with refreshing() as session:
        while tallies.refresh(session):
            pass
    with reading() as session:
        counted = session.scalar(select(func.sum(Tally.__table__.c.respondents))) or 0
        waiting = session.scalar(select(func.count()).select_from(Pending))
        rows = session.scalar(select(func.count()).select_from(Response))
    return (found(), rows, counted, waiting) == ({sent[0] for sent in all_sent}, len(all_sent), len(all_sent), 0)


def kind() -> str:
    """The database at hand, as a table names it."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[db.get_engine().dialect.name]
