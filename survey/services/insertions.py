"""The statements that store one response, composed once for each set of columns.

SQLAlchemy looks at sixty columns for each response otherwise. It still turns the values into the driver's, and its
connection executes the statement, so that errors are those that it raises everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from survey.models import Pending, Response

_RESPONSE: Table = Response.__table__  # type: ignore[assignment]
_PENDING: Table = Pending.__table__  # type: ignore[assignment]
_KEY = ("unit_id", "client_id", "day")
_OPTIONS = {"preserve_rowcount": True}  # SQLAlchemy promises it only when asked
_MARKS = {"sqlite": "?", "postgresql": "%s"}


def response(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Insert a response unless a row is in its way; whether it was inserted."""
    return _write(connection, _RESPONSE, _unless_held(connection.dialect.name, tuple(values)), values)


def pending(connection: Connection, values: Mapping[str, Any]) -> None:
    """Insert that a response waits to be taken up."""
    statement = f"{_into(_PENDING, _KEY)} {_row(connection.dialect.name, _KEY)}"
    _write(connection, _PENDING, statement, {name: values[name] for name in _KEY})


def response_and_pending(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Both by one statement, which only PostgreSQL has."""
    return _write(connection, _RESPONSE, _both(tuple(values)), values)


@cache
def _unless_held(dialect: str, names: Sequence[str]) -> str:
    return f"{_into(_RESPONSE, names)} {_row(dialect, names)} ON CONFLICT DO NOTHING"


@cache
def _both(names: Sequence[str]) -> str:
    key = ", ".join(_KEY)
    stored = f"{_unless_held('postgresql', names)} RETURNING {key}"
    return f"WITH stored AS ({stored}) {_into(_PENDING, _KEY)} SELECT {key} FROM stored"  # noqa: S608 — our own names


def _into(table: Table, names: Sequence[str]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(names)})"


def _row(dialect: str, names: Sequence[str]) -> str:
    return f"VALUES ({', '.join([_MARKS[dialect]] * len(names))})"


def _write(connection: Connection, table: Table, statement: str, values: Mapping[str, Any]) -> bool:
    shapes = _shapes(connection.dialect, table)
    row = tuple(value if value is None else shapes[name](value) for name, value in values.items())
    return connection.exec_driver_sql(statement, row, execution_options=_OPTIONS).rowcount == 1


@cache
def _shapes(dialect: Dialect, table: Table) -> Mapping[str, Callable[[Any], Any]]:
    """What turns a value of each column into one that the driver takes: SQLAlchemy's own, asked once."""
    found = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns}
    return {name: process or _as_it_is for name, process in found.items()}


def _as_it_is(value: Any) -> Any:
    return value
