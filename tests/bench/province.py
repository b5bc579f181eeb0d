"""A province to measure on: Hà Nội's offices, the questionnaire of 22 items, a year of responses that were released.

Made once for each number of responses and shape of the tables, and kept in .cache as a SQLite file; PostgreSQL gets a
copy of it for as long as the benchmarks run. Of more responses than are made up the others are copies of these.
"""

import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, create_engine, text

from survey.config import ROOT, Settings
from survey.domain.periods import Period, local_day, year_to
from survey.models import RELEASED_SUMS, Base, Response
from survey.models.tallies import SUM_COLUMNS
from tests.bench import databases
from tests.bench.asked import Asked
from tests.support import postgresql
from tests.support.databases import migrate, settings_for
from tests.support.places import NOW

CITY, QUESTIONNAIRE, SEED = "HN", "sipas-2017", 1
YESTERDAY = local_day(NOW) - timedelta(days=1)
COUNTED = {"released": ("respondents", *RELEASED_SUMS), "tally": SUM_COLUMNS, "lot_content": ("people",)}
YEAR = Period(year_to(YESTERDAY).start, YESTERDAY)


def file(responses: int, made: int) -> Path:
    """The province's SQLite file: one that is there, brought up to these tables where they are newer, else made now.

    `made` responses are made up, or all where `responses` are no more.
    """
    name = f"province-{responses}" + (f"-of-{made}" if responses > made else "")
    path = databases.FOLDER / f"{name}-{_head()}.sqlite3"
    if not path.exists():
        fresh = path.with_suffix(".making")
        _remove(fresh)
        older = [one for one in sorted(path.parent.glob(f"{name}-????.sqlite3")) if one.name < path.name]
        if older:
            shutil.copy(older[-1], fresh)
            migrate(f"sqlite:///{fresh}")
        elif responses > made:
            shutil.copy(file(made, made), fresh)
            _multiply(fresh, responses // made)
        else:
            _fill(fresh, responses)
        connection = sqlite3.connect(fresh)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        fresh.rename(path)
        _remove(fresh)
        for one in older:
            one.unlink()
    return path


def _fill(fresh: Path, responses: int) -> None:
    from tests.bench import making  # an older revision, compared with this one, may lack what it needs

    migrate(f"sqlite:///{fresh}")
    for step, seconds in making.fill(settings_for(f"sqlite:///{fresh}"), responses).items():
        print(f"{responses} responses: {step} {seconds:.1f} s", file=sys.stderr)
    with sqlite3.connect(fresh) as connection:
        connection.execute("ANALYZE")


def _multiply(fresh: Path, times: int) -> None:
    """Let everybody have answered so many times: copies of the rows under ids of the same moments, all sums as often.

    Without journal and waiting for the disk: a file that is not finished is made anew.
    """
    started = time.perf_counter()
    names = [column.name for column in Response.__table__.columns]
    # An id keeps its moment, version and variant; a copy has no dossier, which counts once.
    new = {"client_id": "substr(client_id, 1, 17) || lower(substr(hex(randomblob(8)), 1, 15))", "dossier_hash": "NULL"}
    copies = ", ".join(new.get(name, name) for name in names)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "temp_store = FILE"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("CREATE TEMP TABLE original AS SELECT * FROM response ORDER BY unit_id, client_id")
        connection.execute(
            f"WITH RECURSIVE copy(number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM copy WHERE number < {times})"
            f" INSERT INTO response ({', '.join(names)}) SELECT {copies} FROM original CROSS JOIN copy"
        )
        for table, counts in COUNTED.items():
            sums = ", ".join(f"{name} = {name} * {times}" for name in counts)
            connection.execute(f"UPDATE {table} SET {sums}")
        connection.execute("ANALYZE")
    print(f"{times} times as many: {time.perf_counter() - started:.1f} s", file=sys.stderr)


@contextmanager
def copied(responses: int, made: int) -> Iterator[str]:
    """The address of a PostgreSQL database with the same rows."""
    path = file(responses, made)
    with postgresql.server() as server, postgresql.database(server, "survey_bench_province") as url:
        migrate(url)
        _copy(path, url)
        yield url


@contextmanager
def opened(kind: str, asked: Asked, *, changed: bool = False) -> Iterator[Settings]:
    """Settings on the province; `changed` gives a file that a case may write to. That of PostgreSQL is a copy."""
    if kind == "postgresql":
        assert asked.postgresql_url is not None
        yield settings_for(asked.postgresql_url)
        return
    path = file(asked.responses, asked.made)
    copy = path.with_suffix(".copy")
    if changed:
        shutil.copy(path, copy)
    yield settings_for(f"sqlite:///{copy if changed else path}")
    _remove(copy)


def _copy(path: Path, url: str) -> None:
    engine = create_engine(url)
    source = sqlite3.connect(path)
    with engine.begin() as connection:
        # Without checks of foreign keys and triggers: SQLite made them.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in Base.metadata.sorted_tables:
            _copy_table(source, connection, table)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    source.close()
    engine.dispose()


def _copy_table(source: sqlite3.Connection, connection: Connection, table: Table) -> None:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in source.execute(f'SELECT {columns} FROM "{table.name}"'):
            copy.write_row(row)
    counted = table.autoincrement_column
    if counted is not None:
        number = f"pg_get_serial_sequence('\"{table.name}\"', '{counted.name}')"
        newest = f'(SELECT coalesce(max({counted.name}), 0) + 1 FROM "{table.name}")'
        connection.execute(text(f"SELECT setval({number}, {newest}, false) WHERE {number} IS NOT NULL"))


def _head() -> str:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return str(ScriptDirectory.from_config(config).get_current_head())


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
