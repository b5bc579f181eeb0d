"""Counts what is for inspectors only, once for each year that is over."""

from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from survey.domain.audit import Action
from survey.domain.integrity import DUE_MONTH
from survey.domain.periods import Month, local_day
from survey.domain.workdays import first_working_day
from survey.models import IntegrityFigure
from survey.queries import integrity as queries
from survey.services import audit


def due(today: date) -> int:
    """The newest year that is to be counted by this day."""
    ready = today >= first_working_day(Month(today.year, DUE_MONTH))
    return today.year - 1 if ready else today.year - 2


def count(session: Session, actor: str, now: datetime) -> int:
    """Count the year that is due unless it was counted; how many figures that made.

    Never twice: a second count would differ by those who came late, and tell of them.
    """
    year = due(local_day(now))
    if year in queries.years(session):
        return 0
    rows = [
        {
            "unit_id": figure.unit_id,
            "year": year,
            "questionnaire_id": figure.version.id,
            "fact": figure.fact,
            "option": option,
            "respondents": respondents,
        }
        for figure in queries.count(session, year)
        for option, respondents in figure.counts.items()
    ]
    if rows:
        session.execute(insert(IntegrityFigure), rows)
        audit.record(session, now, actor, Action.INTEGRITY_COUNTED, str(year), {"number": len(rows)})
    return len(rows)


def viewed(session: Session, year: int, actor: str, now: datetime) -> None:
    """Record that somebody looked at the figures of a year."""
    audit.record(session, now, actor, Action.INTEGRITY_VIEWED, str(year))
