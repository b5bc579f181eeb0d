"""Marks a database as holding demonstration data, for ever."""

from datetime import datetime

from sqlalchemy.orm import Session

from survey.models import Demonstration


def mark(session: Session, now: datetime, seed: int, responses: int) -> None:
    """Record one load of made-up responses."""
    session.add(Demonstration(loaded_at=now, seed=seed, responses=responses))
    session.flush()
