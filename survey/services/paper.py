"""Batches of paper forms: opened, counted anew, let go of, and taken as a whole once every form was keyed twice alike.

A form that was taken is a response like any other and can never be changed; so it is proved before, not after. The id
of a response follows from the number on its form and on its batch: whatever is sent twice is taken once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import answers, paper, submissions
from survey.domain.audit import Action
from survey.domain.paper import LONGEST_NUMBER, MOST_FORMS, VOID, Entry, Standing, folded
from survey.domain.periods import local_day
from survey.domain.points import Channel, PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.tables import strange
from survey.domain.units import Unit
from survey.models import PaperBatch, PaperForm
from survey.queries import catalogue, questionnaires
from survey.queries import paper as queries
from survey.queries.paper import Batch
from survey.queries.points import Point
from survey.services import audit, paper_forms, points, responses
from survey.services.responses import ConflictError, Outcome, Submission

Detail = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A batch to open: of which unit and questionnaire, under which number, of which day, of how many forms."""

    unit: Unit
    questionnaire: str
    number: str
    day: date
    forms: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filled form: where it belongs, under which numbers, of which day, and what stands on it.

    `order` is its place among those that arrive together: copies that lie one behind the other are flagged.
    """

    point: Point
    version: Version
    number: str
    place: int
    day: date
    entry: Entry
    order: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many forms are held as responses now, and how many had nothing on them."""

    forms: int
    void: int


class ClosedError(Exception):
    """The batch was accepted or let go of already."""


class UnreadyError(Exception):
    """A form was not keyed twice, or its two entries differ and nobody settled it."""


