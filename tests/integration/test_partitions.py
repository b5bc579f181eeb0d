"""Answers and tallies in partitions, on PostgreSQL: what was there stays, and one unit's statements read one part."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.exc import IntegrityError

from survey.config import ROOT
from survey.extensions import db, refreshing, writing
from survey.models import Base, Comment, Pending, Response, Tally
from survey.services import tallies
from tests.integration.test_migrations import row_of
from tests.support import invitations, places, postgresql
from tests.support.api import Citizen
from tests.support.databases import migrate
from tests.support.devices import paired
from tests.support.forms import filled
from tests.support.pages import Browser
from tests.support.places import TODAY, World

WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
HOT = ("response", "comment", "pending", "tally")
PARTS = 8
UNITS = range(1, 41)
READER = f"survey_reader_{os.getpid()}"
A_PART = re.compile(r"\bon ((?:response|comment|pending|tally)_\d)\b")


@pytest.fixture
def before() -> Iterator[Engine]:
    """The migration before, with rows of forty units, an index and a reader that an operator added."""
    with postgresql.server() as server, postgresql.database(server, f"survey_parts_{os.getpid()}") as url:
        migrate(url, "0015")
        engine = create_engine(url)
        with engine.begin() as connection:
            _fill(connection)
            connection.exec_driver_sql("CREATE INDEX by_duration ON response (duration) WHERE duration > 600")
            connection.exec_driver_sql(f"CREATE ROLE {READER}")
            connection.exec_driver_sql(f"GRANT SELECT ON response, tally TO {READER} WITH GRANT OPTION")
        yield engine
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {READER}; DROP ROLE {READER}")
        engine.dispose()


def _fill(connection: Connection) -> None:
    rows = [{**row_of(Base.metadata.tables["unit"]), "id": unit, "code": f"u{unit}"} for unit in UNITS]
    connection.execute(Base.metadata.tables["unit"].insert(), rows)
    for name in ("questionnaire", "point"):
        connection.execute(Base.metadata.tables[name].insert(), row_of(Base.metadata.tables[name]))
    for unit in UNITS:
        key = {"unit_id": unit, "client_id": UUID(int=unit)}
        row = key | {"body_hash": b"x" * 16, "questionnaire_id": 1, "point_id": 1, "channel": "poster", "a01": 4}
        row |= {"assisted": False, "day": TODAY, "received_at": datetime(2026, 11, 24), "flags": unit % 2}  # noqa: DTZ001
        connection.execute(insert(Response.__table__), [row | {"about": {"age": "25-34"}}])  # type: ignore[arg-type]
        connection.execute(insert(Comment.__table__), [key | {"masked": f"lời {unit}"}])  # type: ignore[arg-type]
        connection.execute(insert(Pending.__table__), [key | {"day": TODAY}])  # type: ignore[arg-type]
        day = {"unit_id": unit, "day": TODAY, "questionnaire_id": 1, "channel": "poster", "quarantined": False}
        connection.execute(insert(Tally.__table__), [day | {"respondents": unit}])  # type: ignore[arg-type]


def held(connection: Connection) -> dict[str, Any]:
    """Every row, and what else must not change: indexes, references and who may read."""
    rows = {name: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {name}").all())) for name in HOT}
    named = ", ".join(f"'{name}'::regclass" for name in HOT)
    references = connection.exec_driver_sql(
        f"SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE conrelid IN ({named}) AND conparentid = 0 ORDER BY 1"
    ).all()
    indexes = connection.exec_driver_sql(
        f"SELECT replace(pg_get_indexdef(indexrelid), ' ONLY', '') FROM pg_index WHERE indrelid IN ({named}) ORDER BY 1"
    ).all()
    may = connection.exec_driver_sql(
        f"SELECT oid::regclass::text, has_table_privilege('{READER}', oid, 'SELECT WITH GRANT OPTION'),"
        f" has_table_privilege('{READER}', oid, 'INSERT') FROM pg_class WHERE oid IN ({named}) ORDER BY 1"
    ).all()
    return {"rows": rows, "references": references, "indexes": indexes, "may": may}


def kinds(connection: Connection) -> dict[str, tuple[str, int]]:
    found = connection.exec_driver_sql(
        "SELECT relname, relkind::text, (SELECT count(*) FROM pg_inherits WHERE inhparent = pg_class.oid)"
        " FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
    )
    return {name: (kind, parts) for name, kind, parts in found if name in HOT}


def downgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", engine.url.render_as_string(hide_password=False))
    command.downgrade(config, "0015")


def test_the_tables_become_partitions_and_plain_ones_again_with_all_that_they_had(before: Engine) -> None:
    with before.connect() as connection:
        was = held(connection)
        assert kinds(connection) == dict.fromkeys(HOT, ("r", 0))
    migrate(before.url.render_as_string(hide_password=False))
    with before.connect() as connection:
        assert held(connection) == was
        assert kinds(connection) == dict.fromkeys(HOT, ("p", PARTS))
        together = "SELECT count(DISTINCT tableoid) FROM response"
        assert connection.exec_driver_sql(together).scalar() == PARTS  # forty units lie in all of them
        apart = "SELECT count(*) FROM response r JOIN comment c USING (unit_id, client_id) JOIN tally t USING (unit_id)"
        there = " WHERE right(r.tableoid::regclass::text, 2) = right(c.tableoid::regclass::text, 2)"
        also = " AND right(r.tableoid::regclass::text, 2) = right(t.tableoid::regclass::text, 2)"
        assert connection.exec_driver_sql(apart + there + also).scalar() == len(UNITS)
    for refused in (
        "UPDATE response SET point_id = 99",
        "DELETE FROM response",
        "UPDATE tally SET questionnaire_id = 9",
    ):
        with pytest.raises(IntegrityError), before.begin() as connection:
            connection.exec_driver_sql(refused)
    downgrade(before)
    with before.connect() as connection:
        assert held(connection) == was
        assert kinds(connection) == dict.fromkeys(HOT, ("r", 0))


@contextmanager
def said(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements of an engine meanwhile, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        found.append((statement, parameters[0] if many and isinstance(parameters, list) else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def written(statements: list[tuple[str, Any]]) -> set[str]:
    return {found[1] for statement, _ in statements if (found := WRITES.match(statement))}


def parts_read(engine: Engine, statement: str, parameters: Any) -> list[str]:
    """The hot tables of the partitions that the plan of a statement has in it: a table twice for two partitions."""
    with engine.connect() as connection:
        lines = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
    return [part.rsplit("_", 1)[0] for part in set(A_PART.findall("\n".join(lines)))]


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("clock")
def test_an_answer_of_any_way_writes_hot_tables_alone_and_one_part_of_each(app: Flask, tmp_path: Path) -> None:
    """So no other table is hot, and no key across units is asked for. The second of each way: no first of a year."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url="https://khaosat.example")
    with writing() as session:
        world: World = places.build(session)
    client, engine, kiosk = app.test_client(), db.get_engine(), paired(app, world)
    tokens = invitations.run(app, tmp_path, invitations.file(range(12))).tokens

    def come(number: int) -> None:
        citizen = Citizen(client, world, "", "").fresh()
        body = citizen.body(comment="Cảm ơn", dossier=invitations.dossier(50 + number), procedure="1.001193")
        assert [citizen.put(body).status_code for _ in range(2)] == [201, 200]
        assert kiosk.put(number=number).status_code == 201
        link, browser = f"/i/{tokens[number]}", Browser(app)
        assert browser.get(browser.send(link, filled(browser.get(link), world))).h1 == "Cảm ơn Ông/Bà!"

    come(1)
    with said(engine) as taking:
        come(2)
    assert written(taking) == {"response", "comment", "pending"}
    with said(engine) as taking_up, refreshing() as session:
        assert tallies.refresh(session) == 6
    assert written(taking_up) == {"pending", "tally"}
    for statement, parameters in taking + taking_up:
        if re.search(r"\b(response|comment|pending|tally)\b", statement):
            tables = parts_read(engine, statement, parameters)
            what_waits = "ORDER BY pending.unit_id" in statement  # of whichever unit comes first
            assert what_waits or len(tables) == len(set(tables)), statement
