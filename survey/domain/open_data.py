"""The published file of open data: what is in it, and when it must be made anew."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey.domain.disclosure import Minimums
from survey.domain.periods import Period

FRESH = timedelta(hours=1)  # in which a file is not made again: what is released meanwhile is mostly of open months


@dataclass(frozen=True, slots=True)
class OpenData:
    """The file, and what its descriptor says of it. `minimums` are those that its cells were held against."""

    content: bytes
    rows: int
    period: Period
    minimums: Minimums
    made: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def year(self) -> int:
        return self.period.start.year


def is_due(made: datetime | None, now: datetime) -> bool:
    """Whether the file is missing, an hour old, or from the future of a clock that was wrong."""
    return made is None or not made <= now < made + FRESH