def open_(session: Session, wanted: Wanted, actor: str, now: datetime, random: Random) -> int:
    """Open a batch with as many empty forms; its id. The unit gets a point for paper forms where it has none.

    Raises InvalidError with everything that is wrong, a number that was used before among it.
    """
    number = folded(wanted.number)
    problems = _problems(wanted, number, local_day(now))
    version = questionnaires.latest(session, wanted.questionnaire)
    if version is None:
        problems.append(Problem("questionnaire", "questionnaire_missing"))
    if problems or version is None:
        raise InvalidError(problems)
    point = counter(session, wanted, actor, now, random)
    row = PaperBatch(
        point_id=point.id,
        questionnaire_id=version.id,
        number=number,
        day=wanted.day,
        forms=wanted.forms,
        opened_at=now,
        opened_by=actor,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise InvalidError([Problem("number", "number_taken", {"number": number})]) from error
    _add_forms(session, row.id, 1, wanted.forms)
    audit.record(session, now, actor, Action.PAPER_OPENED, point.code, {"number": number, "forms": wanted.forms})
    return row.id


def counter(session: Session, wanted: Wanted, actor: str, now: datetime, random: Random) -> Point:
    """The unit's point for paper forms of the questionnaire, made where there is none."""
    found = queries.counter(session, wanted.unit.id, wanted.questionnaire)
    if found is not None:
        return found
    unit = wanted.unit
    made = points.create(session, unit.code, PointKind.PAPER, "", wanted.questionnaire, random, wanted.day)
    detail = {"unit": unit.code, "kind": PointKind.PAPER.value}
    audit.record(session, now, actor, Action.POINT_CREATED, made.code, detail)
    return made


def resize(session: Session, batch_id: int, forms: int, actor: str, now: datetime) -> None:
    """Count the batch anew; what was keyed stays. Raises InvalidError when a form that would go was keyed."""
    batch = under_way(session, batch_id)
    if not 1 <= forms <= MOST_FORMS:
        raise InvalidError([Problem("forms", "forms_wrong", {"most": MOST_FORMS})])
    last = max((one.place for one in queries.forms(session, batch_id) if one.first or one.second), default=0)
    if forms < last:
        raise InvalidError([Problem("forms", "forms_keyed", {"place": last})])
    session.execute(delete(PaperForm).where(PaperForm.batch_id == batch_id, PaperForm.place > forms))
    _add_forms(session, batch_id, batch.forms + 1, forms)
    session.execute(update(PaperBatch).where(PaperBatch.id == batch_id).values(forms=forms))
    detail: Detail = {"number": batch.number, "before": batch.forms, "after": forms}
    audit.record(session, now, actor, Action.PAPER_COUNTED, batch.point.code, detail)


def drop(session: Session, batch_id: int, actor: str, now: datetime) -> None:
    """Let go of a batch and of everything keyed for it; its number can be used again."""
    batch = under_way(session, batch_id)
    session.execute(delete(PaperForm).where(PaperForm.batch_id == batch_id))
    session.execute(delete(PaperBatch).where(PaperBatch.id == batch_id))
    detail: Detail = {"number": batch.number, "forms": batch.forms}
    audit.record(session, now, actor, Action.PAPER_DROPPED, batch.point.code, detail)


def accept(session: Session, batch_id: int, key: str, actor: str, now: datetime) -> Taken:
    """Take every form of a batch as a response, all or none, and delete what was keyed.

    Raises ClosedError, UnreadyError, or InvalidError with the form's number as the path.
    """
    batch = under_way(session, batch_id)
    keyed = paper_forms.keyed(session, batch_id, key)
    if len(keyed) != batch.forms or any(form.standing is not Standing.AGREED for form in keyed):
        raise UnreadyError
    results = {form.place: form.result for form in keyed if form.result is not None}
    filled = {place: entry for place, entry in results.items() if VOID not in entry}
    for place, entry in filled.items():
        _take(session, batch, place, entry, key, now)
    session.execute(delete(PaperForm).where(PaperForm.batch_id == batch_id))
    done = {"accepted_at": now, "accepted": len(filled)}
    session.execute(update(PaperBatch).where(PaperBatch.id == batch_id).values(**done))
    taken = Taken(len(filled), batch.forms - len(filled))
    detail: Detail = {"number": batch.number, "forms": taken.forms, "void": taken.void}
    audit.record(session, now, actor, Action.PAPER_ACCEPTED, batch.point.code, detail)
    return taken


def submission(session: Session, sheet: Sheet, key: str, now: datetime) -> Submission:
    """A form as a response to store. Raises InvalidError with every problem, paths as the fields are named."""
    point, version = sheet.point, sheet.version
    document = paper.document(sheet.entry, version, point.code)
    known = catalogue.procedures_among(session, answers.procedure_codes(document))
    found = answers.check(document, version, known, local_day(now))
    identity = paper.client_id(key, point.unit.code, version.key, sheet.number, sheet.place)
    hashed = submissions.body_hash(key, document)
    moment = now + timedelta(microseconds=sheet.order)
    return Submission(identity, point, version, found, sheet.day, moment, hashed, Channel.PAPER)


def under_way(session: Session, batch_id: int) -> Batch:
    """The batch, for this transaction alone to change. Raises ClosedError when it is over."""
    locked = session.scalar(select(PaperBatch.id).where(PaperBatch.id == batch_id).with_for_update())
    batch = None if locked is None else queries.batch(session, batch_id)
    if batch is None or not batch.is_open:
        raise ClosedError
    return batch


def _take(session: Session, batch: Batch, place: int, entry: Entry, key: str, now: datetime) -> Outcome:
    try:
        sheet = Sheet(batch.point, batch.version, batch.number, place, batch.day, entry, place)
        wanted = submission(session, sheet, key, now)
        return responses.accept(session, wanted)
    except InvalidError as error:
        raise InvalidError([Problem(str(place), one.code, one.values) for one in error.problems]) from error
    except ConflictError as error:
        raise InvalidError([Problem(str(place), "held_otherwise")]) from error


def _problems(wanted: Wanted, number: str, today: date) -> list[Problem]:
    problems = []
    if not number or len(number) > LONGEST_NUMBER or strange(number):
        problems.append(Problem("number", "number_wrong", {"most": LONGEST_NUMBER}))
    problems += paper.day_problems(wanted.day, wanted.unit, today)
    if not 1 <= wanted.forms <= MOST_FORMS:
        problems.append(Problem("forms", "forms_wrong", {"most": MOST_FORMS}))
    return problems


def _add_forms(session: Session, batch_id: int, first: int, last: int) -> None:
    rows = [{"batch_id": batch_id, "place": place} for place in range(first, last + 1)]
    if rows:
        session.execute(insert(PaperForm), rows)
