"""Refuses addresses that nothing of ours leads to, which a database would answer with an error.

PostgreSQL takes a zero byte in no text, and neither database a number that is longer than its column.
"""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

ZERO = "\x00"
LARGEST = 2**31 - 1  # of an id


class Number(IntegerConverter):
    """A number in a path, as `<int:…>`: what can be no id finds no route."""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value)
        if number > LARGEST:
            raise ValidationError
        return number


def init_app(app: Flask) -> None:
    """Look at the path and the query string of every request before anything else does. Comes before the routes."""
    app.url_map.converters["int"] = Number
    app.before_request(_refuse)


def _refuse() -> None:
    if ZERO in request.path:
        abort(404)
    if any(ZERO in name or ZERO in value for name, value in request.args.items(multi=True)):
        abort(400)
