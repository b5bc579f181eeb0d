"""How engines talk to SQLite and PostgreSQL: isolation, durability, fair writing. No table is known here."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy import exc as errors
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from survey.turns import Turns

WRITE, READ, REPORT = "default", "read", "report"
# The same connections as READ and WRITE, but each statement is a transaction of its own: nothing begins it or ends it.
GLANCE, AT_ONCE = "glance", "at once"
BUSY_SECONDS = 10
TURN_SECONDS = 20  # for a turn to write: longer than one writer may wait for the database
IDLE_SECONDS = 1  # of a connection to PostgreSQL, after which it is asked whether it is still there
# PostgreSQL advisory lock of the one refresher: any fixed number that nothing else in the database uses.
REFRESH_LOCK = 7_265_667

_SINGLE = "survey_single"
_lost: dict[URL, float] = {}  # when a connection to a server was last found ended in use
# What a database that is not there, not migrated, locked or full answers with.
FAULTS = (OperationalError, ProgrammingError)
# Of these, and of others, what may be over in a moment: gone, starting, locked, full, a replica in the primary's place,
# no connection free. Nothing of the transaction is held; whoever sent it sends it again.
UNAVAILABLE = (OperationalError, errors.InterfaceError, errors.InternalError, errors.TimeoutError)
# A server that vanished without a word is noticed by these, in seconds (the last in ms), not by TCP's two hours.
_TO_POSTGRESQL = {"connect_timeout": 5, "keepalives_idle": 15, "keepalives_interval": 5, "tcp_user_timeout": 15_000}


def engines(url: str, report_url: str) -> dict[str, Engine]:
    """The engines: writing, reading one snapshot of the same database, reading one of the report database; and reading
    and (on PostgreSQL, where no turn has to be taken) writing by single statements.
    """
    made = {
        WRITE: _engine(url, read_only=False),
        READ: _engine(url, read_only=True),
        REPORT: _engine(report_url, read_only=True),
    }
    for name, engine in made.items():
        prepare(engine, read_only=name != WRITE)
    if make_url(url).get_backend_name() == "sqlite":
        return {**made, GLANCE: made[READ].execution_options(**{_SINGLE: True})}
    single = {"isolation_level": "AUTOCOMMIT"}
    return {**made, GLANCE: made[READ].execution_options(**single), AT_ONCE: made[WRITE].execution_options(**single)}


def _engine(url: str, *, read_only: bool) -> Engine:
    options: dict[str, Any] = {"pool_size": 16, "max_overflow": 16, "pool_timeout": 10, "hide_parameters": True}
    if make_url(url).get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    else:
        options["connect_args"] = _TO_POSTGRESQL
        if read_only:
            options["isolation_level"] = "REPEATABLE READ"
            options["execution_options"] = {"postgresql_readonly": True}
    return create_engine(url, **options)


def prepare(engine: Engine, *, read_only: bool) -> None:
    """Give a SQLite engine its pragmas and its way to begin, and PostgreSQL as much patience with a lock."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _wait_so_long)
        _ask_whether_there(engine)
        return
    engine.dialect.statement_compiler = _Hinting

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    if read_only:
        event.listen(engine, "begin", _begin_snapshot)
    else:
        _begin_in_turn(engine)


class _Hinting(SQLiteCompiler):
    """Writes what `with_hint` says of a table behind its name: SQLAlchemy leaves hints out on SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        """`INDEXED BY …`, as it was given."""
        return text


def _wait_so_long(connection: Any, record: Any) -> None:
    """Behind a lock, say of a migration, every thread of every server would wait: better to be told to come again."""
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _ask_whether_there(engine: Engine) -> None:
    """Ask a connection that was idle whether its server is still there; the pool replaces it, and all others, if not.

    SQLAlchemy's own way asks before each use: a quarter of what taking a response says to the server. Where one was
    found ended in use, those of the other engines that were used before are asked too.
    """

    @event.listens_for(engine, "handle_error")
    def handle(context: ExceptionContext) -> None:
        if context.is_disconnect:
            _lost[engine.url] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def checkout(connection: Any, record: Any, proxy: Any) -> None:
        used = record.info.get("used", math.inf)
        if used > _lost.get(engine.url, -math.inf) and time.monotonic() - used < IDLE_SECONDS:
            return
        try:
            is_there = engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            is_there = False
        if not is_there:
            raise errors.InvalidatePoolError

    @event.listens_for(engine, "checkin")
    def checkin(connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()


def _begin_snapshot(connection: Connection) -> None:
    if not connection.get_execution_options().get(_SINGLE):
        connection.exec_driver_sql("BEGIN")


def _begin_in_turn(engine: Engine) -> None:
    """Writers of all processes queue at a file lock before BEGIN IMMEDIATE, so that none starves.

    Who waited there for another that waited for the database in vain does not wait as long again.
    """
    turns = Turns(f"{engine.url.database}.lock", TURN_SECONDS)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        info, began = connection.connection._connection_record.info, time.monotonic()
        turns.take(info)
        left = max(0, round((BUSY_SECONDS - (time.monotonic() - began)) * 1000))
        if info.get("patience") != left:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {left}")
            info["patience"] = left
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "checkin", lambda connection, record: turns.leave(record.info))
    event.listen(engine, "engine_disposed", lambda engine: turns.close())


@contextmanager
def refreshing(engine: Engine) -> Iterator[Session]:
    """One transaction of the only refresher: a stable snapshot, begun after the lock is held; commits at the end.

    SQLite's write transaction is both at once. PostgreSQL takes the lock first, outside the transaction, because a
    snapshot taken before waiting would miss what the previous refresher committed.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with Session(connection) as session, session.begin():
                yield session
            return
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # the one before may have much to do
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": REFRESH_LOCK})
        connection.commit()
        try:
            connection.execution_options(isolation_level="REPEATABLE READ")
            with Session(connection) as session, session.begin():
                yield session
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": REFRESH_LOCK})
            connection.commit()
