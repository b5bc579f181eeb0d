"""The loader of made-up responses into an empty database, and the driver alone with the same rows beside it."""

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from survey.extensions import db, writing
from survey.models import SLOT_COLUMNS, Response
from survey.services import shipped
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import Figure, least
from tests.bench.making import load
from tests.support.places import NOW

ROWS, GOAL = 200_000, 50_000
NAMES = [column.name for column in Response.__table__.columns if column.name not in SLOT_COLUMNS[22:]]


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
            yield Figure(case, "the driver alone, the same rows", ROWS / _bare(), "rows/s", database=kind)


def _bare() -> float:
    """Seconds in which the driver writes all rows again, in one go and one transaction."""
    columns, engine = ", ".join(NAMES), db.get_engine()
    with engine.begin() as connection:
        cursor: Any = connection.connection.cursor()
        cursor.execute(f"SELECT {columns} FROM response ORDER BY unit_id, client_id")
        rows = cursor.fetchall()
        for table in ("comment", "pending", "response"):
            connection.execute(text(f"DELETE FROM {table}"))
    started = time.perf_counter()
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        if engine.dialect.name == "sqlite":
            cursor.executemany(f"INSERT INTO response ({columns}) VALUES ({', '.join('?' * len(NAMES))})", rows)
        else:
            with cursor.copy(f"COPY response ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([_json(value) for value in row])
    return time.perf_counter() - started


def _json(value: Any) -> Any:
    from psycopg.types.json import Json

    return Json(value) if isinstance(value, dict) else value
