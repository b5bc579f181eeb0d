"""The marks by which one dossier counts once, and the keys behind them: one a year of answers, destroyed at the freeze.

A dossier's code is never stored. Its mark is a keyed hash; without the key nobody can try codes against it.
"""

import secrets
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Table, delete, extract, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from survey.domain import dossiers
from survey.domain.dossiers import Dossier
from survey.models import DossierKey, Invitation, InvitationDraw, Response
from survey.queries import frozen

KEY_BYTES = 32
LOCK_BYTES = 8  # of a mark, as the number of an advisory lock


def mark(session: Session, unit_id: int, dossier: Dossier, year: int) -> bytes:
    """What is stored instead of the code with an answer of that year.

    Where an answer of the unit already has the dossier's mark under the key of another year, it is that mark again: so
    one dossier counts once also when its answers lie on two sides of a New Year. The first dossier of a year makes
    its key.
    """
    known = keys(session, year)
    marks = {each: dossiers.keyed_hash(key, dossier) for each, key in known.items()}
    if len(marks) == 1:
        return marks[year]
    _alone(session, marks[min(marks)])
    held = select(Response.dossier_hash).where(
        Response.unit_id == unit_id, Response.dossier_hash.in_(list(marks.values())), Response.counted
    )
    return session.scalar(held.limit(1)) or marks[year]


def keys(session: Session, year: int) -> dict[int, bytes]:
    """The keys that there are, by their years; that of this year is made where there is none."""
    found = _keys(session)
    if year not in found:
        _insert_key(session, year)
        found = _keys(session)
    return found


def held(session: Session) -> dict[int, bytes]:
    """The keys that there are, by their years; none is made."""
    return _keys(session)


def may_be(session: Session, dossier: Dossier, stored: bytes | None, year: int) -> bool:
    """Whether the stored mark of an answer of that year can be this dossier's.

    It always can once that year or one beside it is frozen: the key that it was made with may be gone, and the mark
    of a duplicate is that of the answer that counts, perhaps of the other side of a New Year.
    """
    if stored in [dossiers.keyed_hash(key, dossier) for key in _keys(session).values()]:
        return True
    return stored is not None and not {str(each) for each in (year - 1, year, year + 1)}.isdisjoint(
        frozen.years(session)
    )


def destroy(session: Session, years: Collection[int]) -> tuple[int, ...]:
    """Destroy the keys of these years; which of them there were. From then on no mark made with them can be made again.

    Answers of such a year that come later get a key of their own, until the next freeze. Invitations of these years
    open nothing any more: whether a dossier was answered cannot be told.
    """
    found = tuple(sorted(session.scalars(select(DossierKey.year).where(DossierKey.year.in_(list(years))))))
    overwrite(session)
    session.execute(delete(DossierKey).where(DossierKey.year.in_(found)))
    theirs = select(InvitationDraw.id).where(extract("year", InvitationDraw.opens).in_(found))
    session.execute(delete(Invitation).where(Invitation.draw_id.in_(theirs)))
    return found


def overwrite(session: Session) -> None:
    """On SQLite what is deleted from now on is overwritten in the file, and not only left out of it."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON"))


def _keys(session: Session) -> dict[int, bytes]:
    rows: Sequence[Any] = session.execute(select(DossierKey.year, DossierKey.key)).all()
    return dict(map(tuple, rows))


def _insert_key(session: Session, year: int) -> None:
    """Two first answers of a year at once make one key."""
    table: Table = DossierKey.__table__  # type: ignore[assignment]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).on_conflict_do_nothing()
    session.execute(statement, {"year": year, "key": secrets.token_bytes(KEY_BYTES)})


def _alone(session: Session, shared: bytes) -> None:
    """One transaction a dossier at a time, while there are two keys and so no unique index can decide.

    SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(shared[:LOCK_BYTES], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
