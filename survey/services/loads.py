"""Stores the forms of many citizens in one go: the same rows as `responses.accept` would make one after the other.

For demonstrations and benchmarks, whose client ids are new; nobody else may write for the unit meanwhile.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import compress
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from survey.domain import answers, dossiers, masking
from survey.domain.dossiers import Dossier
from survey.models import SLOT_COLUMNS, Response
from survey.services import bulk, dossier_keys, responses
from survey.services.bulk import Names, Rows, Value
from survey.services.responses import Submission

AT_ONCE = 5_000  # rows that are written together
ID_BYTES = 16
DAY = 86_400  # seconds
# What differs between the citizens who give the same form.
_OWN = ("client_id", "body_hash", "day", "received_at", "dossier_hash", "counted")
_RESPONSE: Table = Response.__table__  # type: ignore[assignment]
Transaction = Callable[[], AbstractContextManager[Session]]


class Giving(NamedTuple):
    """That a citizen gives a form; `day` is the local day of `received_at`, which is a whole second."""

    client_id: UUID
    body_hash: bytes
    day: date
    received_at: datetime
    dossier: Dossier | None


@dataclass(frozen=True, slots=True)
class Givings:
    """Many of them, by column: the client ids one after the other as bytes, the moments as seconds since 1970, and the
    dossiers of those who name one, by their places.
    """

    client_ids: bytes
    body_hashes: Sequence[bytes]
    days: Sequence[date]
    received_at: Sequence[int]
    dossiers: Mapping[int, Dossier]

    @classmethod
    def of(cls, givings: Iterable[Giving]) -> "Givings":
        """The columns of these."""
        every = list(givings)
        return cls(
            b"".join(giving.client_id.bytes for giving in every),
            [giving.body_hash for giving in every],
            [giving.day for giving in every],
            [int(giving.received_at.timestamp()) for giving in every],
            {place: giving.dossier for place, giving in enumerate(every) if giving.dossier is not None},
        )

    def __len__(self) -> int:
        return len(self.body_hashes)

    def each(self) -> Iterator[Giving]:
        """One after the other."""
        for place, hashed in enumerate(self.body_hashes):
            identity = UUID(bytes=self.client_ids[place * ID_BYTES : (place + 1) * ID_BYTES])
            moment = datetime.fromtimestamp(self.received_at[place], UTC)
            yield Giving(identity, hashed, self.days[place], moment, self.dossiers.get(place))


class Load:
    """What some units are given. Use it as a context: the last rows are written at its end.

    It writes in the session, or, so that others can write while forms are made, in transactions of its own.
    """

    def __init__(self, session: Session, transaction: Transaction | None = None, at_once: int = AT_ONCE) -> None:
        self._session, self._at_once = session, at_once
        self._transaction: Transaction = transaction or (lambda: nullcontext(session))
        self._rows = bulk.kind(session)
        self._responses: dict[Names, Rows] = {}
        self._pending = self._rows("pending", ("client_id", "day"), ("unit_id",))
        self._comments = self._rows("comment", ("client_id",), ("unit_id", "masked"))
        self._marks: dict[int, _Marks] = {}

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._write()

    def add(self, form: Submission, givings: Givings) -> None:
        """A form, checked once, that these citizens give. What differs stands in the givings, not in the form."""
        unit_id, text = form.point.unit.id, answers.words(form.answers, form.version)
        values, names = responses.values(self._session, form), _names(len(form.version.items))
        ids, days = _texts(givings.client_ids), [day.isoformat() for day in givings.days]
        marks, counted = self._marks_of(unit_id).of(givings)
        own = (ids, givings.body_hashes, days, _moments(givings.received_at), marks, counted)
        self._responses_of(names).add(own, [_plain(values.get(name)) for name in names])
        self._pending.add([list(compress(column, counted)) for column in (ids, days)], [unit_id])
        if text is not None:
            self._comments.add([ids], [unit_id, masking.mask(text)])
        if sum(map(len, self._responses.values())) >= self._at_once:
            self._write()

    def _responses_of(self, names: Names) -> Rows:
        if names not in self._responses:
            self._responses[names] = self._rows("response", _OWN, names)
        return self._responses[names]

    def _marks_of(self, unit_id: int) -> "_Marks":
        if unit_id not in self._marks:
            self._marks[unit_id] = _Marks(self._session, unit_id)
        return self._marks[unit_id]

    def _write(self) -> None:
        with self._transaction() as session:
            for rows in (*self._responses.values(), self._pending, self._comments):
                rows.write(session)


class _Marks:
    """The marks of a unit's dossiers, by which the first answer about each counts, as in `dossier_keys.mark`."""

    def __init__(self, session: Session, unit_id: int) -> None:
        held = select(Response.dossier_hash).where(
            Response.unit_id == unit_id, Response.counted, Response.dossier_hash.is_not(None)
        )
        self._session, self._held = session, set(session.scalars(held))
        self._keys: Mapping[int, bytes] = dossier_keys.held(session)

    def of(self, givings: Givings) -> tuple[list[bytes | None], list[bool]]:
        """The marks to store, and which of these answers count."""
        marks: list[bytes | None] = [None] * len(givings)
        counted = [True] * len(givings)
        for place, dossier in givings.dossiers.items():
            marks[place], counted[place] = self._of(dossier, givings.days[place].year)
        return marks, counted

    def _of(self, dossier: Dossier, year: int) -> tuple[bytes, bool]:
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
    """The columns that a form of so many items shares with all who give it: those of other slots stay empty."""
    unused = SLOT_COLUMNS[items:]
    return tuple(column.name for column in _RESPONSE.columns if column.name not in (*_OWN, *unused))


def _plain(value: object) -> Value:
    """A value as both databases take it: objects as JSON."""
    return json.dumps(value) if isinstance(value, dict) else value  # type: ignore[return-value]


def _texts(client_ids: bytes) -> list[str]:
    """The client ids as hexadecimal digits."""
    digits, long = client_ids.hex(), 2 * ID_BYTES
    return [digits[start : start + long] for start in range(0, len(digits), long)]


def _moments(seconds: Sequence[int]) -> list[str]:
    """The moments as both databases take them, in UTC."""
    return [f"{_day(second // DAY)} {_clock(second % DAY)}" for second in seconds]


@cache
def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


@cache
def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000000"
