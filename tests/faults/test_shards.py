"""The hot tables can be spread: the unit is in every key, and partitions may be tables of other servers."""

from collections.abc import Sequence

import pytest
from flask import current_app
from sqlalchemy import Connection, Index, PrimaryKeyConstraint, Table, UniqueConstraint, create_engine
from sqlalchemy.exc import DBAPIError

from survey import create_app
from survey.extensions import db, writing
from survey.models import Base
from tests.faults import load
from tests.faults.load import answers
from tests.support import places
from tests.support.clusters import Cluster
from tests.support.databases import migrate, settings_for
from tests.support.places import World

HOT = ("response", "pending", "comment", "tally")
SHARDS = ("shard0", "shard1")


def table(name: str) -> Table:
    return Base.metadata.tables[name]


@pytest.mark.parametrize("name", HOT)
def test_every_key_and_unique_index_of_a_hot_table_has_the_unit_and_no_serial_number(name: str) -> None:
    keys = [key for key in table(name).constraints if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)]
    unique: Sequence[PrimaryKeyConstraint | UniqueConstraint | Index] = [
        *keys,
        *(index for index in table(name).indexes if index.unique),
    ]
    assert unique
    assert all("unit_id" in {column.name for column in key.columns} for key in unique)
    assert not any(column.identity or column.server_default for column in table(name).columns)
    assert table(name).primary_key.columns.keys()[0] == "unit_id"


def test_what_refers_to_a_hot_table_refers_to_it_with_its_unit() -> None:
    """A reference into another shard could not be checked there."""
    for other in Base.metadata.tables.values():
        for reference in other.foreign_key_constraints:
            if reference.referred_table.name in HOT:
                assert "unit_id" in reference.column_keys, other.name


def works(world: World, url: str) -> None:
    """Accept, the same again, take up: each answer is one row and counted once."""
    all_sent = answers(settings_for(url), world, 60)
    client = current_app.test_client()
    for expected in (201, 200):
        statuses = {client.put(f"/api/v1/responses/{one}", json=body).status_code for one, body in all_sent}
        assert statuses == {expected}
    assert load.is_exact(all_sent)


def spread(connection: Connection, name: str, keys: bool) -> None:
    """One hot table whose two halves are the tables of that name in the shards."""
    columns = [f"{column.name} {column.type.compile(connection.dialect)}" for column in table(name).columns]
    columns += [f"PRIMARY KEY ({', '.join(table(name).primary_key.columns.keys())})"] if keys else []
    connection.exec_driver_sql(f"DROP TABLE {name} CASCADE")
    connection.exec_driver_sql(f"CREATE TABLE {name} ({', '.join(columns)}) PARTITION BY HASH (unit_id)")
    for number, shard in enumerate(SHARDS):
        bounds = f"FOR VALUES WITH (MODULUS {len(SHARDS)}, REMAINDER {number})"
        where = f"SERVER {shard} OPTIONS (table_name '{name}')"
        connection.exec_driver_sql(f"CREATE FOREIGN TABLE {name}_{number} PARTITION OF {name} {bounds} {where}")


@pytest.mark.long
def test_everything_works_on_two_shards_whose_parent_has_no_keys(own_cluster: Cluster) -> None:
    """A key of the parent is the one statement that is refused; the shards have theirs, and the unit is in each."""
    control = create_engine(own_cluster.url, isolation_level="AUTOCOMMIT")
    with control.connect() as connection:
        connection.exec_driver_sql("CREATE EXTENSION postgres_fdw")
        for shard in SHARDS:
            connection.exec_driver_sql(f"CREATE DATABASE {shard}")
            where = f"OPTIONS (host '127.0.0.1', port '{own_cluster.port}', dbname '{shard}')"
            connection.exec_driver_sql(f"CREATE SERVER {shard} FOREIGN DATA WRAPPER postgres_fdw {where}")
            connection.exec_driver_sql(f"CREATE USER MAPPING FOR postgres SERVER {shard} OPTIONS (user 'postgres')")
            shard_of(own_cluster.database(shard))
        with pytest.raises(DBAPIError, match="cannot create foreign partition of partitioned table"):
            spread(connection, "pending", keys=True)
        for name in reversed(HOT):
            spread(connection, name, keys=False)
    control.dispose()
    with create_app(settings_for(own_cluster.url)).app_context():
        with writing() as session:
            world = places.build(session)
        works(world, own_cluster.url)
        for one in db.engines.values():
            one.dispose()


def shard_of(url: str) -> None:
    """The tables of a shard: references to the catalogue are the parent's, which checks what it accepts."""
    migrate(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        for name in HOT:
            for reference in table(name).foreign_keys:
                if reference.column.table.name not in HOT:
                    key = reference.constraint.name if reference.constraint is not None else None
                    connection.exec_driver_sql(f"ALTER TABLE {name} DROP CONSTRAINT {key}")
    engine.dispose()
