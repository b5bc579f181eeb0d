"""Back to a moment between two backups, as survey/docs/operations.md describes it for PostgreSQL."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support import clusters
from tests.support.clusters import Cluster
from tests.support.databases import migrate
from tests.support.postgresql import programs


@pytest.fixture
def primary() -> Iterator[Cluster]:
    with clusters.cluster() as one:
        yield one


def run(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(cluster.database("survey_kept"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        found = connection.execute(text(statement))
        rows = [tuple(row) for row in found] if found.returns_rows else []
    engine.dispose()
    return rows


def make(cluster: Cluster) -> None:
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE survey_kept ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()


def answers(cluster: Cluster) -> int:
    ((count,),) = run(cluster, "SELECT count(*) FROM pending")
    assert isinstance(count, int)
    return count


def take(cluster: Cluster, number: int) -> None:
    for _ in range(number):  # each a commit of its own, as an answer is
        run(cluster, "INSERT INTO pending (unit_id, client_id, day) VALUES (1, gen_random_uuid(), '2026-10-05')")


def test_a_database_comes_back_to_the_second_before_a_mistake(primary: Cluster) -> None:
    archive = primary.folder / "archive"
    archive.mkdir()
    if clusters._account():
        shutil.chown(archive, "postgres")
    with (primary.folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write(f"archive_mode = on\narchive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'\n")
    primary.restart()
    make(primary)
    migrate(primary.database("survey_kept"))
    take(primary, 5)
    base = base_backup(primary)
    take(primary, 7)
    ((moment,),) = run(primary, "SELECT clock_timestamp()::text")
    run(primary, "DELETE FROM pending")
    run(primary, "SELECT pg_switch_wal()")
    assert answers(primary) == 0
    primary.stop()  # archives what is left
    restored = Cluster(primary.programs, base, clusters.free_port())
    with (base / "data" / "postgresql.conf").open("a") as settings:
        settings.write(
            f"archive_mode = off\nrestore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
            "recovery_target_action = 'promote'\n"
        )
    (base / "data" / "recovery.signal").touch()
    try:
        restored.start()
        assert answers(restored) == 12, "all that was acknowledged before the mistake, the archive's among them"
    finally:
        clusters.stopped(restored)


def base_backup(primary: Cluster) -> Path:
    """A copy of the running server, beside its own folder."""
    found = programs()
    assert found is not None
    base = primary.folder / "base"
    base.mkdir()
    if clusters._account():
        shutil.chown(base, "postgres")
    source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"]
    command = [*clusters._account(), str(found / "pg_basebackup"), *source, "-D", str(base / "data"), "-c", "fast"]
    subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=clusters.PATIENCE)
    return base
