"""The hot tables can be spread: the unit is in every key, and partitions may be tables of other servers."""

from collections.abc import Sequence

import pytest
from flask import current_app
from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint, create_engine
from sqlalchemy.exc import DBAPIError

from survey import create_app
from survey.extensions import db, writing
from survey.models import Base
from tests.faults import load
from tests.faults.load import answers
from tests.support import places, shards
from tests.support.clusters import Cluster
from tests.support.databases import settings_for
from tests.support.places import World
from tests.support.shards import HOT, table


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


@pytest.mark.long
def test_everything_works_on_two_shards_whose_parent_has_no_keys(own_cluster: Cluster) -> None:
    """A key of the parent is the one statement that is refused; the shards have theirs, and the unit is in each."""
    engine = create_engine(own_cluster.url)
    with shards.spread(own_cluster.url):
        refused = pytest.raises(DBAPIError, match="cannot create foreign partition of partitioned table")
        with refused, engine.begin() as connection:
            shards.foreign(connection, "pending", keys=True)
        with create_app(settings_for(own_cluster.url)).app_context():
            with writing() as session:
                world = places.build(session)
            works(world, own_cluster.url)
            for one in db.engines.values():
                one.dispose()
    engine.dispose()
