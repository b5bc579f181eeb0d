"""The disk is full, or slow: nothing that was acknowledged is lost, and it goes on by itself as soon as it can."""

from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from survey import create_app
from survey.extensions import db, writing
from tests.faults.conftest import Closing
from tests.faults.load import Act, Load, Step, answers
from tests.support import clusters, disks, places
from tests.support.databases import migrate, settings_for
from tests.support.servers import gone, serving

ROOM = {"SQLite": 24, "PostgreSQL": 160}  # MB of the small disk
SLOWNESS = 100  # ms that each flush waits: a disk as a worn card or a crowded network storage has it
FLUSHES = 8  # at least so many had to wait: both databases flush once for several answers that wait together


@pytest.mark.long
def test_a_full_disk_takes_nothing_and_forgets_nothing(close_account: Closing) -> None:
    with disks.small(ROOM["SQLite"]) as disk:
        url = f"sqlite:///{disk.folder / 'survey.sqlite3'}"
        migrate(url)
        full(url, (disk.fill, disk.free), "disk full", close_account)


@pytest.mark.long
def test_a_full_disk_under_postgresql_takes_nothing_and_forgets_nothing(close_account: Closing) -> None:
    """Its tables find no room: each answer is refused by itself, and the server stays up."""
    with disks.small(ROOM["PostgreSQL"]) as disk, clusters.cluster(disk.folder) as cluster:
        migrate(cluster.url)
        full(cluster.url, (disk.fill, disk.free), "disk full", close_account)


@pytest.mark.long
def test_postgresql_whose_log_finds_no_room_stops_itself_and_has_all_when_it_is_started(close_account: Closing) -> None:
    """What a service manager does is done by the test once there is room: nothing of the application is touched."""
    with disks.small(ROOM["PostgreSQL"]) as disk, clusters.cluster(disk.folder) as cluster:
        migrate(cluster.url)
        pid = cluster.pid

        def fill() -> None:
            disk.fill()
            with suppress(OperationalError), create_engine(cluster.url).connect() as operator:
                operator.exec_driver_sql("SELECT pg_switch_wal()")  # the next file of the log is not there
                operator.commit()

        def free() -> None:
            gone(pid)  # by its own decision
            disk.free()
            cluster.start()

        full(cluster.url, (fill, free), "disk full for PostgreSQL's log, then started", close_account)


def full(url: str, acts: tuple[Act, Act], fault: str, close_account: Closing) -> None:
    """Fill the disk in the middle of load, and make room once many were refused."""
    fill, free = acts
    settings = settings_for(url)
    with create_app(settings).app_context():
        with writing() as session:
            world = places.build(session)
        all_sent = answers(settings, world, 400)
        with serving(url, settings.secret_key, WORKERS="2") as server:
            account = Load([server.url], [Step("acknowledged", 60, fill), Step("refused", 60, free)]).run(all_sent)
            assert len(account.acknowledged) == len(all_sent)
            close_account(fault, account, all_sent, [server.url])
        for engine in db.engines.values():
            engine.dispose()


@pytest.mark.long
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_slow_disk_makes_it_slow_and_nothing_else(kind: str, tmp_path: Path, close_account: Closing) -> None:
    """Every flush of the process that writes waits, for as long as the middle third of the answers takes."""
    with disks.slow() as disk, ExitStack() as stack:
        url, environ = f"sqlite:///{tmp_path / 'survey.sqlite3'}", disk.environ
        if kind == "PostgreSQL":
            url, environ = stack.enter_context(clusters.cluster(environ=environ)).url, {}
        migrate(url)
        settings = settings_for(url)
        with create_app(settings).app_context():
            with writing() as session:
                world = places.build(session)
            all_sent = answers(settings, world, 180)
            steps = [
                Step("acknowledged", 60, lambda: disk.slow(SLOWNESS)),
                Step("acknowledged", 120, lambda: disk.slow(0)),
            ]
            with serving(url, settings.secret_key, WORKERS="2", **environ) as server:
                account = Load([server.url], steps).run(all_sent)
                assert account.statuses == {201: len(all_sent)}
                assert disk.delayed >= FLUSHES
                close_account(f"slow disk: each flush waits {SLOWNESS} ms", account, all_sent, [server.url])
            for engine in db.engines.values():
                engine.dispose()
