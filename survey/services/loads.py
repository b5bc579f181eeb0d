"""Stores the forms of many citizens in one go: the same rows as `responses.accept` would make one after the other.

For demonstrations and benchmarks, whose client ids are new; nobody else may write for the unit meanwhile.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Dialect, Table, select
from sqlalchemy.orm import Session

from survey.domain import answers, dossiers, masking
from survey.domain.dossiers import Dossier
from survey.models import SLOT_COLUMNS, Response
from survey.services import dossier_keys, responses
from survey.services.responses import Submission

AT_ONCE = 5_000  # rows that are written together
Row = tuple[Any, ...]
Names = tuple[str, ...]
# What differs between the citizens who give the same form, in the order of `Load.add`.
_OWN = ("client_id", "body_hash", "day", "received_at", "dossier_hash", "counted")
_RESPONSE: Table = Response.__table__  # type: ignore[assignment]


class Giving(NamedTuple):
    """That a citizen gives a form; `day` is the local day of `received_at`."""

    client_id: UUID
    body_hash: bytes
    day: date
    received_at: datetime
    dossier: Dossier | None


class Load:
    """What one unit is given. Use it as a context: the last rows are written at its end."""

    def __init__(self, session: Session, unit_id: int) -> None:
        self._session, self._unit_id = session, unit_id
        self._shapes = _shapes(session.connection().dialect)
        self._responses: defaultdict[Names, list[Row]] = defaultdict(list)
        self._pending: list[Row] = []
        self._comments: list[Row] = []
        self._marks = _Marks(session, unit_id)

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._write()

    def add(self, form: Submission, givings: Iterable[Giving]) -> None:
        """A form, checked once, that these citizens give. What differs stands in the giving, not in the form."""
        values, shapes = responses.values(self._session, form), self._shapes
        names = _names(len(form.version.items))
        shared = tuple(shapes[name](values.get(name)) for name in names[len(_OWN) :])
        text = answers.words(form.answers, form.version)
        masked = None if text is None else masking.mask(text)
        identity, day, moment = (shapes[name] for name in ("client_id", "day", "received_at"))
        stored, pending = self._responses[names], self._pending
        for giving in givings:
            client_id, when = identity(giving.client_id), day(giving.day)
            mark, counted = None, True
            if giving.dossier is not None:
                mark, counted = self._marks.of(giving.dossier, giving.day.year)
            stored.append((client_id, giving.body_hash, when, moment(giving.received_at), mark, counted, *shared))
            if counted:
                pending.append((self._unit_id, client_id, when))
            if masked is not None:
                self._comments.append((self._unit_id, client_id, masked))
        if len(stored) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        for names, rows in self._responses.items():
            _insert(self._session, "response", names, rows)
        _insert(self._session, "pending", ("unit_id", "client_id", "day"), self._pending)
        _insert(self._session, "comment", ("unit_id", "client_id", "masked"), self._comments)
        for written in (*self._responses.values(), self._pending, self._comments):
            written.clear()


class _Marks:
    """The marks of the unit's dossiers, by which the first answer about each counts, as in `dossier_keys.mark`."""

    def __init__(self, session: Session, unit_id: int) -> None:
        held = select(Response.dossier_hash).where(
            Response.unit_id == unit_id, Response.counted, Response.dossier_hash.is_not(None)
        )
        self._session, self._held = session, set(session.scalars(held))
        self._keys: Mapping[int, bytes] = {}

    def of(self, dossier: Dossier, year: int) -> tuple[bytes, bool]:
        """The mark to store, and whether this answer counts."""
        if year not in self._keys:
            self._keys = dossier_keys.keys(self._session, year)
        for key in self._keys.values():
            mark = dossiers.keyed_hash(key, dossier)
            if mark in self._held:
                return mark, False
        mark = dossiers.keyed_hash(self._keys[year], dossier)
        self._held.add(mark)
        return mark, True


@cache
def _names(items: int) -> Names:
    """The columns to write for a questionnaire of so many items: those of other slots stay empty."""
    unused = SLOT_COLUMNS[items:]
    return (*_OWN, *(column.name for column in _RESPONSE.columns if column.name not in (*_OWN, *unused)))


def _shapes(dialect: Dialect) -> dict[str, Callable[[Any], Any]]:
    """What turns a value of each column into one that the driver takes: SQLAlchemy's own, asked once."""
    found: dict[str, Callable[[Any], Any]] = {}
    for column in _RESPONSE.columns:
        process = column.type.dialect_impl(dialect).bind_processor(dialect)
        found[column.name] = process or _as_it_is
    return found


def _as_it_is(value: Any) -> Any:
    return value


def _insert(session: Session, table: str, names: Names, rows: Sequence[Row]) -> None:
    """PostgreSQL's COPY, or one prepared INSERT of SQLite. Raises what the driver raises for a row that is held."""
    if not rows:
        return
    connection, columns = session.connection(), ", ".join(names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))  # noqa: S608
        return
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()
