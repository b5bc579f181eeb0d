"""The real server in processes of its own, as `make run` starts it, on a free port and a database of the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from survey.config import ROOT

PATIENCE = 60  # seconds for something that takes one: only a broken server comes near


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port and the id of its first process."""

    port: int
    pid: int

    @property
    def children(self) -> list[int]:
        """The ids of its workers and of its refresher."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]


@contextmanager
def serving(url: str, secret: str, **environ: str) -> Iterator[Server]:
    """A server on the database at `url`; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": secret, "PORT": str(port), "REFRESH_SECONDS": "0"}
    command = [str(Path(sys.executable).parent / "gunicorn"), "app:app"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings, **environ})
    try:
        eventually(lambda: process.poll() is not None or _answers(port))
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds; fails when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
