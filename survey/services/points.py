"""Creates collection points. A code is drawn until one is free; it is public, so nothing is secret about it."""

from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import names
from survey.domain.lines import KEY
from survey.domain.points import PointKind, draw_code
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import strange
from survey.domain.units import Unit
from survey.models import Point as PointRow
from survey.models import Questionnaire
from survey.queries import catalogue
from survey.queries.points import Point

LONGEST_LABEL = 120
# With a million points, eight draws in a row are taken once in 10^16.
DRAWS = 8


def create(
    session: Session,
    unit_code: str,
    kind: PointKind,
    label: str,
    questionnaire_key: str,
    random: Random,
    day: date | None = None,
) -> Point:
    """A new point of a unit, with a code of its own; without a label it is called after the unit.

    The unit must be open on `day`; without a day it must have no last day. Raises InvalidError with everything that
    is wrong: unit unknown or closed, questionnaire never published, label too long.
    """
    unit = catalogue.unit(session, unit_code)
    wanted = names.normal(label)
    problems = _problems(unit, unit_code, day)
    if not _is_published(session, questionnaire_key):
        problems.append(Problem("questionnaire", "questionnaire_unknown", {"value": questionnaire_key}))
    if len(wanted) > LONGEST_LABEL:
        problems.append(Problem("label", "label_too_long", {"length": len(wanted), "limit": LONGEST_LABEL}))
    elif char := strange(wanted):
        problems.append(Problem("label", "character_bad", {"column": "label", "character": char}))
    if problems or unit is None:
        raise InvalidError(problems)
    row = PointRow(
        unit_id=unit.id,
        kind=kind.value,
        label=wanted or unit.name[:LONGEST_LABEL],
        questionnaire_key=questionnaire_key,
    )
    _save(session, row, random)
    return Point(row.id, row.code, unit, kind, row.label, row.questionnaire_key)


def _is_published(session: Session, key: str) -> bool:
    found = select(Questionnaire.id).where(Questionnaire.key == key).limit(1)
    return KEY.fullmatch(key) is not None and session.scalar(found) is not None


def _problems(unit: Unit | None, unit_code: str, day: date | None) -> list[Problem]:
    if unit is None:
        return [Problem("unit", "unit_unknown", {"value": unit_code})]
    if unit.valid_to is not None and day is None:
        return [Problem("unit", "unit_closed", {"value": unit_code, "day": unit.valid_to.isoformat()})]
    if day is not None and not unit.is_open(day):
        return [Problem("unit", "unit_closed", {"value": unit_code, "day": day.isoformat()})]
    return []


def _save(session: Session, row: PointRow, random: Random) -> None:
    """Insert under the first drawn code that is free. The unique constraint decides, so two writers never share one."""
    for _ in range(DRAWS):
        row.code = draw_code(random)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            continue
        return
    raise InvalidError([Problem("code", "codes_exhausted")])
