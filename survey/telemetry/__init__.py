"""What operators learn of a running server: log lines and counters. Never an address, a device, or a client id."""

from flask import Flask

from survey.telemetry import counters, lines
from survey.telemetry.lines import JsonFormatter

__all__ = ["JsonFormatter", "init_app"]


def init_app(app: Flask) -> None:
    """Log lines as JSON, an id for every request, and, where SURVEY_METRICS_TOKEN is set, counters."""
    lines.init_app(app)
    counters.init_app(app)
