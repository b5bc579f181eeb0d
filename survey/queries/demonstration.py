"""Whether the database holds demonstration data: then every page says so. Session in, plain values out."""

from sqlalchemy import exists, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from survey.models import Demonstration, Response, Staff


def is_loaded(session: Session) -> bool | None:
    """Whether demonstration data was ever loaded into this database; None when the database cannot be asked."""
    try:
        loads = session.scalar(select(func.count()).select_from(Demonstration))
    except SQLAlchemyError:
        return None
    return bool(loads)


def seeds(session: Session) -> frozenset[int]:
    """The seeds of the demonstrations that this database holds."""
    return frozenset(session.scalars(select(Demonstration.seed)))


def is_empty(session: Session) -> bool:
    """Whether nobody has answered and nobody works here yet: only then may demonstration data come in."""
    return session.scalar(select(or_(exists().select_from(Response), exists().select_from(Staff)))) is False
