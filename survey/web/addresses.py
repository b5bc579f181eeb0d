"""Refuses addresses that nothing of ours leads to: with a zero byte, which PostgreSQL takes in no text."""

from flask import Flask, abort, request

ZERO = "\x00"


def init_app(app: Flask) -> None:
    """Look at the path and the query string of every request before anything else does."""
    app.before_request(_refuse)


def _refuse() -> None:
    if ZERO in request.path:
        abort(404)
    if any(ZERO in name or ZERO in value for name, value in request.args.items(multi=True)):
        abort(400)
