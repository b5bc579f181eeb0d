"""Flask extensions, made here and bound in `init_app`; and the only two ways to a database session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask, current_app
from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from survey import database
from survey.gathering import Gathering

T = TypeVar("T")


class Engines:
    """The database engines of the current application, by name.

    Not Flask-SQLAlchemy-Lite: it ends every request with an asynchronous clean-up that starts a thread, a third of
    the time that taking a response needs, and of all that it does we need only this.
    """

    def init_app(self, app: Flask, engines: dict[str, Engine]) -> None:
        app.extensions["engines"] = engines
        is_sqlite = engines[database.WRITE].dialect.name == "sqlite"
        app.extensions["gathering"] = Gathering(writing) if is_sqlite else None

    @property
    def engines(self) -> dict[str, Engine]:
        found: dict[str, Engine] = current_app.extensions["engines"]
        return found

    def get_engine(self, name: str = database.WRITE) -> Engine:
        return self.engines[name]


db = Engines()
babel = Babel()
csrf = CSRFProtect()
login = LoginManager()
# No default limits and no address as key: a whole hall shares one address (DESIGN §2). Without Redis each process
# counts for itself; of several requests that notice it together, all but the first pass unlimited instead of failing.
limiter = Limiter(key_func=lambda: "", headers_enabled=False, in_memory_fallback_enabled=True, swallow_errors=True)


def init_app(app: Flask) -> None:
    """Bind every extension to the application."""
    settings = app.config["SETTINGS"]
    db.init_app(app, database.engines(settings.database_url, settings.report_database_url))
    csrf.init_app(app)
    login.init_app(app)
    limiter.init_app(app)


@contextmanager
def writing() -> Iterator[Session]:
    """A write transaction: commits when the block ends, rolls back when it raises. Services never commit."""
    with Session(db.get_engine(database.WRITE), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: str = database.READ) -> Iterator[Session]:
    """One snapshot to read from; writing in it is refused by the database."""
    with Session(db.get_engine(engine)) as session, session.begin():
        yield session


@contextmanager
def glancing() -> Iterator[Session]:
    """Statements that each see what is stored by then: for what one of them tells, or what does not change."""
    with Session(db.get_engine(database.GLANCE)) as session:
        yield session


def write_together(job: Callable[[Session], T]) -> T:
    """What the job returns, after the commit of its writes. It is called by any thread, perhaps twice.

    On SQLite together with those of others who wait; PostgreSQL itself lets them wait for the disk together.
    """
    gathering: Gathering | None = current_app.extensions["gathering"]
    if gathering is not None:
        return gathering.write(job)
    with writing() as session:
        return job(session)


@contextmanager
def at_once() -> Iterator[Connection | None]:
    """A connection whose single statements are committed as they come; None on SQLite, where turns are taken."""
    if database.AT_ONCE not in db.engines:
        yield None
        return
    with db.get_engine(database.AT_ONCE).connect() as connection:
        yield connection


@contextmanager
def refreshing() -> Iterator[Session]:
    """The transaction of the only refresher of tallies."""
    with database.refreshing(db.get_engine(database.WRITE)) as session:
        yield session


def close() -> None:
    """Close every pooled connection: before another program takes this process over."""
    for engine in db.engines.values():
        engine.dispose()
