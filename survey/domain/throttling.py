"""How long somebody waits after attempts to sign in that failed. Pauses grow, and stay short: nobody is locked out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(hours=1)  # without a further failure


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free; from then on the pause doubles, from one second to the longest."""

    free: int
    longest: timedelta

    def pause(self, failures: int) -> timedelta:
        """The pause after so many failures in a row."""
        if failures < self.free:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=1 << min(failures - self.free, 20)))


# By name and network, or by the browser that one has signed in with before.
ACCOUNT = Rule(5, timedelta(minutes=1))
# By name alone. One network adds its free failures to it and no more, so that it alone never makes others wait; once
# several have failed, all count.
ANYWHERE = Rule(20, timedelta(minutes=1))
# A whole office shares an address: many more are free.
NETWORK = Rule(50, timedelta(minutes=1))
# Six digits, three of a million codes are right at any moment: at most 288 guesses a day.
CODE = Rule(5, timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Record:
    """The failures of one key, and when the last of them was."""

    failures: int
    last_at: datetime


def wait(record: Record | None, rule: Rule, now: datetime) -> timedelta:
    """How long the next attempt has to wait; zero when it may be made now."""
    if record is None or now - record.last_at >= FORGOTTEN_AFTER:
        return timedelta(0)
    return max(timedelta(0), record.last_at + rule.pause(record.failures) - now)


def after(record: Record | None, now: datetime) -> Record:
    """The record with one more failure."""
    if record is None or now - record.last_at >= FORGOTTEN_AFTER:
        return Record(1, now)
    return Record(record.failures + 1, now)
