"""Writes many rows of one table in one go: by PostgreSQL's COPY, or one prepared INSERT of SQLite."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy.orm import Session

Names = tuple[str, ...]
Value = str | bytes | int | None  # as both databases take it; True and False among them
AT_ONCE = 1 << 20  # characters in one message to the server


class Rows(Protocol):
    """Rows that wait to be written. Each has some values of its own and shares the others with those added with it."""

    def add(self, own: Sequence[Sequence[Value]], shared: Sequence[Value]) -> None:
        """As many rows as each column of `own` has values."""

    def write(self, session: Session) -> None:
        """Write and forget them. Raises what the driver raises for a row that is held."""

    def __len__(self) -> int: ...


def kind(session: Session) -> Callable[[str, Names, Names], Rows]:
    """What makes the rows of a table for this database, from the table's name and those of own and shared columns."""
    return _Tuples if session.get_bind().dialect.name == "sqlite" else _Lines


class _Tuples:
    """For SQLite."""

    def __init__(self, table: str, own: Names, shared: Names) -> None:
        names = (*own, *shared)
        marks = ", ".join("?" * len(names))
        self._statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 — our own names
        self._rows: list[tuple[Value, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, own: Sequence[Sequence[Value]], shared: Sequence[Value]) -> None:
        self._rows += [(*values, *shared) for values in zip(*own, strict=True)]

    def write(self, session: Session) -> None:
        if self._rows:
            session.connection().exec_driver_sql(self._statement, self._rows)
            self._rows = []


class _Lines:
    """For PostgreSQL: each row as a line of the text that COPY reads."""

    def __init__(self, table: str, own: Names, shared: Names) -> None:
        self._statement = f"COPY {table} ({', '.join((*own, *shared))}) FROM STDIN"
        self._lines: list[str] = []

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, own: Sequence[Sequence[Value]], shared: Sequence[Value]) -> None:
        columns = [[_FIELDS[type(value)](value) for value in column] for column in own]
        tail = "".join(f"\t{_FIELDS[type(value)](value)}" for value in shared) + "\n"
        self._lines += ["\t".join(fields) + tail for fields in zip(*columns, strict=True)]

    def write(self, session: Session) -> None:
        if not self._lines:
            return
        cursor: Any = session.connection().connection.cursor()
        text, self._lines = "".join(self._lines).encode(), []
        try:
            with cursor.copy(self._statement) as copy:
                for start in range(0, len(text), AT_ONCE):
                    copy.write(text[start : start + AT_ONCE])
        finally:
            cursor.close()


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
# PostgreSQL's text format: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2
_FIELDS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value.translate(_ESCAPED) if "\\" in value or not value.isprintable() else value,
    bytes: lambda value: "\\\\x" + value.hex(),
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: "\\N",
}
