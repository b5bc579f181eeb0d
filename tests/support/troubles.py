"""Troubles between browser and application: a WSGI middleware that answers wrongly, late or not at all, as told."""

import socket
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATIENCE = 60  # seconds: a request that is held up is let go at the end of its test


class Troubles:
    """Sits before an application. `plan` names, for the next calls that send an answer, what happens to each:

    "500" and "429" are answered without the application, "lost" is taken by it and the answer is cut off, "reset" is
    cut off before it, "late" gets no answer in time; what is not planned passes, and `passed` is set. `cut`
    cuts off everything.
    """

    def __init__(self, app: Application) -> None:
        self.app = app
        self.plan: list[str] = []
        self.cut = False
        self.seen: Counter[str] = Counter()
        self.over, self.passed = Event(), Event()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any], /) -> Iterable[bytes]:
        if self.cut:
            return self._hang_up(environ)
        if environ["REQUEST_METHOD"] != "PUT":
            return self.app(environ, start)
        self.seen[environ["PATH_INFO"]] += 1
        trouble = self.plan.pop(0) if self.plan else ""
        if trouble in ("500", "429"):
            return _refuse(trouble, environ, start)
        if trouble == "late":
            self.over.wait(PATIENCE)
        if trouble == "lost":
            list(self.app(environ, lambda *args: None))
        if trouble:
            return self._hang_up(environ)
        answer = self.app(environ, start)
        self.passed.set()
        return answer

    def _hang_up(self, environ: dict[str, Any]) -> Iterable[bytes]:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return []


class Release:
    """Lets an application look like a later release: every address of a static file has another fingerprint."""

    def __init__(self, app: Application, old: str, new: str) -> None:
        self.app, self.old, self.new = app, old.encode(), new.encode()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any], /) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].replace(self.new.decode(), self.old.decode())
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        environ.pop("HTTP_IF_NONE_MATCH", None)
        said: list[Any] = []
        body = b"".join(self.app(environ, lambda *args: said.extend(args[:2])))
        body = body.replace(self.old, self.new)
        headers = [(name, value) for name, value in said[1] if name.lower() not in ("content-length", "etag")]
        start(said[0], [*headers, ("Content-Length", str(len(body)))])
        return [body]


def _refuse(status: str, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    wait = [("Retry-After", "1")] if status == "429" else []
    start(f"{status} Trouble", [("Content-Type", "application/problem+json"), ("Content-Length", "2"), *wait])
    return [b"{}"]
