"""The figures that open data is made from: of all units, for the last full year, and for every month since it began."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from survey.domain.disclosure import Minimums
from survey.domain.figures import Figure
from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.queries import answered, catalogue, questionnaires, rates


def span(today: date) -> Period:
    """From the start of the last full year to the end of the last full month."""
    return Period(date(today.year - 1, 1, 1), Month.of(today).plus(-1).last)


def figures(session: Session, minimums: Minimums, today: date) -> Iterator[Figure]:
    """Unit by unit, for every questionnaire that was answered."""
    ids = [unit.id for unit in catalogue.units(session)]
    for version in questionnaires.published(session):
        if answered.has_answers(session, version, ids):
            yield from _of_version(session, version, minimums, today)


def _of_version(session: Session, version: Version, minimums: Minimums, today: date) -> Iterator[Figure]:
    whole = span(today)
    year = Period(whole.start, date(whole.start.year, 12, 31))
    for unit in catalogue.units(session):
        if unit.overlaps(year):
            found = rates.of_unit(session, Selection(version, year), unit, minimums, today)
            yield from (found.overall, *found.factors, *found.items)
        if unit.overlaps(whole):
            yield from rates.of_months(session, Selection(version, whole), unit, minimums, today)
