"""A large crowd shares forms: those who come to one collection point in one month give one of ten.

Each form is drawn and checked once; every visit has an id, a moment, a dossier and a body hash of its own. What is of
their own is drawn for all visits of an office and month at once.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from random import Random

import numpy as np
import numpy.typing as npt

from survey.demo import citizens
from survey.demo.crowd import RANDOM_BYTES, Crowd, Form, Given, Seat, checked
from survey.demo.offices import Office
from survey.domain.dossiers import parse
from survey.domain.periods import VIETNAM
from survey.services.loads import ID_BYTES, Givings

SHARED = 10  # forms, for each collection point and month
DAY, EAST = 86_400, 7 * 3_600  # seconds of a day, and of Vietnam's time before UTC
Whole = npt.NDArray[np.int64]


def numbers(offices: Sequence[Office], count: int, random: Random) -> list[int]:
    """How many visits each office gets, in their order."""
    weights = np.array([office.weight for office in offices])
    drawn = np.random.default_rng(random.getrandbits(128)).multinomial(count, weights / weights.sum())
    return [int(number) for number in drawn]


def months(seat: Seat, crowd: Crowd, count: int, random: Random) -> Iterator[tuple[int, Iterator[Given]]]:
    """The forms of one office month by month, each with those who give it, and how many these are in all."""
    draw = np.random.default_rng(random.getrandbits(128))
    every, weights = citizens.days(crowd.year)
    odds = np.array([weight * seat.office.unit.is_open(day) for day, weight in zip(every, weights, strict=True)])
    if not count or not odds.sum():
        return
    visits = draw.multinomial(count, odds / odds.sum()).tolist()
    by_month = groupby(zip(every, visits, strict=True), key=lambda one: (one[0].year, one[0].month))
    for _, days in by_month:
        some = [(day, number) for day, number in days if number]
        if some:
            yield sum(number for _, number in some), _given(seat, crowd, some, draw, random)


def _given(
    seat: Seat, crowd: Crowd, days: Sequence[tuple[date, int]], draw: np.random.Generator, random: Random
) -> Iterator[Given]:
    """The forms of one month of so many visits a day."""
    at = _moments(days, draw)
    shares = np.array([plan.share for plan in seat.office.plans])
    points = draw.choice(len(shares), size=len(at), p=shares / shares.sum())
    forms = points * SHARED + draw.integers(0, SHARED, len(at))
    order = np.argsort(forms, kind="stable")  # of each form in the order of time
    at, forms = at[order], forms[order]
    starts = np.flatnonzero(np.diff(forms, prepend=-1))
    firsts = zip(forms[starts].tolist(), at[starts].tolist(), strict=True)
    made = [
        checked(seat, number // SHARED, crowd, datetime.fromtimestamp(first, VIETNAM), random)
        for number, first in firsts
    ]
    yield from _told(made, starts, at, draw, random)


def _told(
    forms: Sequence[Form], starts: Whole, at: Whole, draw: np.random.Generator, random: Random
) -> Iterator[Given]:
    """The forms, each with those who give it: their moments follow each other from its start on."""
    ends = np.append(starts[1:], len(at))
    taken = np.repeat([int(form.taken.total_seconds()) for form in forms], ends - starts)
    began, sent = _texts(at - taken), _texts(at)
    days = [_day(number) for number in ((at + EAST) // DAY).tolist()]
    ids, moments = _client_ids(at, draw), at.tolist()
    named = draw.random(len(at)) < citizens.NAMING_A_DOSSIER
    for form, start, end in zip(forms, starts.tolist(), ends.tolist(), strict=True):
        times = zip(began[start:end], sent[start:end], strict=True)
        own = days[start:end]
        givings = Givings(
            client_ids=ids[start * ID_BYTES : end * ID_BYTES],
            body_hashes=[form.body_hash(*both) for both in times],
            days=own,
            received_at=moments[start:end],
            dossiers={
                place: parse(citizens.dossier(own[place], random), own[place])
                for place in np.flatnonzero(named[start:end]).tolist()
            },
        )
        yield form.submission, givings


def _moments(days: Sequence[tuple[date, int]], draw: np.random.Generator) -> Whole:
    """When the visits are done, as seconds since 1970, in the order of time."""
    opens = [datetime.combine(day, citizens.OPENS, VIETNAM).timestamp() for day, _ in days]
    start = np.repeat(np.array(opens, dtype=np.int64), [number for _, number in days])
    return np.sort(start + draw.integers(0, citizens.OPEN_MINUTES * 60, len(start)))


def _client_ids(at: Whole, draw: np.random.Generator) -> bytes:
    """An id of version 7 for each moment, as `domain.tickets.new_client_id` makes one, one after the other."""
    found = np.empty((len(at), ID_BYTES), dtype=np.uint8)
    found[:, : ID_BYTES - RANDOM_BYTES] = (at * 1000).astype(">i8").view(np.uint8).reshape(-1, 8)[:, 2:]
    drawn = np.frombuffer(draw.bytes(len(at) * RANDOM_BYTES), dtype=np.uint8)
    found[:, ID_BYTES - RANDOM_BYTES :] = drawn.reshape(-1, RANDOM_BYTES)
    found[:, 6] = found[:, 6] & 0x0F | 0x70
    found[:, 8] = found[:, 8] & 0x3F | 0x80
    return found.tobytes()


def _texts(at: Whole) -> list[str]:
    """The moments as a citizen's device writes them, in Vietnam's time."""
    local = np.datetime_as_string((at + EAST).astype("datetime64[s]"))
    return np.char.add(local, "+07:00").tolist()  # type: ignore[no-any-return]


@cache
def _day(number: int) -> date:
    """The day with this number, counted from 1970."""
    return date(1970, 1, 1) + timedelta(days=number)
