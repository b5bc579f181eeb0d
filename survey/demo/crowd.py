"""The crowd of the demonstration: every visit gives a form, checked as any other, and is stored.

A large crowd shares its forms: those who come to one collection point in one month then give one of ten. Each
form is drawn and checked once, each visit has its own id, moment and dossier.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from survey.demo import citizens, visits
from survey.demo.citizens import Place
from survey.demo.offices import Office
from survey.demo.visits import Visit
from survey.domain import answers, submissions, tickets
from survey.domain.dossiers import parse
from survey.domain.periods import Period, local_day
from survey.domain.questionnaire import Version
from survey.queries.points import Point
from survey.services.loads import Giving, Load
from survey.services.responses import Submission

ALONE = 50_000  # in a crowd up to this size everybody fills in a form of their own
SHARED = 10  # forms of a larger crowd, for each collection point and month
RANDOM_BYTES = 10  # of a client id


class Taker(Protocol):
    """What takes the forms of one unit, as `services.loads.Load` does."""

    def __enter__(self) -> "Taker": ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None: ...

    def add(self, form: Submission, givings: Iterable[Giving]) -> None: ...


Takers = Callable[[Session, int], Taker]


@dataclass(frozen=True, slots=True)
class Seat:
    """An office with its collection points, in the order of its plans, and what is asked there."""

    office: Office
    points: tuple[tuple[Point, Version], ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many come in which year, about which procedures, and whether they share forms; `secret` is the
    application's, for body hashes.
    """

    year: Period
    count: int
    procedures: Sequence[str]
    secret: str
    shares: bool

    def passed(self, at: datetime) -> float:
        """The part of the year gone by."""
        return (local_day(at) - self.year.start).days / ((self.year.end - self.year.start).days + 1)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form as checked, and what else its givers need."""

    submission: Submission
    body_hash: Callable[[str, str], bytes]
    taken: timedelta


def come(
    session: Session,
    seats: Sequence[Seat],
    crowd: Crowd,
    random: Random,
    progress: Callable[[int], None],
    taker: Takers = Load,
) -> None:
    """Store what everybody gives, office by office; `taker` is what takes the forms of one unit."""
    counts = visits.numbers([seat.office for seat in seats], crowd.count, random)
    for number, seat in enumerate(seats):
        with taker(session, seat.office.unit.id) as load:
            for month in visits.months(seat.office, crowd.year, counts[number], random):
                for form, givers in _given(seat, crowd, month, random):
                    load.add(form.submission, (_giving(form, visit.at, random) for visit in givers))
                progress(len(month))


def _given(seat: Seat, crowd: Crowd, month: Sequence[Visit], random: Random) -> Iterator[tuple[_Form, Iterable[Visit]]]:
    """The forms of one office and month, each with those who give it."""
    by_point: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit in month:
        by_point[visit.point].append(visit)
    for number, own in by_point.items():
        size = min(SHARED, len(own)) if crowd.shares else len(own)
        piles: list[list[Visit]] = [[] for _ in range(size)]
        if crowd.shares:
            for visit, pile in zip(own, random.choices(piles, k=len(own)), strict=True):
                pile.append(visit)
        else:
            piles = [[visit] for visit in own]
        for pile in piles:
            if pile:
                yield _form(seat, number, crowd, pile[0].at, random), pile


def _form(seat: Seat, number: int, crowd: Crowd, at: datetime, random: Random) -> _Form:
    point, version = seat.points[number]
    place = Place(point.code, point.kind, version)
    body = citizens.form(seat.office, place, at, crowd.passed(at), crowd.procedures, random)
    day = local_day(at)
    found = answers.check(body, version, frozenset(crowd.procedures), day)
    assert found.started_at is not None
    hashes = submissions.body_hashes(crowd.secret, body)
    submission = Submission(UUID(int=0), point, version, found, day, at, b"")
    return _Form(submission, hashes, at - found.started_at)


def _giving(form: _Form, at: datetime, random: Random) -> Giving:
    code, day = citizens.dossier(at, random), at.date()
    return Giving(
        client_id=tickets.new_client_id(at, random.randbytes(RANDOM_BYTES)),
        body_hash=form.body_hash((at - form.taken).isoformat(), at.isoformat()),
        day=day,
        received_at=at,
        dossier=None if code is None else parse(code, day),
    )
