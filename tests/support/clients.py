"""A test client whose requests share nothing with the test: each has its own application context, as in a server."""

from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class ServerLikeClient(FlaskClient):
    """Flask lets a request reuse a pushed application context, and with it the language of the request before."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request in a fresh context."""
        return Context().run(super().open, *args, **kwargs)
