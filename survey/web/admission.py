"""How many requests a process takes up at once, how many may wait, and that all others are told to come again at once.

Without it a server that is asked for more than it can do answers everybody too late, also whom it could have served.
"""

from collections.abc import Callable, Iterable
from threading import Lock, Semaphore
from typing import Any

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from survey.web import errors

UNCOUNTED = ("/static/", "/healthz", "/readyz", "/metrics")  # cheap, or asked by who has to know
Start = Callable[..., Any]


class Gate:
    """Stands before an application; a WSGI application itself. A request is inside until its answer is closed.

    `at_work` are served at once, `places` may be inside; the process needs more threads than that, to refuse with.
    """

    def __init__(self, app: Flask, at_work: int, places: int) -> None:
        self.app, self.places = app, places
        self.desks, self.counting, self.inside = Semaphore(at_work), Lock(), 0

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(UNCOUNTED):
            return self.app(environ, start)
        with self.counting:
            is_full = self.inside >= self.places
            self.inside += not is_full
        return self._refuse(environ, start) if is_full else self._serve(environ, start)

    def _serve(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.desks.acquire()
        try:
            answer = self.app(environ, start)
        except BaseException:
            self._leave()
            raise
        return ClosingIterator(answer, self._leave)

    def _leave(self) -> None:
        self.desks.release()
        with self.counting:
            self.inside -= 1

    def _refuse(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        with self.app.request_context(environ):
            return self.app.process_response(errors.unavailable())(environ, start)
