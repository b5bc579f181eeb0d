"""The real server in processes of its own, as `make run` starts it, on a free port and a database of the test."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from survey.config import ROOT

PATIENCE = 60  # seconds for something that takes one: only a broken server comes near
_LOADED = "takes requests"  # of each worker; who asks before waits as long as it loads, on a busy machine half a minute
_LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, the id of its first process, and the lines of its log as they come."""

    port: int
    pid: int
    lines: SimpleQueue[str] = field(compare=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def children(self) -> list[int]:
        """The ids of its workers and of its refresher."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def says(self, pattern: str) -> str:
        """Wait for a line of the log; fails when it does not come."""
        said = []
        while True:
            try:
                said.append(self.lines.get(timeout=PATIENCE))
            except Empty:
                raise AssertionError(f"{pattern} was not said, but: {''.join(said)}") from None
            if re.search(pattern, said[-1]):
                return said[-1]

    def kill(self) -> None:
        """SIGKILL to every process at once, as a power cut would; returns when all are gone."""
        pids = [self.pid, *self.children]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        for pid in pids:
            gone(pid)


@contextmanager
def serving(url: str, secret: str, **environ: str) -> Iterator[Server]:
    """A server on the database at `url`, without limits and without a refresher; stopped at the end."""
    settings = {
        "SURVEY_DATABASE_URL": url,
        "SURVEY_REPORT_DATABASE_URL": url,
        "SURVEY_SECRET_KEY": secret,
        "SURVEY_POINT_LIMIT": "0",
        "SURVEY_TICKET_LIMIT": "0",
        "PORT": "0",
        "REFRESH_SECONDS": "0",
    }
    command = [str(Path(sys.executable).parent / "gunicorn"), "app:app", "--log-level", "info"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings, **environ}, stderr=subprocess.PIPE, text=True
    ) as process:
        lines: SimpleQueue[str] = SimpleQueue()
        Thread(target=_drain, args=(process, lines), daemon=True).start()
        server = Server(0, process.pid, lines)
        try:
            found = _LISTENING.search(server.says(_LISTENING.pattern))
            assert found is not None
            if _LOADED in (ROOT / "gunicorn.conf.py").read_text():  # not yet in revisions that `make bench` compares
                for _ in range(int(environ.get("WORKERS", "2"))):
                    server.says(_LOADED)
            yield Server(int(found[1]), process.pid, lines)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def gone(pid: int) -> None:
    """Wait until a process has ended; fails when it does not."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([descriptor], [], [], PATIENCE)
        assert ended, f"process {pid} lives on"
    finally:
        os.close(descriptor)


def _drain(process: subprocess.Popen[str], lines: SimpleQueue[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        lines.put(line)
