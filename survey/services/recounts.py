"""Has the sums of some days made again, after answers of them have come to count otherwise; until then reading adds up
the answers themselves.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from survey.database import REFRESH_LOCK
from survey.models import Pending, Response, Tally


def alone(session: Session) -> None:
    """Nobody makes sums meanwhile. SQLite has one writer; each statement after the lock sees what was committed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": REFRESH_LOCK})


def again(session: Session, unit_id: int, days: Iterable[date]) -> None:
    """Let go of the sums of these days of a unit. Call `alone` before the answers are changed."""
    wanted = list(days)
    session.execute(delete(Tally).where(Tally.unit_id == unit_id, Tally.day.in_(wanted)))
    waits = select(Pending.client_id).where(Pending.unit_id == unit_id, Pending.client_id == Response.client_id)
    loose = select(Response.unit_id, Response.client_id, Response.day).where(
        Response.unit_id == unit_id, Response.day.in_(wanted), Response.counted, ~waits.exists()
    )
    session.execute(insert(Pending).from_select(["unit_id", "client_id", "day"], loose))
