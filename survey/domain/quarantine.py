"""Batches of flagged answers, on which one decides as a whole: never on one answer, and never on few (METHOD §6, §7).

A burst is decided on by the day, every other flag by the month, and only when the day or the month is over.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from survey.domain import periods
from survey.domain.names import normal
from survey.domain.periods import Month, Period, PeriodError
from survey.domain.problems import InvalidError, Problem
from survey.domain.quality import Flag

SHORTEST_REASON, LONGEST_REASON = 10, 500
STEP = 10  # numbers of answers are told by tens, so that one more or less is not seen
NAMES: dict[str, Flag] = {flag.name.lower(): flag for flag in Flag if flag.name}


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers of one point with one flag, of a day or a month."""

    unit_id: int
    point_id: int
    flag: Flag
    span: Period

    @property
    def name(self) -> str:
        """The flag's code."""
        return code(self.flag)

    @property
    def span_text(self) -> str:
        """The span as an address writes it: a day, or a month."""
        return written(self.flag, self.span)


@dataclass(frozen=True, slots=True)
class Count:
    """So many answers of a unit's point and day that have these flags together."""

    unit_id: int
    point_id: int
    day: date
    flags: Flag
    answers: int


def code(flag: Flag) -> str:
    """What calls and addresses call a flag."""
    return str(flag.name).lower()


def written(flag: Flag, span: Period) -> str:
    """A span of this flag as text that `span_of` reads."""
    return span.start.isoformat() if flag is Flag.BURST else str(Month.of(span.start))


def batches(counts: Iterable[Count], today: date, minimum: int) -> dict[Batch, int]:
    """The batches that are over and hold enough answers, with how many those are."""
    found: defaultdict[Batch, int] = defaultdict(int)
    for count in counts:
        for flag in count.flags:
            span = span_around(flag, count.day)
            if span.end < today:
                found[Batch(count.unit_id, count.point_id, flag, span)] += count.answers
    return {batch: answers for batch, answers in found.items() if answers >= minimum}


def span_around(flag: Flag, day: date) -> Period:
    """The span in which an answer of this day is decided on."""
    return Period(day, day) if flag is Flag.BURST else Period(Month.of(day).first, Month.of(day).last)


def span_of(flag: Flag, text: str, today: date) -> Period:
    """The span that a text names: a day for a burst, else a month. Raises InvalidError."""
    try:
        found = periods.parse(text, text)
    except PeriodError as error:
        raise InvalidError([Problem("span", "span_bad", {"text": text[:20]})]) from error
    if found != span_around(flag, found.start):
        raise InvalidError([Problem("span", "span_bad", {"text": text[:20]})])
    if found.end >= today:
        raise InvalidError([Problem("span", "span_open", {"text": text[:20]})])
    return found


def reason_of(text: str) -> str:
    """The reason in its normal form. Raises InvalidError when it says nothing, or too much."""
    found = normal(text)
    if len(found) < SHORTEST_REASON:
        raise InvalidError([Problem("reason", "reason_short", {"least": SHORTEST_REASON})])
    if len(found) > LONGEST_REASON:
        raise InvalidError([Problem("reason", "reason_long", {"most": LONGEST_REASON})])
    return found


def about(answers: int) -> str:
    """How many answers, by tens: 20–29."""
    least = answers // STEP * STEP
    return f"{least}–{least + STEP - 1}"
