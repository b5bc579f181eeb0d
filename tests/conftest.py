"""Fixtures of the whole suite: a migrated database of each kind, an application on it, and a fixed present."""

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, create_engine

from survey import create_app
from survey.config import Settings
from survey.extensions import db, limiter, writing
from survey.models import Base
from tests.support import places, postgresql, shards, templates
from tests.support.clients import ServerLikeClient
from tests.support.databases import migrate, settings_for
from tests.support.places import NOW, World

BACKENDS = ("sqlite", "postgresql")
_TABLES = [table.name for table in reversed(Base.metadata.sorted_tables)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file; every test gets its own copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A migrated PostgreSQL database of this test process, dropped at the end."""
    with postgresql.server() as server, postgresql.database(server, f"survey_test_{os.getpid()}") as url:
        migrate(url)
        # The suite with the hot tables on two other databases: survey/docs/scale.md says what does not work there.
        with shards.spread(url) if os.environ.get("SURVEY_TEST_SHARDS") else nullcontext():
            yield url


@pytest.fixture(scope="session")
def postgresql_cleaner(postgresql_url: str) -> Iterator[Engine]:
    """One connection for all tests: it knows every table and partition already, a new one would read about each."""
    engine = create_engine(postgresql_url, pool_pre_ping=True)
    yield engine
    engine.dispose()


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with an empty, migrated database: each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "survey.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return settings_for(f"sqlite:///{path}")
    url: str = request.getfixturevalue("postgresql_url")
    with request.getfixturevalue("postgresql_cleaner").begin() as connection:
        # Without triggers and foreign keys: what is frozen goes too. Ten times as fast as TRUNCATE of empty tables.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{name}"' for name in _TABLES))
    return settings_for(url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application on that database, with its context pushed."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = ServerLikeClient
    templates.share(app)
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stops the clock at a fixed present, a Tuesday morning in Hà Nội; a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    """The small world in that database, and no limit used up by the test before."""
    limiter.reset()
    with writing() as session:
        return places.build(session)
