"""Turns to write into a SQLite file, for the threads of all processes, roughly in the order in which they came.

SQLite's own waiting is a lottery: whoever looks again at the right moment gets in, and some wait for seconds.
"""

import os
import sqlite3
from threading import Lock
from typing import Any

from sqlalchemy.exc import OperationalError

try:
    import fcntl
except ImportError:  # Windows has no flock; SQLite's own busy timeout then queues the writers
    fcntl = None  # type: ignore[assignment]

_HELD = "turn"


class Turns:
    """A lock of this process, and for whoever holds it a lock of the file at `path` against the other processes.

    Of these only the first has a limit of time. So where another process stands still with the file in its hand, one
    thread of each process waits as long as that lasts, and all others are told to come again.
    """

    def __init__(self, path: str, patience: float) -> None:
        self._path, self._patience = path, patience
        self._mine, self._file = Lock(), -1

    def take(self, info: dict[Any, Any]) -> None:
        """Wait for a turn and note it in `info`, that of a connection's record in the pool.

        Raises OperationalError, as a locked database does, when none came within `patience` seconds.
        """
        if not self._mine.acquire(timeout=self._patience):
            raise out_of_turn()
        try:
            if fcntl is not None:
                if self._file < 0:
                    self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._mine.release()
            raise
        info[_HELD] = True

    def leave(self, info: dict[Any, Any]) -> None:
        """Let the next one in, where this connection had a turn."""
        if info.pop(_HELD, False):
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            self._mine.release()

    def close(self) -> None:
        """No connection is open any more."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def out_of_turn() -> OperationalError:
    """What is raised for whoever waited in vain."""
    return OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("no turn to write came"))
