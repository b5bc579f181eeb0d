"""Reports are made in a process of their own: pandas, matplotlib and typst never enter one that serves citizens.

An order goes out by value, bytes come back. The child is forked from a small server process that has the libraries
loaded already, works at a lower priority than those who answer citizens, and is killed when it takes too long.
"""

import contextlib
import gettext
import multiprocessing
import os
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from survey.config import ROOT
from survey.reports import progress
from survey.reports.progress import Told
from survey.wording import Translate

SECONDS = 60.0  # three times what the report of the largest tree may take
AT_ONCE = 2  # reports that one serving process has made at a time, so that memory stays bounded
POLITENESS = 5  # nice: an answer of a citizen goes before a report
_PRELOADED = ("survey.reports.orders", "survey.reports.preloaded")
_places = threading.BoundedSemaphore(AT_ONCE)


class ReportError(Exception):
    """No file was made. `code` is "slow", "busy" or "broken"; `detail` is for the log, never for a page."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}" if detail else code)


@dataclass(frozen=True, slots=True)
class Step:
    """So many parts of so many are made."""

    done: int
    total: int


class Order(Protocol):
    """Everything that a file is made from, as values that can be sent to another process."""

    def make(self, translate: Translate, language: str) -> bytes:
        """The file."""


def made(order: Order, language: str, seconds: float = SECONDS, told: Told | None = None) -> bytes:
    """The file that is ordered, in "vi" or "en". Raises ReportError when it is not there after so many seconds.

    `told` hears how far it is, in this process.
    """
    if not _places.acquire(timeout=seconds):
        raise ReportError("busy")
    try:
        return _made(order, language, time.monotonic() + seconds, told)
    finally:
        _places.release()


def _made(order: Order, language: str, until: float, told: Told | None) -> bytes:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(order, language, sender), daemon=True)
    child.start()
    sender.close()
    try:
        content, complaint = _received(receiver, type(order).__name__, until, told)
    except EOFError:
        raise ReportError("broken", f"{type(order).__name__}: the process ended without a word") from None
    finally:
        receiver.close()
        child.kill()
        child.join()
    if content is None:
        raise ReportError("broken", complaint)
    return bytes(content)


def _received(receiver: Connection, name: str, until: float, told: Told | None) -> tuple[bytes | None, str]:
    """The last that the child says; before it, perhaps how far it is."""
    while receiver.poll(max(0.0, until - time.monotonic())):
        said = receiver.recv()
        if not isinstance(said, Step):
            content, complaint = said
            return content, complaint
        if told is not None:
            told(said.done, said.total)
    raise ReportError("slow", name)


def _work(order: Order, language: str, sender: Connection) -> None:
    """What the child does: the file, or why there is none."""
    with contextlib.suppress(OSError):
        os.nice(POLITENESS)
    answer: tuple[bytes | None, str]
    progress.listen(lambda done, total: sender.send(Step(done, total)))
    try:
        answer = order.make(speaker(language), language), ""
    except Exception:
        answer = None, traceback.format_exc()
    sender.send(answer)


def speaker(language: str) -> Translate:
    """What translates in a process without Flask, from the same catalogues."""
    catalogue = gettext.translation("messages", ROOT / "translations", [language], fallback=True)

    def translate(message: str, /, **values: Any) -> str:
        text = catalogue.gettext(message)
        return text % values if values else text

    return translate
