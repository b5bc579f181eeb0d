"""What waits to be released, and what is released but not yet divided. Session in, plain values out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, extract, false, func, select
from sqlalchemy.orm import Session

from survey.domain.disclosure.lots import Kind, Waiting
from survey.domain.periods import Month
from survey.domain.questionnaire import Version
from survey.domain.tally import Tally
from survey.models import FACTOR_SUMS, SLOT_COLUMNS, Layer, Released, ReleasedPart, Response
from survey.queries import tallies

# Made once: an alias of so many columns takes longer to make than its statement to run.
_TARGET = Released.__table__.alias("target")
_PART, _OWN = ReleasedPart.__table__.alias("part"), ReleasedPart.__table__.alias("own")

NONE_HELD: ColumnElement[bool] = false()


@dataclass(frozen=True, slots=True)
class People:
    """How many answered, and how many of them each item."""

    answers: int
    items: tuple[int, ...]


def units(session: Session, until: date) -> tuple[int, ...]:
    """The units that hold counted answers of days up to this one which no lot holds."""
    found = select(Response.unit_id).where(Response.counted, Response.lot.is_(None), Response.day <= until).distinct()
    return tuple(session.scalars(found.order_by(Response.unit_id)))


def total(session: Session, until: date) -> int:
    """How many counted answers of days up to this one no lot holds."""
    found = select(func.count()).where(Response.counted, Response.lot.is_(None), Response.day <= until)
    return session.scalar(found) or 0


def arrived(session: Session, version: Version, unit_ids: Iterable[int], day: date) -> int:
    """How many forms came in about that day, duplicates among them: who sends a second one learns nothing."""
    found = select(func.count()).where(
        Response.unit_id.in_(list(unit_ids)), Response.day == day, Response.questionnaire_id == version.id
    )
    # Left to itself SQLite reads all responses of these units.
    indexed = found.with_hint(Response.__table__, "INDEXED BY ix_response_unit_id_day", "sqlite")
    return session.scalar(indexed) or 0


def versions(session: Session, unit_ids: Iterable[int]) -> tuple[int, ...]:
    """The ids of the questionnaires that wait there."""
    found = select(Response.questionnaire_id).where(
        Response.unit_id.in_(list(unit_ids)), Response.counted, Response.lot.is_(None)
    )
    return tuple(sorted(session.scalars(found.distinct())))


def of_units(
    session: Session, version: Version, unit_ids: Iterable[int], until: date, held: ColumnElement[bool] = NONE_HELD
) -> list[Waiting]:
    """The counted answers of days up to this one that no lot holds, as numbers by office, month, channel and kind.

    Without those under the condition `held`.
    """
    answers = (
        select(
            Response.unit_id,
            extract("year", Response.day).label("year"),
            extract("month", Response.day).label("month"),
            Response.channel,
            tallies.whole(version).label("whole"),
            Response.quarantined,
        )
        .where(
            Response.unit_id.in_(list(unit_ids)),
            Response.questionnaire_id == version.id,
            Response.counted,
            Response.lot.is_(None),
            Response.day <= until,
            ~held,
        )
        .subquery()
    )
    keys = tuple(answers.c)
    found: Select[Any] = select(*keys, func.count()).group_by(*keys).order_by(*keys)
    return [
        Waiting(unit_id, Kind(version.id, bool(whole), bool(quarantined)), Month(int(year), int(month)), channel, count)
        for unit_id, year, month, channel, whole, quarantined, count in (tuple(row) for row in session.execute(found))
    ]


def undivided(session: Session, version: Version, unit_ids: Iterable[int], layer: int) -> list[Released]:
    """The lots, or for a layer of items the rows of factors, that this layer does not divide yet; oldest first.

    A row of factors in which nobody answered the factor has nothing to divide.
    """
    source = Layer.LOT if layer == Layer.FACTORS else Layer.FACTORS
    divided = select(_TARGET.c.id).join(_PART, _PART.c.released_id == _TARGET.c.id).where(_TARGET.c.layer == layer)
    statement = select(Released).where(
        Released.questionnaire_id == version.id, Released.unit_id.in_(list(unit_ids)), Released.layer == source
    )
    if source is Layer.LOT:
        found = statement.where(~divided.where(_PART.c.lot_id == Released.id).exists())
    else:
        answered = Released.__table__.c[FACTOR_SUMS[layer - Layer.ITEMS][0]] > 0
        mine = divided.join(_OWN, _OWN.c.lot_id == _PART.c.lot_id).where(_OWN.c.released_id == Released.id)
        found = statement.where(answered, ~mine.exists())
    return list(session.scalars(found.order_by(Released.first, Released.id)))


def lots_of(session: Session, rows: Sequence[Released]) -> dict[int, list[int]]:
    """The ids of the lots of each row; a lot is its own."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    wanted = select(ReleasedPart).where(ReleasedPart.released_id.in_([row.id for row in rows]))
    for part in session.scalars(wanted.order_by(ReleasedPart.lot_id)):
        found[part.released_id].append(part.lot_id)
    return {row.id: [row.id] if row.layer == Layer.LOT else found[row.id] for row in rows}


