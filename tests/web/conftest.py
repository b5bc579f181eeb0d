"""A city to rank and compare, built once and copied for each test that asks for it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from survey import create_app
from survey.extensions import db
from tests.support import standings
from tests.support.clients import ServerLikeClient
from tests.support.databases import settings_for
from tests.support.pages import Browser
from tests.support.places import NOW
from tests.support.staff import signed_in
from tests.support.standings import Standing


@dataclass(frozen=True)
class Built:
    """The database file, and what is in it."""

    path: Path
    standing: Standing


@pytest.fixture(scope="session")
def built_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = tmp_path_factory.mktemp("city") / "city.sqlite3"
    shutil.copy(sqlite_template, path)
    app = create_app(settings_for(f"sqlite:///{path}"))
    with time_machine.travel(NOW, tick=False), app.app_context():
        standing = standings.build()
        for engine in db.engines.values():
            engine.dispose()
    return Built(path, standing)


@pytest.fixture
def standing(built_city: Built) -> Standing:
    """What the city holds."""
    return built_city.standing


@pytest.fixture
def city(built_city: Built, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Flask]:
    """An application on a copy of the city, on SQLite."""
    path = tmp_path / "city.sqlite3"
    shutil.copy(built_city.path, path)
    app = create_app(settings_for(f"sqlite:///{path}"))
    app.testing = True
    app.test_client_class = ServerLikeClient
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def reader(city: Flask) -> Browser:
    """A browser signed in with the city's account."""
    return signed_in(city)
