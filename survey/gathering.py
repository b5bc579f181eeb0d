"""Writes of several threads in one transaction: the disk is waited for once for all who came meanwhile."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Event, Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from survey.database import TURN_SECONDS, UNAVAILABLE
from survey.turns import out_of_turn

T = TypeVar("T")
Job = Callable[[Session], T]
MOST = 32  # in one transaction: nobody waits for more than so many others


class Gathering:
    """One of those who wait leads: it begins the transaction, does what all want, commits, and only then tells them.

    What fails is not held against the others: all is taken back, and each is done again in a transaction of its own.
    """

    def __init__(self, begin: Callable[[], AbstractContextManager[Session]], patience: float = TURN_SECONDS) -> None:
        self._begin, self._patience = begin, patience
        self._lock, self._waiting, self._is_led = Lock(), deque[_Entry](), False

    def write(self, job: Job[T]) -> T:
        """What the job returns, after the commit; or whatever it raised, then nothing of it is stored.

        A job may be called twice, by any thread, with the session of a transaction that others write in too.
        Raises OperationalError when its turn did not come in time.
        """
        entry = _Entry(job)
        with self._lock:
            self._waiting.append(entry)
            entry.leads = not self._is_led
            self._is_led = True
        if not entry.leads and not entry.woken.wait(self._patience):
            self._withdraw(entry)
        if entry.leads:
            self._lead(entry)
        if entry.error is not None:
            raise entry.error
        result: T = entry.result
        return result

    def _withdraw(self, entry: "_Entry") -> None:
        """Nobody has begun with it, or it is waited for: its transaction ends by the database's own patience."""
        with self._lock:
            if entry in self._waiting and not entry.leads:
                self._waiting.remove(entry)
                raise out_of_turn()
        entry.woken.wait()

    def _lead(self, own: "_Entry") -> None:
        company: list[_Entry] = []
        try:
            self._together(own, company)
        finally:
            with self._lock:
                if own in self._waiting:
                    self._waiting.remove(own)
                self._is_led = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].leads = True
                    company.append(self._waiting[0])
            for entry in company:
                entry.woken.set()

    def _together(self, own: "_Entry", company: list["_Entry"]) -> None:
        try:
            with self._begin() as session:
                session.connection()  # the turn to write comes first: who arrives until then belongs to it
                company += self._taken(own)
                results = [entry.job(session) for entry in (own, *company)]
            _tell((own, *company), results)
        except UNAVAILABLE as error:
            _refuse((own, *company), error)
        except Exception:
            for entry in (own, *company):
                self._alone(entry)
        except BaseException:  # this thread ends: whether anything was stored, sending again tells
            _refuse(company, out_of_turn())
            raise

    def _taken(self, own: "_Entry") -> list["_Entry"]:
        with self._lock:
            self._waiting.remove(own)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1))]

    def _alone(self, entry: "_Entry") -> None:
        try:
            with self._begin() as session:
                result = entry.job(session)
        except Exception as error:
            entry.error = error
        else:
            entry.result = result


class _Entry:
    """A job that waits, and what became of it once `woken` is set; `leads` when it is its turn to do all of them."""

    def __init__(self, job: Job[Any]) -> None:
        self.job, self.woken, self.leads = job, Event(), False
        self.result: Any = None
        self.error: Exception | None = None


def _tell(entries: Iterable[_Entry], results: Iterable[Any]) -> None:
    for entry, result in zip(entries, results, strict=True):
        entry.result = result


def _refuse(entries: Iterable[_Entry], error: Exception) -> None:
    for entry in entries:
        entry.error = error
