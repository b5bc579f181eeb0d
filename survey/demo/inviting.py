"""The invitations of the demonstration: one ward's dossiers of a week, a random draw of them, links that open now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from survey.domain.invitations import DAYS, INVITED, Terms, Way, draw_token
from survey.domain.periods import local_day
from survey.domain.points import PointKind
from survey.domain.tables import Line
from survey.domain.units import Unit
from survey.queries import points as point_queries
from survey.queries.points import Point
from survey.services import invitations, points
from survey.services.invitations import Sender

DOSSIERS, WEEK = 300, 7
HANDLED_IN = timedelta(days=5)
QUESTIONNAIRE, ACTOR = "sipas-2024", "command line"


@dataclass(frozen=True, slots=True)
class Host:
    """Who invites, about which procedures; `secret` is the application's."""

    unit: Unit
    procedures: Sequence[str]
    secret: str


def invite(session: Session, host: Host, seed: int, now: datetime) -> tuple[Point, ...]:
    """Draw some of last week's dossiers, links from today on; the point that had to be made for it, if any.

    The links' tokens are those of `tokens`.
    """
    random, today = Random(f"dossiers {seed}"), local_day(now)  # noqa: S311 — made-up data is to be repeatable
    own = point_queries.of_units(session, [host.unit.id])
    made: tuple[Point, ...] = ()
    if not any(point.kind is PointKind.INVITE and point.questionnaire_key == QUESTIONNAIRE for point in own):
        made = (points.create(session, host.unit.code, PointKind.INVITE, invitations.LABEL, QUESTIONNAIRE, random),)
    terms = Terms.of(Way.RANDOM, str(seed), today, DAYS)
    sender = Sender(ACTOR, now, QUESTIONNAIRE, host.secret, _tokens(seed))
    invitations.send(session, tuple(_lines(host, today, random)), terms, sender, today)
    return made


def tokens(seed: int, count: int) -> tuple[str, ...]:
    """The first tokens of a demonstration's links. No secret: whoever runs a demonstration may answer."""
    random = _tokens(seed)
    return tuple(draw_token(random) for _ in range(count))


def _tokens(seed: int) -> Random:
    return Random(f"links {seed}")  # noqa: S311 — as above


def _lines(host: Host, today: date, random: Random) -> Iterator[Line]:
    for number in range(DOSSIERS):
        closed = today - timedelta(days=1 + number * WEEK // DOSSIERS)
        code = f"H26.16.{host.unit.code}-{closed - HANDLED_IN:%y%m%d}-{number:04}"
        cells = (code, host.unit.code, random.choice(host.procedures), closed.isoformat())
        yield Line(number + 2, dict(zip(INVITED.columns, cells, strict=True)))
