"""A report that is made while its reader waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENCE = timedelta(minutes=3)  # after which a job that says nothing is taken for dead
KEPT = timedelta(days=1)


class State(StrEnum):
    """Where a job is."""

    MAKING = "making"
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """`done` of `total` parts; `complaint` says why it failed: slow, busy or broken."""

    id: str
    name: str
    again: str
    state: State
    complaint: str | None
    done: int
    total: int
    told_at: datetime

    def seen(self, now: datetime) -> State:
        """Where it is now: one that was silent for too long ended with its server."""
        silent = self.state is State.MAKING and now - self.told_at > SILENCE
        return State.FAILED if silent else self.state

    @property
    def percent(self) -> int:
        """How far it is, rounded down."""
        return 100 * self.done // self.total if self.total else 0
