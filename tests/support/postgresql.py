"""A PostgreSQL server for the tests: one that is named or found running, else one of our own, else a reason to skip."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

FOUND = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


@contextmanager
def server() -> Iterator[str]:
    """The address of a server's maintenance database."""
    named = os.environ.get("SURVEY_TEST_POSTGRESQL_URL")
    if named:
        yield named
    elif _answers(FOUND):
        yield FOUND
    elif found := programs():
        with _own(found) as url:
            yield url
    elif os.environ.get("CI") == "true":
        pytest.fail("no PostgreSQL server at 127.0.0.1:5432, and initdb is not installed")
    else:
        pytest.skip("no PostgreSQL server at 127.0.0.1:5432, and initdb is not installed")


@contextmanager
def database(server_url: str, name: str) -> Iterator[str]:
    """A new database on the server, dropped at the end."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        # No test cuts the server's power, and those that kill it wait for their own settings.
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        yield engine.url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


def _answers(url: str) -> bool:
    engine = create_engine(url, connect_args={"connect_timeout": 2})
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders = [Path(found).resolve().parent] if found else debian  # the others lie where a link on the path leads
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def _own(folder_of_programs: Path) -> Iterator[str]:
    """A server of our own on a free port; as root it runs as the account postgres, because it refuses root."""
    account = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="survey-postgresql-") as folder:
        if account:
            shutil.chown(folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data, options = f"{folder}/data", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _run([*account, str(folder_of_programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        control = [*account, str(folder_of_programs / "pg_ctl"), "-D", data, "-w"]
        _run([*control, "-o", options, "-l", f"{folder}/log", "start"])
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
