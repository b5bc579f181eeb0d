"""Tells every template whether the figures are made up, so that its footer says so."""

import time

from flask import Flask, current_app

from survey.extensions import reading
from survey.queries import demonstration

# A real database is asked again now and then, because demonstration data may be loaded while the server runs.
ASK_AGAIN_SECONDS = 60
_KEY = "survey.demonstration"


def init_app(app: Flask) -> None:
    """Give templates `demonstration()`, true when the database holds demonstration data."""
    app.extensions[_KEY] = _Answer()
    app.context_processor(lambda: {"demonstration": is_demonstration})


class _Answer:
    """What this process knows: true stays true, false holds for a while."""

    loaded = False
    until = float("-inf")


def is_demonstration() -> bool:
    """Whether the database holds demonstration data. An error page is shown also without a database."""
    known: _Answer = current_app.extensions[_KEY]
    if not known.loaded and time.monotonic() >= known.until:
        with reading() as session:
            answer = demonstration.is_loaded(session)
        if answer is not None:
            known.loaded, known.until = answer, time.monotonic() + ASK_AGAIN_SECONDS
    return known.loaded
