"""Counting for limits: to the end of each window, and nothing kept for longer."""

from datetime import UTC, datetime, timedelta
from threading import active_count

import time_machine
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from survey.windows import SCHEME, SWEEP_SECONDS, Windows

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_key_is_counted_until_its_window_is_over_and_then_anew() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        windows = Windows()
        assert [windows.incr("a", 60) for _ in range(3)] == [1, 2, 3]
        assert (windows.incr("b", 60, 5), windows.get("a"), windows.get("c")) == (5, 3, 0)
        assert windows.get_expiry("a") == NOON.timestamp() + 60
        clock.shift(timedelta(seconds=59.9))
        assert windows.incr("a", 60) == 4
        clock.shift(timedelta(seconds=0.1))
        assert (windows.get("a"), windows.get_expiry("a")) == (0, NOON.timestamp() + 60)
        assert windows.incr("a", 60) == 1
        windows.clear("a")
        assert (windows.get("a"), windows.check()) == (0, True)


def test_keys_that_are_over_are_forgotten_and_no_thread_is_started() -> None:
    threads = active_count()
    with time_machine.travel(NOON, tick=False) as clock:
        windows = Windows()
        for number in range(1000):
            windows.incr(f"ticket {number}", 60)
        clock.shift(timedelta(seconds=SWEEP_SECONDS))
        windows.incr("late", 60)
        assert (windows.reset(), windows.reset()) == (1, 0)
    assert active_count() == threads


def test_the_library_finds_it_by_its_scheme_and_limits_by_it() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        storage = storage_from_string(f"{SCHEME}://")
        assert isinstance(storage, Windows)
        limiter, limit = FixedWindowRateLimiter(storage), parse("2/minute")
        assert [limiter.hit(limit, "point", "K7QAMX") for _ in range(3)] == [True, True, False]
        clock.shift(timedelta(minutes=1))
        assert limiter.hit(limit, "point", "K7QAMX")
