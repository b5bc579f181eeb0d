"""Counts of answers that are for inspectors only: those of a year in the rows, and those that were made once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.models import IntegrityFigure, Response
from survey.queries import questionnaires


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a unit alone chose each option of a question in a year, 0 for options that nobody chose."""

    unit_id: int
    version: Version
    fact: str
    counts: dict[str, int]


def years(session: Session) -> tuple[int, ...]:
    """The years that were counted, newest first."""
    found = select(IntegrityFigure.year).distinct().order_by(IntegrityFigure.year.desc())
    return tuple(session.scalars(found))


def figures(session: Session, year: int, unit_ids: Iterable[int]) -> tuple[Figure, ...]:
    """The counts of a year that were made for these units."""
    rows = session.scalars(
        select(IntegrityFigure).where(IntegrityFigure.year == year, IntegrityFigure.unit_id.in_(list(unit_ids)))
    )
    found: dict[tuple[int, int, str], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.unit_id, row.questionnaire_id, row.fact), {})[row.option] = row.respondents
    versions = {version.id: version for version in questionnaires.published(session)}
    return tuple(
        Figure(unit_id, versions[version_id], fact, counts) for (unit_id, version_id, fact), counts in found.items()
    )


def count(session: Session, year: int) -> tuple[Figure, ...]:
    """The released answers of a year to every question for inspectors, of each unit alone, out of the rows."""
    found = []
    for version in questionnaires.published(session):
        for question in version.facts:
            if question.inspectors_only:
                found += _of_question(session, version, question.key, [one.key for one in question.options], year)
    return tuple(found)


def _of_question(session: Session, version: Version, key: str, options: list[str], year: int) -> list[Figure]:
    chosen = Response.facts[key].as_string()
    rows = session.execute(
        select(Response.unit_id, chosen, func.count())
        .where(
            Response.questionnaire_id == version.id,
            Response.day.between(date(year, 1, 1), date(year, 12, 31)),
            Response.counted,
            Response.quarantined.is_(False),
            Response.lot.is_not(None),
            chosen.in_(options),
        )
        .group_by(Response.unit_id, chosen)
    )
    found: dict[int, dict[str, int]] = {}
    for unit_id, option, number in rows:
        found.setdefault(unit_id, dict.fromkeys(options, 0))[option] = number
    return [Figure(unit_id, version, key, counts) for unit_id, counts in sorted(found.items())]
