"""The crowd of the demonstration: every visit gives a form, checked as any other, and is stored.

A large crowd shares its forms, as `sharing` says.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
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
from survey.services.loads import Giving, Givings, Load
from survey.services.responses import Submission

ALONE = 50_000  # in a crowd up to this size everybody fills in a form of their own
RANDOM_BYTES = 10  # of a client id
Given = tuple[Submission, Givings]


class Taker(Protocol):
    """What takes forms, as `services.loads.Load` does."""

    def add(self, form: Submission, givings: Givings) -> None: ...


Takers = Callable[[Session], AbstractContextManager[Taker]]


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
class Form:
    """A form as checked, and what else its givers need: the hash of its body by when it was begun and sent, and how
    long it took.
    """

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
    """Store what everybody gives, office by office; `taker` is what takes the forms."""
    counts = _numbers(seats, crowd, random)
    with taker(session) as load:
        for number, seat in enumerate(seats):
            for count, given in _months(seat, crowd, counts[number], random):
                for form, givings in given:
                    load.add(form, givings)
                progress(count)


def _numbers(seats: Sequence[Seat], crowd: Crowd, random: Random) -> Sequence[int]:
    """How many visits each office gets."""
    offices = [seat.office for seat in seats]
    if crowd.shares:
        from survey.demo import sharing  # brings NumPy: a server that serves citizens has no memory for it

        return sharing.numbers(offices, crowd.count, random)
    counts = visits.numbers(offices, crowd.count, random)
    return [counts[number] for number in range(len(offices))]


def _months(seat: Seat, crowd: Crowd, count: int, random: Random) -> Iterator[tuple[int, Iterator[Given]]]:
    """The forms of one office month by month, each with those who give it, and how many these are in all."""
    if crowd.shares:
        from survey.demo import sharing

        yield from sharing.months(seat, crowd, count, random)
        return
    for month in visits.months(seat.office, crowd.year, count, random):
        yield len(month), _alone(seat, crowd, month, random)


def _alone(seat: Seat, crowd: Crowd, month: Sequence[Visit], random: Random) -> Iterator[Given]:
    """Everybody's own form, point by point."""
    for number in dict.fromkeys(visit.point for visit in month):
        for visit in month:
            if visit.point == number:
                form = checked(seat, number, crowd, visit.at, random)
                yield form.submission, Givings.of([_giving(form, visit.at, random)])


def checked(seat: Seat, number: int, crowd: Crowd, at: datetime, random: Random) -> Form:
    """A form given at the seat's collection point with this number, checked as one that a citizen sends."""
    point, version = seat.points[number]
    place = Place(point.code, point.kind, version)
    body = citizens.form(seat.office, place, at, crowd.passed(at), crowd.procedures, random)
    day = local_day(at)
    found = answers.check(body, version, frozenset(crowd.procedures), day)
    assert found.started_at is not None
    hashes = submissions.body_hashes(crowd.secret, body)
    submission = Submission(UUID(int=0), point, version, found, day, at, b"")
    return Form(submission, hashes, at - found.started_at)


def _giving(form: Form, at: datetime, random: Random) -> Giving:
    day = at.date()
    names_one = random.random() < citizens.NAMING_A_DOSSIER
    return Giving(
        dossier=parse(citizens.dossier(day, random), day) if names_one else None,
        client_id=tickets.new_client_id(at, random.randbytes(RANDOM_BYTES)),
        body_hash=form.body_hash((at - form.taken).isoformat(), at.isoformat()),
        day=day,
        received_at=at,
    )
