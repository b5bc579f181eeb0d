"""What holds the answers breaks: power cut, locked database, migration, two refreshers, replica behind."""

import fcntl
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event
from uuid import UUID

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import create_engine, func, select

from survey import create_app
from survey.config import Settings
from survey.database import REPORT
from survey.extensions import db, reading, refreshing, writing
from survey.models import Response
from survey.services import tallies
from tests.faults import ledger, load
from tests.faults.conftest import Closing
from tests.faults.ledger import Line
from tests.faults.load import Load, Step, answers
from tests.support import clusters, places
from tests.support.clusters import Cluster
from tests.support.databases import settings_for
from tests.support.places import World
from tests.support.servers import Server, serving

COPIES = 12


def on_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


class PowerCuts:
    """Copies of the files as a power cut would leave them: every process of the server stands still meanwhile."""

    def __init__(self, server: Server, account: load.Account, database: Path, folder: Path) -> None:
        self.server, self.account, self.database, self.folder = server, account, database, folder
        self.copies: list[tuple[Path, set[UUID]]] = []

    def cut(self) -> None:
        acknowledged = set(self.account.acknowledged)
        pids = [self.server.pid, *self.server.children]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            copy = self.folder / f"{len(self.copies)}.sqlite3"
            for ending in ("", "-wal"):
                shutil.copy(f"{self.database}{ending}", f"{copy}{ending}")
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
        self.copies.append((copy, acknowledged))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_power_cut_of_sqlite_leaves_every_acknowledged_answer(
    settings: Settings, world: World, tmp_path: Path, close_account: Closing
) -> None:
    all_sent = answers(settings, world, 250)
    moments = sorted(Random(3).sample(range(20, 240), COPIES))
    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server:
        clients = Load([server.url])
        cuts = PowerCuts(server, clients.account, Path(settings.database_url.removeprefix("sqlite:///")), tmp_path)
        clients.steps.extend(Step("acknowledged", moment, cuts.cut) for moment in moments)
        account = clients.run(all_sent)
        close_account("power cut: 12 copies of the files", account, all_sent, [server.url])
    for copy, acknowledged in cuts.copies:
        engine = create_engine(f"sqlite:///{copy}")
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert acknowledged <= set(connection.scalars(select(Response.client_id)))
        engine.dispose()
    assert len({len(acknowledged) for _, acknowledged in cuts.copies}) > COPIES // 2


@pytest.mark.long
def test_two_refreshers_at_once_count_each_answer_once(
    settings: Settings, world: World, close_account: Closing
) -> None:
    all_sent = answers(settings, world, 200)
    over = Event()

    def refresh(app: Flask) -> int:
        rounds = 0
        with app.app_context():
            while not over.is_set() or not rounds:
                with refreshing() as session:
                    tallies.refresh(session)
                rounds += 1
            for engine in db.engines.values():
                engine.dispose()
        return rounds

    with (
        serving(settings.database_url, settings.secret_key, WORKERS="2") as server,
        ThreadPoolExecutor(2) as pool,
    ):
        refreshers = [pool.submit(refresh, create_app(settings)) for _ in range(2)]
        account = Load([server.url], [Step("acknowledged", 190, over.set)], clients=4).run(all_sent)
        assert all(refresher.result() > 0 for refresher in refreshers)
        close_account("two refreshers at once", account, all_sent, [server.url])


@pytest.mark.long
def test_a_locked_database_sends_everybody_away_and_goes_on(
    settings: Settings, world: World, close_account: Closing
) -> None:
    """Locked until eight were told to come again: as long as the server's patience, 10 s."""
    all_sent = answers(settings, world, 120)
    engine = create_engine(settings.database_url)
    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server, engine.connect() as holder:

        def lock() -> None:
            """Some other program's lock; on SQLite it takes its turn once, because it would never get one otherwise."""
            if not on_sqlite(settings):
                holder.exec_driver_sql("LOCK TABLE response IN ACCESS EXCLUSIVE MODE")
                return
            with open(f"{engine.url.database}.lock", "rb") as turns:
                fcntl.flock(turns, fcntl.LOCK_EX)
                holder.exec_driver_sql("BEGIN IMMEDIATE")

        steps = [Step("acknowledged", 40, lock), Step("refused", 8, holder.rollback)]
        account = Load([server.url], steps).run(all_sent)
        close_account("database locked", account, all_sent, [server.url])
    engine.dispose()


