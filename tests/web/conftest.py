"""Two worlds on SQLite, each built once and copied for each test that asks for it: one with answers, a city to rank."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import time_machine
from flask import Flask

from survey import create_app
from survey.extensions import db
from tests.support import answers, standings
from tests.support.answers import Answered
from tests.support.clients import ServerLikeClient
from tests.support.databases import settings_for
from tests.support.pages import Browser
from tests.support.places import NOW
from tests.support.staff import signed_in
from tests.support.standings import Standing

World = TypeVar("World")


@dataclass(frozen=True)
class Built:
    """The database file, and what is in it."""

    path: Path
    standing: Standing


@dataclass(frozen=True)
class BuiltAnswers:
    """The database file of the small world with answers, and what is in it."""

    path: Path
    answered: Answered


@pytest.fixture(scope="session")
def built_answers(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltAnswers:
    path = tmp_path_factory.mktemp("answers") / "answers.sqlite3"
    return BuiltAnswers(path, _built(path, sqlite_template, answers.build))


@pytest.fixture
def answered_city(built_answers: BuiltAnswers, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Flask]:
    """An application on a copy of the small world with answers."""
    yield from _copied(built_answers.path, tmp_path / "answers.sqlite3")


@pytest.fixture(scope="session")
def built_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = tmp_path_factory.mktemp("city") / "city.sqlite3"
    return Built(path, _built(path, sqlite_template, standings.build))


@pytest.fixture
def standing(built_city: Built) -> Standing:
    """What the city holds."""
    return built_city.standing


@pytest.fixture
def city(built_city: Built, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Flask]:
    """An application on a copy of the city, on SQLite."""
    yield from _copied(built_city.path, tmp_path / "city.sqlite3")


@pytest.fixture
def reader(city: Flask) -> Browser:
    """A browser signed in with the city's account."""
    return signed_in(city)


def _built(path: Path, template: Path, build: Callable[[], World]) -> World:
    """Build a world in a fresh file."""
    shutil.copy(template, path)
    app = create_app(settings_for(f"sqlite:///{path}"))
    with time_machine.travel(NOW, tick=False), app.app_context():
        found = build()
        for engine in db.engines.values():
            engine.dispose()
    return found


def _copied(source: Path, path: Path) -> Iterator[Flask]:
    shutil.copy(source, path)
    app = create_app(settings_for(f"sqlite:///{path}"))
    app.testing = True
    app.test_client_class = ServerLikeClient
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()
