"""A server with something to attack, and somebody signed in who tries."""

import pytest
from flask import Flask

from survey.domain.access import Role
from tests.support import calls
from tests.support.pages import Browser
from tests.support.places import CITY, WARD, World
from tests.support.staff import account, signed_in


@pytest.fixture
def attacked(app: Flask, world: World) -> World:
    """The small world with a manager of the city and a token of a ward."""
    account(world, CITY, role=Role.MANAGER)
    calls.give_token(WARD)
    app.testing = False  # as a server answers: an error inside is a 500, not a failing test
    return world


@pytest.fixture
def browser(app: Flask, attacked: World) -> Browser:
    """That manager's browser."""
    return signed_in(app)
