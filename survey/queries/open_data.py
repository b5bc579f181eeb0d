"""The file of open data, and what it is made from: all units, for the last full year and every month since it began."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.disclosure import Minimums
from survey.domain.figures import Figure
from survey.domain.open_data import OpenData
from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.models import OpenDataFile
from survey.queries import answered, catalogue, questionnaires, rates


def made_at(session: Session, minimums: Minimums) -> datetime | None:
    """When the kept file was made; None without one, or where its cells were held against other minimums."""
    found = session.execute(select(OpenDataFile.made_at, OpenDataFile.shown_minimum, OpenDataFile.full_minimum)).first()
    same = found is not None and (found.shown_minimum, found.full_minimum) == (minimums.shown, minimums.full)
    return found.made_at if found is not None and same else None


def kept(session: Session) -> OpenData | None:
    """The kept file."""
    row = session.scalar(select(OpenDataFile))
    if row is None:
        return None
    minimums = Minimums(row.shown_minimum, row.full_minimum)
    return OpenData(row.content, row.rows, Period(row.first, row.last), minimums, row.made_at)


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
