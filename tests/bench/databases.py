"""Databases for benchmarks, on the disk of this checkout: a SQLite file each, and a PostgreSQL database where found."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from survey import create_app
from survey.config import ROOT, Settings
from survey.extensions import db
from tests.support import postgresql
from tests.support.databases import migrate, settings_for

VARIABLE = "SURVEY_BENCH_FOLDER"  # where two revisions that are compared find the same data
FOLDER = Path(os.environ.get(VARIABLE) or ROOT / ".cache" / "bench")
KINDS = ("sqlite", "postgresql")


@contextmanager
def empty(kind: str) -> Iterator[Settings]:
    """A migrated, empty database, gone afterwards."""
    if kind == "postgresql":
        with postgresql.server() as server, postgresql.database(server, f"survey_bench_{os.getpid()}") as url:
            _durable(url)
            migrate(url)
            yield settings_for(url)
        return
    folder = Path(FOLDER / "sqlite")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    migrate(url)
    yield settings_for(url)
    shutil.rmtree(folder, ignore_errors=True)


def _durable(url: str) -> None:
    """Let every commit wait for the disk, as in production; the databases of tests do not."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {engine.url.database} SET synchronous_commit = on"))
    engine.dispose()


@contextmanager
def application(settings: Settings) -> Iterator[Flask]:
    """The application on a database, its context pushed, its engines closed at the end."""
    app = create_app(settings)
    app.testing = True
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()