def sums(session: Session, version: Version, lot_ids: Iterable[int], unit_ids: Iterable[int]) -> dict[int, Tally]:
    """The tally of each lot, from its answers, which these units hold."""
    statement = _answers(version, lot_ids, unit_ids, [Response.lot])
    return {key[0]: tally for key, tally in tallies.by_key(session, version, statement, 1).items()}


def sums_by_procedure(
    session: Session, version: Version, lot_ids: Iterable[int], unit_ids: Iterable[int], codes: Iterable[str]
) -> dict[tuple[int, str], Tally]:
    """The tally of each of these procedures in each lot."""
    statement = _answers(version, lot_ids, unit_ids, [Response.lot, Response.procedure])
    found = statement.where(Response.procedure.in_(list(codes)))
    return {(lot, code): tally for (lot, code), tally in tallies.by_key(session, version, found, 2).items()}


def people(
    session: Session, version: Version, lot_ids: Iterable[int], unit_ids: Iterable[int]
) -> dict[tuple[int, str | None], People]:
    """How many answered about each procedure in each lot, in all and by item; None for those who name none.

    Only answers of the lot's own unit: a pool of several offices lacks some here.
    """
    slots = [func.count(Response.__table__.c[SLOT_COLUMNS[item.slot - 1]]) for item in version.items]
    columns: tuple[Any, ...] = (Response.lot, Response.procedure, func.count(), *slots)
    statement: Select[Any] = (
        select(*columns)
        .join(Released, (Released.id == Response.lot) & (Released.unit_id == Response.unit_id))
        .where(Response.unit_id.in_(list(unit_ids)), Response.lot.in_(list(lot_ids)), Response.counted)
        .group_by(Response.lot, Response.procedure)
    )
    rows = (tuple(row) for row in session.execute(statement))
    return {(lot, code): People(count, tuple(items)) for lot, code, count, *items in rows}


def told(session: Session, lot_ids: Iterable[int]) -> set[tuple[int, str | None]]:
    """The lots and procedures that blocks hold."""
    statement = (
        select(ReleasedPart.lot_id, Released.procedure)
        .join(Released, Released.id == ReleasedPart.released_id)
        .where(ReleasedPart.lot_id.in_(list(lot_ids)), Released.layer == Layer.BLOCK)
    )
    return {(lot, code) for lot, code in session.execute(statement)}


def lots_with_procedures(session: Session, version: Version, unit_ids: Iterable[int]) -> list[Released]:
    """The lots of these offices whose answers count overall and are not in quarantine, oldest first.

    Without those of which a later decision told some apart: nothing else cuts across them any more.
    """
    statement = select(Released).where(
        Released.questionnaire_id == version.id,
        Released.unit_id.in_(list(unit_ids)),
        Released.layer == Layer.LOT,
        Released.whole,
        Released.quarantined.is_(False),
        ~shifted(Released.id),
    )
    return list(session.scalars(statement.order_by(Released.first, Released.id)))


def shifted(lot_id: Any) -> ColumnElement[bool]:
    """Whether a shift is a part of the lot."""
    found = select(_TARGET.c.id).join(_PART, _PART.c.released_id == _TARGET.c.id)
    return found.where(_PART.c.lot_id == lot_id, _TARGET.c.layer == Layer.SHIFT).exists()


def _answers(version: Version, lot_ids: Iterable[int], unit_ids: Iterable[int], keys: list[Any]) -> Select[Any]:
    """The unit is asked for too: it is what the table of responses is ordered by."""
    return tallies.of_responses(version, keys).where(
        Response.unit_id.in_(list(unit_ids)), Response.lot.in_(list(lot_ids)), Response.questionnaire_id == version.id
    )
