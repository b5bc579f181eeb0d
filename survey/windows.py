"""Counts requests for limits within one process: a number a key, until its window of time is over.

Not the library's own storage in memory: it looks through all keys of the last minute up to a hundred times a second, in
a thread that it starts for each time. With 500 answers a second, each with a ticket of its own, that is a third of a
process and more.
"""

import time
from threading import Lock

from limits.storage import Storage

SCHEME = "window"
SWEEP_SECONDS = 60  # between two times that all keys are looked through


class Windows(Storage):
    """Known to the library as `window://`; for the strategy of fixed windows."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 — the library's own annotation

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock, self._counts, self._swept = Lock(), dict[str, tuple[int, float]](), time.time()

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What may go wrong here: nothing."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count; the number by now. The first opens a window of `expiry` seconds."""
        now = time.time()
        with self._lock:
            if now - self._swept >= SWEEP_SECONDS:
                self._counts = {known: held for known, held in self._counts.items() if held[1] > now}
                self._swept = now
            count, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
            self._counts[key] = (count + amount, until)
        return count + amount

    def get(self, key: str) -> int:
        """The number in the open window, 0 without one."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the open window ends, in seconds of the epoch; now without one."""
        return max(self._counts.get(key, (0, 0.0))[1], time.time())

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget all; how many keys there were."""
        with self._lock:
            known = len(self._counts)
            self._counts = {}
        return known

    def clear(self, key: str) -> None:
        """Forget one key."""
        with self._lock:
            self._counts.pop(key, None)
