"""When a point is open: spans of the week in Vietnam's time, as text that staff write, and time that passed within.

The text: `T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30`. T2 is Monday, T7 Saturday, CN Sunday.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from survey.domain.periods import VIETNAM, local_day
from survey.domain.problems import InvalidError, Problem

DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
LONGEST = 200  # characters of the text
LONGEST_WRITTEN = 400  # of a text that names many days together
FIELD = "hours"
_DAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")
_TIMES = re.compile(r"(\d{1,2})[:h](\d{2})-(\d{1,2})[:h](\d{2})")
_MINUTES_OF_DAY = 24 * 60
_FARTHEST = 14  # days: more than any holiday, and enough to say that a kiosk is quiet


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of a weekday to another; Monday is 1, minutes count from midnight."""

    weekday: int
    opens: int
    closes: int


Week = tuple[Span, ...]


def parse(text: str) -> Week:
    """The spans of a text, in order; none for an empty text. Raises InvalidError with hours_bad or hours_overlap."""
    spans: list[Span] = []
    for part in filter(None, re.split(r"[;\n]", _tidy(text))):
        spans += _part(part.strip())
    spans.sort()
    for before, after in pairwise(spans):
        if before.weekday == after.weekday and after.opens < before.closes:
            raise InvalidError([Problem(FIELD, "hours_overlap", {"value": DAYS[after.weekday - 1]})])
    if len(written(tuple(spans))) > LONGEST_WRITTEN:
        raise InvalidError([Problem(FIELD, "hours_bad", {"value": text[:40]})])
    return tuple(spans)


def written(week: Week) -> str:
    """The text of a week; days in a row that are alike stand together."""
    days = [
        " ".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in week if span.weekday == number)
        for number in range(1, 8)
    ]
    parts, first = [], 0
    for last in range(7):
        if last == 6 or days[last + 1] != days[first]:
            if days[first]:
                name = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
                parts.append(f"{name} {days[first]}")
            first = last + 1
    return "; ".join(parts)


def as_table(week: Week) -> list[dict[str, str | int]]:
    """The spans for programs: weekday 1 to 7 from Monday, and two times of day."""
    return [{"weekday": span.weekday, "opens": _clock(span.opens), "closes": _clock(span.closes)} for span in week]


def open_time(week: Week, since: datetime, now: datetime) -> timedelta:
    """How much opening time lies between two moments; of a long stretch only the last two weeks are counted."""
    start = max(since, now - timedelta(days=_FARTHEST))
    total = timedelta()
    for day in _days(local_day(start), local_day(now)):
        for opens, closes in _on(week, day):
            total += max(timedelta(), min(closes, now) - max(opens, start))
    return total


def _on(week: Week, day: date) -> Iterator[tuple[datetime, datetime]]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    for span in week:
        if span.weekday == day.isoweekday():
            yield midnight + timedelta(minutes=span.opens), midnight + timedelta(minutes=span.closes)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _tidy(text: str) -> str:
    if len(text) > LONGEST:
        raise InvalidError([Problem(FIELD, "hours_bad", {"value": text[:40]})])
    plain = re.sub(r"\s*[–—-]\s*", "-", text.strip())
    return re.sub(r"\b(t[2-7]|cn)\b", lambda found: found[0].upper(), plain, flags=re.IGNORECASE)


def _part(part: str) -> list[Span]:
    days, *times = part.split()
    found = _DAYS.fullmatch(days)
    if found is None or not times:
        raise InvalidError([Problem(FIELD, "hours_bad", {"value": part[:40]})])
    first = DAYS.index(found[1])
    last = first if found[2] is None else DAYS.index(found[2])
    spans = [Span(number + 1, *_span(text, part)) for number in range(first, last + 1) for text in times]
    if not spans:  # T6-T2 runs backwards
        raise InvalidError([Problem(FIELD, "hours_bad", {"value": part[:40]})])
    return spans


def _span(text: str, part: str) -> tuple[int, int]:
    found = _TIMES.fullmatch(text)
    if found is not None:
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if int(found[2]) < 60 > int(found[4]) and opens < closes <= _MINUTES_OF_DAY:
            return opens, closes
    raise InvalidError([Problem(FIELD, "hours_bad", {"value": part[:40]})])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


# What most one-stop shops post on their doors; staff change it for each point.
OFFICE_HOURS = parse("T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30")
