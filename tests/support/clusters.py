"""PostgreSQL and Redis servers of a test's own, which it may kill, stop, fill up and copy. Never the machine's."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import postgresql
from tests.support.servers import gone

PATIENCE = 60  # seconds for what takes one


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL server: its programs, its folder and its port. Commits wait for the disk, as in production."""

    programs: Path
    folder: Path
    port: int
    environ: Mapping[str, str] = field(default_factory=dict)  # for its processes, besides the test's own

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Returns when it takes connections, after recovery where it was killed."""
        options = f"-p {self.port} -k '' -c listen_addresses=127.0.0.1 -c shared_buffers=16MB"
        self._control("-o", options, "-l", str(self.folder / "log"), "start", environ=self.environ)

    def stop(self, mode: str = "fast") -> None:
        self._control("-m", mode, "stop")

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def kill(self) -> None:
        """SIGKILL to the server and all its processes; returns when they are gone."""
        pid = self.pid
        os.kill(pid, signal.SIGSTOP)  # so that it has no new children while they are counted
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pids = [pid, *map(int, children)]
        for one in pids:
            os.kill(one, signal.SIGKILL)
        for one in pids:
            gone(one)
        # In a container nobody may collect what has ended; PostgreSQL would take it for alive.
        (self.folder / "data" / "postmaster.pid").unlink()

    def replicate(self, folder: Path) -> "Cluster":
        """A standby that follows this server by streaming, started and caught up with what there is."""
        replica = Cluster(self.programs, folder, free_port())
        _give(folder)
        source = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]
        copy = ["-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast"]
        _run([*_account(), str(self.programs / "pg_basebackup"), *source, *copy])
        replica.start()
        return replica

    def _control(self, *arguments: str, environ: Mapping[str, str] | None = None) -> None:
        command = [*_account(), str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", *arguments]
        _run(command, {**os.environ, **(environ or {})})


@contextmanager
def cluster(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A new, running cluster, in a folder of its own; stopped at the end, whatever became of it."""
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("initdb is not installed: no PostgreSQL server of one's own can be started")
    with tempfile.TemporaryDirectory(prefix="survey-cluster-", dir=folder) as made:
        one = Cluster(programs, Path(made), free_port(), environ or {})
        _give(one.folder)
        initial = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _run([*_account(), str(programs / "initdb"), "-D", f"{made}/data", *initial])
        one.start()
        try:
            yield one
        finally:
            stopped(one)


@contextmanager
def following(primary: Cluster) -> Iterator[Cluster]:
    """A streaming replica of a cluster; stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="survey-replica-") as made:
        replica = primary.replicate(Path(made))
        try:
            yield replica
        finally:
            stopped(replica)


def stopped(one: Cluster) -> None:
    """Stop it if it still runs."""
    if (one.folder / "data" / "postmaster.pid").exists():
        with suppress(subprocess.CalledProcessError):  # it was killed: its file of the process id is all that is left
            one.stop("immediate")


@dataclass(slots=True)
class Redis:
    """One Redis server, which keeps nothing."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def start(self) -> None:
        self.process = _redis(self.port)


@contextmanager
def redis() -> Iterator[Redis]:
    """A Redis server of one's own on a free port; ended at the end."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    one = Redis(port, _redis(port))
    try:
        yield one
    finally:
        one.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _redis(port: int) -> subprocess.Popen[bytes]:
    """Started, and listening: it says so on its standard output."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/")
    assert process.stdout is not None
    for line in process.stdout:
        if b"eady to accept connections" in line:
            return process
    raise AssertionError("redis-server ended by itself")


def _account() -> list[str]:
    """PostgreSQL refuses root: then it runs as the account postgres."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")


def _run(command: list[str], environ: Mapping[str, str] | None = None) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=quiet, stderr=quiet, cwd="/", timeout=PATIENCE, env=environ)
