"""What a kiosk says of itself every minute, read leniently: an older or newer page must not fall silent by a field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from survey.domain.periods import local_day
from survey.domain.problems import InvalidError, Problem

MOST = 1_000_000  # answers; whoever says more is wrong
MOST_SKEW = 2_000_000_000  # seconds, within what both databases hold
MOST_CODES = 12
OTHER = "other"
_CODE = re.compile(r"[a-z0-9_]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z._+-]{1,40}")


@dataclass(frozen=True, slots=True)
class Beat:
    """How many answers wait and since which day, how many were refused and why (codes with counts), seconds by which
    the device's clock is ahead, and the release of the page.
    """

    queued: int
    oldest_day: date | None
    aside: int
    problems: Mapping[str, str]
    skew: int | None
    version: str | None


def read(document: object, now: datetime) -> Beat:
    """The heartbeat in a JSON document {queue, oldest_waiting_at, aside, problems, now, version}, each optional.

    Raises InvalidError when it is no object.
    """
    if not isinstance(document, Mapping):
        raise InvalidError([Problem("", "not_object")])
    clock = _moment(document.get("now"))
    skew = None if clock is None else _skew(clock, now)
    version = document.get("version")
    return Beat(
        queued=_count(document.get("queue")),
        oldest_day=_day(_moment(document.get("oldest_waiting_at")), skew or 0, now),
        aside=_count(document.get("aside")),
        problems=_problems(document.get("problems")),
        skew=skew,
        version=version if isinstance(version, str) and _VERSION.fullmatch(version) else None,
    )


def _count(value: object) -> int:
    return min(max(value, 0), MOST) if type(value) is int else 0


def _moment(value: object) -> datetime | None:
    """From ISO 8601 with its offset, or from milliseconds since 1970."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return None if moment.tzinfo is None else moment.astimezone(UTC)
        if type(value) in (int, float):
            return datetime.fromtimestamp(value / 1000, UTC)  # type: ignore[operator]
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _skew(clock: datetime, now: datetime) -> int:
    seconds = round((clock - now).total_seconds())
    return min(max(seconds, -MOST_SKEW), MOST_SKEW)


def _day(moment: datetime | None, skew: int, now: datetime) -> date | None:
    """The local day by the server's clock, never in the future."""
    if moment is None:
        return None
    try:
        return local_day(min(moment - timedelta(seconds=skew), now))
    except OverflowError:
        return None


def _problems(value: object) -> dict[str, str]:
    """Codes with counts: of {"code": 3}, or of a list of codes. What is no code of ours counts as other."""
    told = {code: 1 for code in value if isinstance(code, str)} if isinstance(value, list) else value
    counts: dict[str, int] = {}
    for code, count in told.items() if isinstance(told, Mapping) else ():
        known = code if isinstance(code, str) and _CODE.fullmatch(code) else OTHER
        if known not in counts and len(counts) >= MOST_CODES:
            known = OTHER
        counts[known] = min(counts.get(known, 0) + _count(count), MOST)
    return {code: str(count) for code, count in sorted(counts.items()) if count}