@pytest.mark.long
def test_a_migration_while_serving_is_at_most_come_again(
    settings: Settings, world: World, close_account: Closing
) -> None:
    """A column and an index more on the table that is written to, in one transaction, as a migration has it."""
    all_sent = answers(settings, world, 300)
    engine = create_engine(settings.database_url)

    def change() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE response ADD COLUMN later INTEGER")
            connection.exec_driver_sql("CREATE INDEX ix_later ON response (unit_id, later)")

    def change_back() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX ix_later")
            connection.exec_driver_sql("ALTER TABLE response DROP COLUMN later")

    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server:
        steps = [Step("acknowledged", 60, change), Step("acknowledged", 180, change_back)]
        account = Load([server.url], steps).run(all_sent)
        close_account("migration while serving", account, all_sent, [server.url])
    engine.dispose()


@pytest.mark.long
def test_a_replica_that_is_behind_shows_less_but_nothing_wrong_and_catches_up(own_cluster: Cluster) -> None:
    """Three servers write to the primary, reports read the replica, limits are counted in Redis."""
    with clusters.following(own_cluster) as replica, clusters.redis() as redis:
        limits = {"SURVEY_REDIS_URL": redis.url, "SURVEY_POINT_LIMIT": "100000", "SURVEY_TICKET_LIMIT": "100000"}
        url = own_cluster.url
        settings = Settings(load_secret(), url, replica.url, point_limit=0, ticket_limit=0)
        with create_app(settings).app_context():
            with writing() as session:
                world = places.build(session)
            all_sent = answers(settings, world, 300)
            operator = create_engine(replica.url, isolation_level="AUTOCOMMIT").connect()

            def pause() -> None:
                operator.exec_driver_sql("SELECT pg_wal_replay_pause()")

            reports = {"SURVEY_REPORT_DATABASE_URL": replica.url, **limits}
            with (
                serving(url, settings.secret_key, WORKERS="1", **reports) as one,
                serving(url, settings.secret_key, WORKERS="1", **reports) as two,
                serving(url, settings.secret_key, WORKERS="1", **reports) as three,
            ):
                urls = [one.url, two.url, three.url]
                account = Load(urls, [Step("acknowledged", 100, pause)]).run(all_sent)
                assert len(account.acknowledged) == len(all_sent)
                assert counters(redis.url) > 0
                behind = replicated()
                assert 50 <= behind < len(all_sent)
                operator.exec_driver_sql("SELECT pg_wal_replay_resume()")
                assert load.is_exact(all_sent)
                caught_up(own_cluster, operator)
                assert replicated() == len(all_sent)
                ledger.LINES.append(
                    Line("3 servers, Redis, replica behind", "PostgreSQL", 300, 300, 0, 0, behind, replicated())
                )
            operator.close()
            for engine in db.engines.values():
                engine.dispose()


def load_secret() -> str:
    return settings_for("sqlite:///x").secret_key


def counters(url: str) -> int:
    """How many limits are being counted in Redis."""
    with Redis.from_url(url) as client:
        return sum(1 for _ in client.scan_iter("LIMITS*"))


def replicated() -> int:
    with reading(REPORT) as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def caught_up(primary: Cluster, operator: object) -> None:
    """Wait until the replica has replayed what the primary has written by now."""
    engine = create_engine(primary.url)
    with engine.connect() as connection:
        position = connection.exec_driver_sql("SELECT pg_current_wal_flush_lsn()::text").scalar()
    engine.dispose()
    for _ in range(10_000):  # each asks the replica once: it needs a few
        done = operator.exec_driver_sql(f"SELECT pg_last_wal_replay_lsn() >= '{position}'").scalar()  # type: ignore[attr-defined]
        if done:
            return
    raise AssertionError("the replica does not follow")
