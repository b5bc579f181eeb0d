"""Which day an answer belongs to, and how long it took, from the clock of a device that may be wrong."""

from datetime import date, datetime, timedelta

from survey.domain.periods import local_day

SKEW = timedelta(minutes=10)  # how far a decent device's clock may be off
OFFLINE = timedelta(days=92)  # how long a kiosk may have been without network
OLDEST = timedelta(days=200)  # an answer that waited longer on a phone belongs to the day on which it came
LONGEST = timedelta(hours=12)  # a longer duration is a forgotten page, not an answer


def answered_day(answered_at: datetime | None, earliest: datetime | None, now: datetime) -> date:
    """The local day of an answer: the device's when plausible, else the server's.

    Plausible is between the moment when the ticket was issued (`earliest`; None for a kiosk) and now. Nothing reopens a
    day that is long past: its answers may have been deleted, and its tally could not be rebuilt.
    """
    first = now - OFFLINE if earliest is None else max(earliest, now - OLDEST)
    if answered_at is not None and first - SKEW <= answered_at <= now + SKEW:
        return local_day(min(answered_at, now))
    return local_day(now)


def duration(started_at: datetime | None, answered_at: datetime | None) -> int | None:
    """Whole seconds from the first question to sending; None where unknown or beyond belief. Skew cancels out."""
    if started_at is None or answered_at is None or not timedelta(0) <= answered_at - started_at <= LONGEST:
        return None
    return int((answered_at - started_at).total_seconds())
