"""Single paper forms of a batch under way: keyed once, keyed again, settled where the two differ. Kept encrypted."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from survey.domain import answers, paper
from survey.domain.paper import VOID, Entry, Keyed, Turn
from survey.domain.periods import local_day
from survey.domain.problems import InvalidError
from survey.models import PaperForm
from survey.queries import catalogue
from survey.queries import paper as queries
from survey.queries.paper import Batch, SealedForm
from survey.services import seals

PURPOSE = "paper forms"


class TakenError(Exception):
    """The form was keyed in this turn by somebody else, or changed since it was opened."""


def keyed(session: Session, batch_id: int, key: str) -> tuple[Keyed, ...]:
    """The forms of a batch by the number on them. What was kept under another secret counts as not keyed."""
    return tuple(_opened(form, key) for form in queries.forms(session, batch_id))


def one(session: Session, batch_id: int, place: int, key: str) -> Keyed | None:
    """One form."""
    form = queries.form(session, batch_id, place)
    return None if form is None else _opened(form, key)


def mark(entry: Entry | None) -> str:
    """What a page holds of the entry that it shows, to notice that another one took its place."""
    return "" if entry is None else hashlib.sha256(_text(entry).encode()).hexdigest()[:16]


def check(session: Session, batch: Batch, entry: Entry, now: datetime) -> None:
    """Raises InvalidError with everything for which the form could not be taken, paths as the fields are named."""
    problems = paper.unkeyed(entry, batch.version)
    if VOID not in entry:
        document = paper.document(entry, batch.version, batch.point.code)
        known = catalogue.procedures_among(session, answers.procedure_codes(document))
        try:
            answers.check(document, batch.version, known, local_day(now))
        except InvalidError as error:
            problems += error.problems
    if problems:
        raise InvalidError(problems)


def enter(
    session: Session, batch: Batch, turn: Turn, place: int, entry: Entry, seen: str, staff_id: int, key: str
) -> None:
    """Keep what was keyed. The same again changes nothing; over an entry of one's own goes a new one that saw it.

    Call it after `paper.under_way`, which holds the batch for this transaction. Raises TakenError for an entry of
    somebody else, and for one that was changed since the page was made: then nothing is kept.
    """
    held = one(session, batch.id, place, key)
    if held is None:
        raise TakenError
    before, author = held.of(turn), held.author(turn)
    if before == entry:
        return
    if before is not None and (author != staff_id or mark(before) != seen):
        raise TakenError
    sealed = seals.close(_text(entry), key, PURPOSE)
    name = "first" if turn is Turn.FIRST else "second"
    _write(session, batch.id, place, {name: sealed, f"{name}_by": staff_id, "settled": None})


def settle(session: Session, batch: Batch, place: int, entry: Entry, key: str) -> None:
    """Keep what stands on the paper where the two entries differ."""
    _write(session, batch.id, place, {"settled": seals.close(_text(entry), key, PURPOSE)})


def _write(session: Session, batch_id: int, place: int, values: dict[str, bytes | int | None]) -> None:
    session.execute(update(PaperForm).where(PaperForm.batch_id == batch_id, PaperForm.place == place).values(**values))


def _text(entry: Entry) -> str:
    return json.dumps(dict(entry), ensure_ascii=False)


def _opened(form: SealedForm, key: str) -> Keyed:
    first, second, settled = (_entry(sealed, key) for sealed in (form.first, form.second, form.settled))
    return Keyed(form.place, first, form.first_by, second, form.second_by, settled)


def _entry(sealed: bytes | None, key: str) -> dict[str, str] | None:
    text = None if sealed is None else seals.open_(sealed, key, PURPOSE)
    found: dict[str, str] | None = None if text is None else json.loads(text)
    return found
