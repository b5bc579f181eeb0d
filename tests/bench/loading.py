"""The loader of made-up responses into an empty database, and the driver alone with the same rows beside it."""

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from survey.extensions import db, writing
from survey.services import shipped
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import Figure, least
from tests.bench.making import load
from tests.support.places import NOW

ROWS, GOAL = 500_000, 50_000
BARE = 200_000  # rows that the driver writes by itself
TABLES = ("response", "pending", "comment")


def run(asked: Asked) -> Iterator[Figure]:
    """Both databases."""
    for kind in asked.kinds:
        with databases.empty(kind) as settings, databases.application(settings):
            with writing() as session:
                shipped.install(session, NOW)
            started = time.perf_counter()
            load(settings, ROWS)
            rate = ROWS / (time.perf_counter() - started)
            case = f"loading {ROWS:,} made-up responses"
            yield Figure(case, "checked and stored", rate, "rows/s", *least(rate, GOAL), database=kind)
            yield Figure(case, "the driver alone, rows that are ready", BARE / _bare(), "rows/s", database=kind)


def _bare() -> float:
    """Seconds in which the driver writes the first rows again, with what belongs to them, from one process in one
    transaction: what the database itself needs.
    """
    engine = db.get_engine()
    with engine.begin() as connection:
        ready = [(table, *_read(connection, table)) for table in TABLES]
        for table in reversed(TABLES):
            connection.execute(text(f"DELETE FROM {table}"))
    started = time.perf_counter()
    with engine.begin() as connection:
        for table, columns, rows in ready:
            _write(connection, table, columns, rows)
    return time.perf_counter() - started


def _read(connection: Connection, table: str) -> tuple[str, list[Any]]:
    """The columns that are in use, and rows of the first responses: tuples, or blocks of the text that COPY reads."""
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    names = [column[0] for column in cursor.description]
    if table == "response":
        names = [name for name in names if name not in {f"a{slot}" for slot in range(23, 41)}]
    columns, of_first = ", ".join(names), f"SELECT unit_id, client_id FROM response ORDER BY 1, 2 LIMIT {BARE}"
    query = f"SELECT {columns} FROM {table} WHERE (unit_id, client_id) IN ({of_first}) ORDER BY unit_id, client_id"
    if connection.dialect.name == "sqlite":
        return columns, cursor.execute(query).fetchall()
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        return columns, [bytes(block) for block in copy]


def _write(connection: Connection, table: str, columns: str, rows: list[Any]) -> None:
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * (columns.count(",") + 1))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        return
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for start in range(0, len(rows), 5_000):
            copy.write(b"".join(rows[start : start + 5_000]))
