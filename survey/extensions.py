"""Flask extensions, made here and bound in `init_app`; and the only two ways to a database session."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from survey import database

db = SQLAlchemy()
babel = Babel()
csrf = CSRFProtect()
login = LoginManager()
# No default limits and no address as key: a whole hall shares one address (DESIGN §2).
limiter = Limiter(key_func=lambda: "", headers_enabled=False, in_memory_fallback_enabled=True)


def init_app(app: Flask) -> None:
    """Bind every extension to the application."""
    db.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    limiter.init_app(app)
    with app.app_context():
        for name, engine in db.engines.items():
            database.prepare(engine, read_only=name != database.WRITE)


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
def refreshing() -> Iterator[Session]:
    """The transaction of the only refresher of tallies."""
    with database.refreshing(db.get_engine(database.WRITE)) as session:
        yield session


def close() -> None:
    """Close every pooled connection: before another program takes this process over."""
    for engine in db.engines.values():
        engine.dispose()
