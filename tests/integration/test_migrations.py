"""The migration history: one head, the same tables as the models on both databases, and every step up and down."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, Table, create_engine, func, inspect, select
from sqlalchemy import types as sql

from survey.config import ROOT
from survey.models import Base
from survey.queries import schema
from tests.support import postgresql
from tests.support.databases import migrate

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql.server() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'history.sqlite3'}"
        return
    server = request.getfixturevalue("server")
    with postgresql.database(server, f"survey_history_{os.getpid()}") as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url)
    command.downgrade(config, revision)


def names_of(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(engine).get_table_names()) - {"alembic_version"} - schema.parts(connection)


def test_the_history_has_one_head() -> None:
    assert len(SCRIPTS.get_heads()) == 1


def test_the_migrated_tables_are_those_of_the_models(url: str, engine: Engine) -> None:
    migrate(url)
    with engine.connect() as connection:
        parts = schema.parts(connection)  # each is as its whole: nobody else can make them
        options = {"compare_type": True, "target_metadata": Base.metadata}
        wholes = {"include_name": lambda name, kind, parents: name not in parts}
        context = MigrationContext.configure(connection, opts=options | wholes)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_constraints_are_those_of_the_models(url: str, engine: Engine, tmp_path: Path) -> None:
    """What alembic does not compare: checks, and the conditions of partial indexes."""
    migrate(url)
    migrated = {name: constraints_of(engine, name) for name in names_of(engine)}
    downgrade(url, "base")
    Base.metadata.create_all(engine)
    made = {name: constraints_of(engine, name) for name in names_of(engine) & set(Base.metadata.tables)}
    assert migrated == made


def constraints_of(engine: Engine, table: str) -> dict[str, Any]:
    found = inspect(engine)
    with engine.connect() as connection:
        parts = schema.parts(connection)
    return {
        "checks": {(check["name"], check["sqltext"]) for check in found.get_check_constraints(table)},
        "indexes": {
            (index["name"], tuple(index["column_names"]), bool(index["unique"]), str(sorted(options(index).items())))
            for index in found.get_indexes(table)
        },
        "unique": {(each["name"], tuple(each["column_names"])) for each in found.get_unique_constraints(table)},
        "keys": {
            (each["name"], tuple(each["constrained_columns"]), each["referred_table"])
            for each in found.get_foreign_keys(table)
            if each["name"] not in parts
        },
    }


def options(index: Any) -> dict[str, str]:
    return {key: str(value) for key, value in index.get("dialect_options", {}).items() if "where" in key}


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_goes_up_and_down_with_data(url: str, engine: Engine, revision: str) -> None:
    below = SCRIPTS.get_revision(revision).down_revision or "base"
    migrate(url, revision)
    tables = fill(engine)
    assert tables, "a database without data proves little"
    downgrade(url, str(below))
    migrate(url, revision)
    assert names_of(engine) >= tables


def test_the_version_before_goes_on_writing_after_the_newest_step(url: str, engine: Engine) -> None:
    """Upgrade while old servers still serve: none of their statements names a column that is new."""
    migrate(url, REVISIONS[-2])
    old = {name: {column["name"] for column in inspect(engine).get_columns(name)} for name in names_of(engine)}
    migrate(url, REVISIONS[-1])
    with engine.begin() as connection:
        for table in (table for table in Base.metadata.sorted_tables if table.name in old.keys() - {"audit_head"}):
            row = {name: value for name, value in row_of(table).items() if name in old[table.name]}
            known = [Column(column.name, column.type) for column in table.columns if column.name in row]
            written = Table(table.name, MetaData(), *known)  # without the defaults of the newest models
            connection.execute(written.insert().values(row))
            if table.name == "unit":
                connection.execute(written.insert().values(row | {"id": 2, "code": "successor"}))
            for number in connection.scalars(select(func.count()).select_from(written)):
                assert number


def test_the_way_down_leaves_nothing(url: str, engine: Engine) -> None:
    migrate(url)
    downgrade(url, "base")
    assert names_of(engine) == set()
    migrate(url)
    assert names_of(engine) == set(Base.metadata.tables)


def test_a_published_questionnaire_cannot_be_changed_in_the_database(url: str, engine: Engine) -> None:
    migrate(url)
    fill(engine)
    for statement in ("UPDATE questionnaire SET content = ''", "DELETE FROM questionnaire"):
        with pytest.raises(Exception, match="never changes"), engine.begin() as connection:
            connection.exec_driver_sql(statement)


VALUES: dict[type, Any] = {
    sql.Integer: 1,
    sql.String: "vi",
    sql.Boolean: False,
    sql.DateTime: datetime(2026, 11, 24, tzinfo=UTC).replace(tzinfo=None),
    sql.Date: date(2026, 11, 24),
    sql.LargeBinary: b"x" * 16,
    sql.Uuid: UUID(int=7),
    sql.Numeric: 85,
    sql.JSON: {"trips": "1"},
}
MEMBERS = {
    "kind": "poster",
    "channel": "poster",
    "role": "viewer",
    "purpose": "reset",
    "state": "made",
    "way": "all",
}  # columns that hold one of a list


def fill(engine: Engine) -> set[str]:
    """One row in every table and column that the database has; returns the tables' names."""
    present = names_of(engine)
    columns = {name: {column["name"] for column in inspect(engine).get_columns(name)} for name in present}
    tables = [table for table in Base.metadata.sorted_tables if table.name in present]
    with engine.begin() as connection:
        for table in tables:
            if table.name == "audit_head":
                continue  # the database writes it itself
            row = {name: value for name, value in row_of(table).items() if name in columns[table.name]}
            connection.execute(table.insert().values(row))
            if table.name == "unit":
                connection.execute(table.insert().values(row | {"id": 2, "code": "successor"}))
        assert all(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    return {table.name for table in tables}


def row_of(table: Table) -> dict[str, Any]:
    values = {column.name: value_of(column) for column in table.columns}
    if table.name == "unit":
        values |= {"kind": "commune", "parent_id": None}
    if table.name == "unit_successor":
        values |= {"unit_id": 1, "successor_id": 2}
    if table.name == "handled":
        values |= {"handled": 3}  # early, on time and late together
    return values


def value_of(column: Any) -> Any:
    if column.name in MEMBERS and isinstance(column.type, sql.String):
        return MEMBERS[column.name]
    kind = column.type.impl if isinstance(column.type, sql.TypeDecorator) else column.type
    return next(value for base, value in VALUES.items() if isinstance(kind, base))
