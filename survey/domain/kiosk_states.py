"""What a kiosk is doing, from its last heartbeat and the opening hours of its point."""

from datetime import datetime, timedelta
from enum import StrEnum

from survey.domain.opening import Week, open_time

# Of opening time without a sign: fifteen heartbeats that did not come are no accident.
QUIET = timedelta(minutes=15)
ON_TIME = timedelta(minutes=2)  # a clock that is wrong by less is right


class KioskState(StrEnum):
    """In the order in which they want attention."""

    QUIET = "quiet"  # silent while the point is open
    REVOKED = "revoked"
    UNPAIRED = "unpaired"
    RESTING = "resting"  # silent, but the point was hardly open since
    ALIVE = "alive"


def state_of(
    paired_at: datetime | None, revoked: bool, last_seen: datetime | None, week: Week, now: datetime
) -> KioskState:
    """The state of a point's newest device; `paired_at` is None where there is none."""
    if paired_at is None:
        return KioskState.UNPAIRED
    if revoked:
        return KioskState.REVOKED
    seen = last_seen or paired_at
    if open_time(week, seen, now) >= QUIET:
        return KioskState.QUIET
    return KioskState.ALIVE if now - seen < QUIET else KioskState.RESTING


def is_on_time(skew: int) -> bool:
    """Whether a clock that is so many seconds ahead is right enough."""
    return abs(skew) < ON_TIME.total_seconds()
