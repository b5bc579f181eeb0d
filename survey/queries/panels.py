"""Lots that are not yet looked at for groups of citizens, and the people in them. Session in, plain values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.tally import Tally
from survey.domain.traits import Trait
from survey.models import SLOT_COLUMNS, Layer, Released, ReleasedPart, Response
from survey.queries import tallies, waiting


@dataclass(frozen=True, slots=True)
class Answered:
    """One released answer: its lot, procedure, traits among all that were said, and the places of items answered.

    `shifted` says that a later decision brought it to the other side, be it there still or not.
    """

    lot: int
    procedure: str | None
    said: Mapping[str, str]
    items: frozenset[int]
    shifted: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the released answers a dimension's groups hold: what a comparison of groups leaves out."""

    told: int
    released: int


def undecided_units(session: Session, before: date) -> tuple[int, ...]:
    """The units with lots that ended before that day and were not looked at."""
    found = _undecided(select(Released.unit_id), before, pooled=False)
    return tuple(session.scalars(found.distinct().order_by(Released.unit_id)))


def undecided(session: Session, unit_ids: Iterable[int], before: date) -> list[Released]:
    """Those lots."""
    found = _undecided(select(Released), before, pooled=False).where(Released.unit_id.in_(list(unit_ids)))
    return list(session.scalars(found.order_by(Released.first, Released.id)))


def unpooled(session: Session, before: date) -> list[Released]:
    """The lots that no panel of their office tells, and that were not yet looked at together with their neighbours'."""
    found = _undecided(select(Released), before, pooled=True)
    return list(session.scalars(found.order_by(Released.first, Released.id)))


def people(session: Session, version: Version, unit_ids: Iterable[int], lot_ids: Iterable[int]) -> list[Answered]:
    """The counted answers of these lots that these offices hold."""
    slots: list[Any] = [Response.__table__.c[SLOT_COLUMNS[item.slot - 1]].is_not(None) for item in version.items]
    columns: tuple[Any, ...] = (
        Response.lot,
        Response.procedure,
        Response.about,
        Response.facts,
        Response.shift,
        *slots,
    )
    statement = select(*columns).where(
        Response.unit_id.in_(list(unit_ids)), Response.lot.in_(list(lot_ids)), Response.counted
    )
    return [
        Answered(
            lot,
            procedure,
            {**(facts or {}), **(about or {})},
            frozenset(number for number, answered in enumerate(given) if answered),
            shift is not None,
        )
        for lot, procedure, about, facts, shift, *given in (tuple(row) for row in session.execute(statement))
    ]


def sums(session: Session, version: Version, unit_ids: Iterable[int], lot_ids: Iterable[int], trait: Trait) -> Tally:
    """The tally of those who said this, in these lots of these offices."""
    keys: list[Any] = [Response.questionnaire_id]
    statement = tallies.of_responses(version, keys).where(
        Response.unit_id.in_(list(unit_ids)), Response.lot.in_(list(lot_ids)), tallies.said(version, trait)
    )
    return tallies.by_key(session, version, statement, 1)[version.id,]


def reach(session: Session, selection: Selection, unit_ids: Iterable[int], question: str) -> Reach:
    """How many released answers of the period the groups of a question hold."""
    ids, period = list(unit_ids), selection.period
    within: list[ColumnElement[bool]] = [
        Released.questionnaire_id == selection.version.id,
        Released.unit_id.in_(ids),
        Released.first >= period.start,
        Released.last <= period.end,
    ]
    told = select(func.sum(Released.respondents)).where(
        *within,
        Released.layer == Layer.TRAIT,
        Released.quarantined.is_(False),
        Released.trait.startswith(f"{question}=", autoescape=True),
    )
    every = select(func.sum(Released.respondents)).where(
        *within,
        Released.layer.in_((Layer.LOT, Layer.SHIFTED + Layer.LOT)),
        Released.whole,
        Released.quarantined.is_(False),
    )
    return Reach(int(session.scalar(told) or 0), int(session.scalar(every) or 0))


def _undecided(found: Select[Any], before: date, *, pooled: bool) -> Select[Any]:
    panel, part = Released.__table__.alias("panel"), ReleasedPart.__table__.alias("part")
    looked_at = (
        select(panel.c.id)
        .join(part, part.c.released_id == panel.c.id)
        .where(part.c.lot_id == Released.id, panel.c.layer == Layer.PANEL)
    )
    if pooled:
        looked_at = looked_at.where(or_(panel.c.respondents > 0, panel.c.unit_id != Released.unit_id))
    return found.where(
        Released.layer == Layer.LOT,
        Released.whole,
        Released.quarantined.is_(False),
        Released.last < before,
        ~looked_at.exists(),
        ~waiting.shifted(Released.id),
    )
