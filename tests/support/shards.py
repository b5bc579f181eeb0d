"""The hot tables of a migrated PostgreSQL database on two others, by postgres_fdw: a unit lies in one of the two."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Table, create_engine, make_url

from survey.models import Base
from tests.support.databases import migrate

HOT = ("response", "comment", "pending", "tally")
SHARDS = 2
# As many as the migration makes: each foreign partition is one partition of a shard, never a partitioned table there.
# postgres_fdw names the rows that it deletes by their place alone, and several partitions have a row at the same place.
PARTS = 8


def table(name: str) -> Table:
    return Base.metadata.tables[name]


@contextmanager
def spread(url: str) -> Iterator[None]:
    """Turn the hot tables into partitions in two databases of the same server, which are dropped at the end."""
    whole = make_url(url)
    control = create_engine(url, isolation_level="AUTOCOMMIT")
    with control.connect() as connection:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
        names = [f"{whole.database}_shard{number}" for number in range(SHARDS)]
        for number, name in enumerate(names):
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
            server(connection, f"shard{number}", whole.set(database=name))
            shard_of(whole.set(database=name))
        for hot in reversed(HOT):
            foreign(connection, hot, keys=False)
        try:
            yield
        finally:
            for name in names:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    control.dispose()


def server(connection: Connection, name: str, url: URL) -> None:
    """Tell the whole where a shard is."""
    place = {"host": url.host or "127.0.0.1", "port": str(url.port or 5432), "dbname": str(url.database)}
    options = ", ".join(f"{key} '{value}'" for key, value in place.items())
    connection.exec_driver_sql(f"CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({options})")
    account = {"user": url.username, "password": url.password}
    options = ", ".join(f"{key} '{value}'" for key, value in account.items() if value)
    connection.exec_driver_sql(f"CREATE USER MAPPING FOR CURRENT_USER SERVER {name} OPTIONS ({options})")


def shard_of(url: URL) -> None:
    """The tables of a shard: references to the catalogue are the whole's, which checks what it accepts."""
    text = url.render_as_string(hide_password=False)
    migrate(text)
    engine = create_engine(text)
    with engine.begin() as connection:
        for name in HOT:
            for reference in table(name).foreign_key_constraints:
                if reference.referred_table.name not in HOT:
                    connection.exec_driver_sql(f"ALTER TABLE {name} DROP CONSTRAINT {reference.name}")
    engine.dispose()


def foreign(connection: Connection, name: str, keys: bool) -> None:
    """One hot table whose partitions are the tables of that name in the shards; `keys`: with its key, which fails."""
    key = f", PRIMARY KEY ({', '.join(table(name).primary_key.columns.keys())})" if keys else ""
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}_before")
    connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE {name}_before{key}) PARTITION BY HASH (unit_id)")
    connection.exec_driver_sql(f"DROP TABLE {name}_before CASCADE")
    for part in range(PARTS):
        bounds = f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
        where = f"SERVER shard{part % SHARDS} OPTIONS (table_name '{name}_{part}')"
        connection.exec_driver_sql(f"CREATE FOREIGN TABLE {name}_{part} PARTITION OF {name} {bounds} {where}")
