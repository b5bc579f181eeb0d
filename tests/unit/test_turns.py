"""Turns to write: one at a time over threads and processes, and an end to waiting for one that never ends."""

import fcntl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from survey.turns import Turns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "survey.sqlite3.lock"


@pytest.fixture
def turns(path: Path) -> Iterator[Turns]:
    turns = Turns(str(path), 0.01)
    yield turns
    turns.close()


def test_the_second_waits_for_the_first_and_no_longer_than_its_patience(turns: Turns) -> None:
    first: dict[Any, Any] = {}
    second: dict[Any, Any] = {}
    turns.take(first)
    with pytest.raises(OperationalError, match="no turn to write came"):
        turns.take(second)
    turns.leave(second)  # it has none to give back
    with pytest.raises(OperationalError):
        turns.take(second)
    turns.leave(first)
    turns.take(second)
    turns.leave(second)


def test_behind_another_process_that_stands_still_one_waits_and_the_others_are_sent_away(
    turns: Turns, path: Path
) -> None:
    with path.open("wb") as other, ThreadPoolExecutor(1) as pool:
        fcntl.flock(other, fcntl.LOCK_EX)
        patient: dict[Any, Any] = {}
        waiting = pool.submit(turns.take, patient)
        while not turns._mine.locked():
            pass
        with pytest.raises(OperationalError):
            turns.take({})
        assert not waiting.done()
        fcntl.flock(other, fcntl.LOCK_UN)
        waiting.result()
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        turns.leave(patient)
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
