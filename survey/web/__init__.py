"""The pages and the API. A view does four things: who may, parse, one call, answer."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every blueprint."""
