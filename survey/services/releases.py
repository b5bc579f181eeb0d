"""Releases answers in lots, and then tells of them what can be told: factors, items, procedures (METHOD §6).

Rows are only added. Call everything inside `extensions.refreshing()`: one snapshot, one releaser at a time.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Table, func, select, update
from sqlalchemy.orm import Session

from survey.domain.disclosure import lots
from survey.domain.disclosure.lots import Lot, Waiting
from survey.domain.disclosure.rounds import Round
from survey.domain.questionnaire import Version
from survey.models import Layer, Released, Response
from survey.queries import catalogue, questionnaires, reviews, tallies, waiting
from survey.services import blocks, divisions, released_rows
from survey.services.released_rows import Place

_RESPONSE: Table = Response.__table__  # type: ignore[assignment]


def take_up(session: Session, unit_ids: Iterable[int], now: Round) -> int:
    """Release what may be released of these units; how many answers that were."""
    wanted, total = list(unit_ids), 0
    held = reviews.held(session, wanted, now)
    for version_id in waiting.versions(session, wanted):
        version = questionnaires.by_id(session, version_id)
        parts = waiting.of_units(session, version, wanted, now.until, held)
        found = [
            lot
            for unit_id in wanted
            for lot in lots.of_unit([part for part in parts if part.unit_id == unit_id], now.terms)
        ]
        if found:
            total += _release(session, version, found, wanted, now, held)
    return total


def pool(session: Session, now: Round) -> int:
    """Release what small units still hold from past years, put together over the units above; how many answers."""
    paths = {unit.id: unit.path for unit in catalogue.units(session)}
    held, total = reviews.held(session, paths, now), 0
    for version in questionnaires.published(session):
        parts = waiting.of_units(session, version, paths, now.until, held)
        found = lots.pooled(parts, paths, now.year, now.terms.minimum)
        if found:
            total += _release(session, version, found, list(paths), now, held)
    return total


def _release(
    session: Session, version: Version, found: list[Lot], holders: list[int], now: Round, held: ColumnElement[bool]
) -> int:
    """Write the lots; `holders` are the units that hold their answers. Then tell of them what can be told."""
    numbers = _numbers(session, version, {lot.unit_id for lot in found})
    lot_of = dict(zip(released_rows.new_ids(session, len(found)), found, strict=True))
    people = {
        lot_id: sum(_mark(session, version, part, lot_id, now.until, held) for part in lot.parts)
        for lot_id, lot in lot_of.items()
    }
    sums, rows = waiting.sums(session, version, lot_of, holders), []
    for lot_id, lot in lot_of.items():
        numbers[lot.unit_id] += 1
        told = released_rows.overall(sums[lot_id]) if lot_id in sums else {}
        own = {"id": lot_id, "number": numbers[lot.unit_id], "respondents": people[lot_id], **told}
        rows.append({**_place(lot, now), **own})
    released_rows.write(session, rows)
    place = Place(version, sorted({lot.unit_id for lot in found}), holders, now.moment, now.terms.minimum)
    divisions.divide(session, place)
    blocks.tell(session, place)
    return sum(people.values())


def _place(lot: Lot, now: Round) -> dict[str, object]:
    return {
        "unit_id": lot.unit_id,
        "questionnaire_id": lot.kind.questionnaire_id,
        "layer": Layer.LOT,
        "released_at": now.moment,
        "first": lot.span.start,
        "last": lot.span.end,
        "channel": lot.channel,
        "quarantined": lot.kind.quarantined,
        "whole": lot.kind.whole,
    }


def _mark(
    session: Session, version: Version, part: Waiting, lot_id: int, until: date, held: ColumnElement[bool]
) -> int:
    """Put the answers into the lot; how many."""
    whole = tallies.whole(version)
    statement = (
        update(_RESPONSE)
        .where(
            Response.unit_id == part.unit_id,
            Response.day.between(part.month.first, min(part.month.last, until)),
            Response.questionnaire_id == version.id,
            Response.channel == part.channel,
            Response.quarantined.is_(part.kind.quarantined),
            Response.counted,
            Response.lot.is_(None),
            ~held,
            whole if part.kind.whole else ~whole,
        )
        .values(lot=lot_id)
    )
    return session.connection().execute(statement).rowcount


def _numbers(session: Session, version: Version, unit_ids: Iterable[int]) -> defaultdict[int, int]:
    """The number of the last lot of each unit."""
    found = select(Released.unit_id, func.max(Released.number)).where(
        Released.questionnaire_id == version.id, Released.unit_id.in_(list(unit_ids))
    )
    numbers: defaultdict[int, int] = defaultdict(int)
    for unit_id, number in session.execute(found.group_by(Released.unit_id)):
        numbers[unit_id] = number
    return numbers
