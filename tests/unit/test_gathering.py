"""Writes that are gathered into one transaction: told of only after the commit, and none harmed by another."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey.gathering import MOST, Gathering


class Book:
    """A table of words, and a gathering that writes into it; its first transaction waits for `go`."""

    def __init__(self, engine: Engine, patience: float = 60) -> None:
        self.engine, self.go, self.begun, self.fails = engine, Event(), 0, False
        self.gathering = Gathering(self._begin, patience)
        self.pool = ThreadPoolExecutor(MOST + 3)

    @contextmanager
    def _begin(self) -> Iterator[Session]:
        self.begun += 1
        self.go.wait()
        with Session(self.engine) as session, session.begin():
            yield session
            if self.fails:
                raise OperationalError("COMMIT", None, Exception("disk full"))

    def write(self, word: str, error: Exception | None = None) -> Future[str]:
        """In a thread; returns when it is led or waits."""

        def job(session: Session) -> str:
            session.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})
            if error is not None:
                raise error
            assert word not in self.words()  # nothing is there before the commit
            return word.upper()

        return self.queue(job)

    def queue(self, job: Callable[[Session], str]) -> Future[str]:
        before = len(self.gathering._waiting)
        written = self.pool.submit(self.gathering.write, job)
        while len(self.gathering._waiting) == before and not written.done():
            os.sched_yield()
        return written

    def words(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(text("SELECT * FROM word ORDER BY word")))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'book.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE word (word TEXT PRIMARY KEY)")
    yield engine
    engine.dispose()


@pytest.fixture
def book(engine: Engine) -> Iterator[Book]:
    book = Book(engine)
    yield book
    book.pool.shutdown()


def test_all_who_came_while_the_turn_was_waited_for_are_one_transaction(book: Book) -> None:
    written = [book.write(word) for word in ("one", "two", "three")]
    assert not any(each.done() for each in written)
    book.go.set()
    assert [each.result() for each in written] == ["ONE", "TWO", "THREE"]
    assert (book.words(), book.begun) == (["one", "three", "two"], 1)
    assert book.gathering.write(lambda session: "alone") == "alone"
    assert book.begun == 2


def test_no_transaction_holds_more_than_so_many_and_the_rest_follows(book: Book) -> None:
    written = [book.write(f"{number:02}") for number in range(MOST + 2)]
    book.go.set()
    assert [each.result() for each in written] == book.words() == [f"{number:02}" for number in range(MOST + 2)]
    assert book.begun == 2


def test_one_that_fails_leaves_nothing_and_fails_alone(book: Book) -> None:
    written = [book.write("one"), book.write("bad", ValueError("bad")), book.write("two")]
    book.go.set()
    assert (written[0].result(), written[2].result()) == ("ONE", "TWO")
    with pytest.raises(ValueError, match="bad"):
        written[1].result()
    assert (book.words(), book.begun) == (["one", "two"], 4)


def test_when_the_commit_fails_nobody_is_told_that_it_was_stored(book: Book) -> None:
    book.fails = True
    written = [book.write("one"), book.write("two")]
    book.go.set()
    for each in written:
        with pytest.raises(OperationalError):
            each.result()
    book.fails = False
    assert (book.words(), book.begun) == ([], 1)
    assert book.write("one").result() == "ONE"


def test_a_leader_that_is_ended_leaves_the_others_to_come_again(book: Book) -> None:
    def end(session: Session) -> str:
        raise SystemExit

    written = [book.queue(end), book.write("one")]
    book.go.set()
    with pytest.raises(SystemExit):
        written[0].result()
    with pytest.raises(OperationalError):
        written[1].result()
    assert book.words() == []
    assert book.write("two").result() == "TWO"


def test_whoever_waits_too_long_for_the_leader_leaves_without_having_written(engine: Engine) -> None:
    book = Book(engine, patience=0.01)
    first, second = book.write("first"), book.write("second")
    with pytest.raises(OperationalError):
        second.result()
    book.go.set()
    assert first.result() == "FIRST"
    assert book.words() == ["first"]
    book.pool.shutdown()
