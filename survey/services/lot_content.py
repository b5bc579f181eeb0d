"""Counts, once for each lot, the people who were satisfied with everything that they answered."""

from itertools import groupby

from sqlalchemy import insert
from sqlalchemy.orm import Session

from survey.models import LotContent, Released
from survey.queries import catalogue, lot_content, questionnaires


def count(session: Session, unit_id: int) -> None:
    """Of every lot of this unit that was not counted yet. Call it inside `extensions.refreshing()`."""
    lots = sorted(lot_content.uncounted(session, unit_id), key=lambda lot: lot.questionnaire_id)
    holders = [unit.id for unit in catalogue.units(session) if unit_id in unit.path] if lots else []
    for version_id, own in groupby(lots, key=lambda lot: lot.questionnaire_id):
        rows = list(own)
        found = lot_content.counted(session, questionnaires.by_id(session, version_id), rows, holders)
        session.execute(insert(LotContent), [{"lot_id": lot.id, "people": _people(lot, found)} for lot in rows])


def _people(lot: Released, found: dict[int, tuple[int, int]]) -> int | None:
    """None where answers of the lot were deleted before."""
    every, people = found.get(lot.id, (0, 0))
    return people if every == lot.respondents else None
