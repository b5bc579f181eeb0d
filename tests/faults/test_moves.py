"""Into partitions while answers come: by the migration itself, or, for many millions, by a server that follows."""

from random import Random
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine

from survey import create_app
from survey.config import ROOT, Settings
from survey.domain.points import PointKind
from survey.extensions import db, writing
from survey.services import points
from tests.faults import load
from tests.faults.conftest import Closing
from tests.faults.load import Load, Step, answers
from tests.support import clusters, places
from tests.support.clusters import Cluster
from tests.support.databases import migrate, settings_for
from tests.support.places import World
from tests.support.servers import serving

BEFORE, PARTITIONS = "0015", "0016"
POLLS = 20_000  # each asks once: it needs a few hundred
# Every table but the one that names the migration: the two servers differ in it.
PUBLISHED = (
    """SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"""
)
NUMBERS = """SELECT format(
'SELECT setval(%%L, coalesce(max(%%I), 0) + 1, false) FROM %%I', s.oid::regclass, attname, t.relname)
FROM pg_depend JOIN pg_class s ON s.oid = objid AND s.relkind = 'S' JOIN pg_class t ON t.oid = refobjid
JOIN pg_attribute a ON a.attrelid = refobjid AND a.attnum = refobjsubid"""


def back(url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url)
    command.downgrade(config, BEFORE)


@pytest.mark.long
def test_the_step_into_partitions_and_back_while_serving_is_at_most_come_again(
    own_cluster: Cluster, on_cluster: tuple[Settings, World], close_account: Closing
) -> None:
    settings, world = on_cluster
    all_sent = answers(settings, world, 400)
    url = own_cluster.url
    with serving(url, settings.secret_key, WORKERS="2") as server:
        steps = [Step("acknowledged", 100, lambda: back(url)), Step("acknowledged", 250, lambda: migrate(url))]
        account = Load([server.url], steps).run(all_sent)
        assert len(account.acknowledged) == len(all_sent)
        close_account("into partitions and back while serving", account, all_sent, [server.url])


@pytest.mark.long
def test_a_second_server_follows_into_partitions_and_takes_over_with_all_that_was_acknowledged(
    close_account: Closing,
) -> None:
    """The old server is at the migration before and takes answers while the new one copies and follows."""
    with clusters.cluster() as old, clusters.cluster() as new:
        migrate(old.url, BEFORE)
        say(old, "ALTER SYSTEM SET wal_level = logical")
        old.restart()
        migrate(new.url, PARTITIONS)
        settings = settings_for(old.url)
        with create_app(settings).app_context():
            with writing() as session:
                world = places.build(session)
            all_sent = answers(settings, world, 200)
            with serving(old.url, settings.secret_key, WORKERS="2") as server:
                steps = [Step("acknowledged", 60, lambda: follow(old, new))]
                account = Load([server.url], steps).run(all_sent)
            followed(old, new)
            take_over(new)
            dispose()
        with create_app(settings_for(new.url)).app_context():
            assert account.acknowledged == load.found()
            with writing() as session:
                key = world.version.key
                points.create(session, places.WARD, PointKind.POSTER, "", key, Random(3))  # it gets a new number
            with serving(new.url, settings.secret_key, WORKERS="2") as server:
                close_account("a second server follows and takes over", account, all_sent, [server.url])
            dispose()


def follow(old: Cluster, new: Cluster) -> None:
    """What survey/docs/operations.md says."""
    say(old, f"CREATE PUBLICATION survey FOR TABLE {', '.join(say(old, PUBLISHED))}")
    source = f"host=127.0.0.1 port={old.port} user=postgres dbname=postgres"
    say(new, f"CREATE SUBSCRIPTION survey CONNECTION '{source}' PUBLICATION survey")


def followed(old: Cluster, new: Cluster) -> None:
    """Wait until every table is copied and the new server has confirmed all that the old one has written by now."""
    position = say(old, "SELECT pg_current_wal_lsn()::text")[0]
    for _ in range(POLLS):
        copied = say(new, "SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'") == [0]
        there = (
            f"SELECT bool_or(confirmed_flush_lsn >= '{position}') FROM pg_replication_slots WHERE slot_name = 'survey'"
        )
        if copied and say(old, there) == [True]:
            return
    raise AssertionError("the second server does not follow")


def take_over(new: Cluster) -> None:
    """It follows no more, and numbers go on after the last one of each table."""
    say(new, "DROP SUBSCRIPTION survey")
    for statement in say(new, NUMBERS):
        say(new, statement)


def say(cluster: Cluster, statement: str) -> list[Any]:
    """A statement to a server, and the first column of what it answers."""
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        result = connection.exec_driver_sql(statement)
        return list(result.scalars()) if result.returns_rows else []


def dispose() -> None:
    for engine in db.engines.values():
        engine.dispose()
