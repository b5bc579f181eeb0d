"""How much work waits, in totals over all units: session in, frozen values out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.models import Device, Pending, Released

SILENT_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Responses that no tally holds and the oldest one's day; kiosks, those not heard of for an hour, those that keep
    answers back, how many answers; and when answers were last released.
    """

    pending: int
    oldest: date | None
    kiosks: int
    silent: int
    holding: int
    held: int
    released_at: datetime | None


def waiting(session: Session, now: datetime) -> Waiting:
    """What waits at this moment."""
    pending, oldest = session.execute(select(func.count(), func.min(Pending.day))).one()
    paired = select(func.count(), func.coalesce(func.sum(Device.queued), 0)).where(Device.revoked_at.is_(None))
    kiosks, held = session.execute(paired).one()
    silent = session.execute(paired.where(Device.last_seen < now - SILENT_AFTER)).one()[0]
    holding = session.execute(paired.where(Device.queued > 0)).one()[0]
    released_at = session.scalar(select(Released.released_at).order_by(Released.id.desc()).limit(1))
    return Waiting(pending, oldest, kiosks, silent, holding, held, released_at)
