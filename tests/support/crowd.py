"""Citizens made up for tests: seeded, uneven, some silent, some late, some twice. They come in by the service."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from survey.domain.answers import Answers
from survey.domain.dossiers import Dossier
from survey.domain.questionnaire import Version
from survey.queries import points
from survey.services import responses
from survey.services.responses import Submission
from tests.support.places import World


def submissions(session: Session, world: World, codes: list[str], count: int, random: Random) -> Iterator[Submission]:
    """So many responses at these points, over 2026 until November, in random order of days."""
    places = [point for code in codes if (point := points.by_code(session, code)) is not None]
    assert len(places) == len(codes)
    for _ in range(count):
        point = random.choice(places)
        day = date(2026, 1, 1) + timedelta(days=random.randrange(320))
        yield Submission(
            client_id=UUID(int=random.getrandbits(128)),
            point=point,
            version=world.versions[point.questionnaire_key],
            answers=answers(world.versions[point.questionnaire_key], day, random),
            day=day,
            received_at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
            body_hash=random.randbytes(16),
        )


def answers(version: Version, day: date, random: Random) -> Answers:
    """One person's answers: a mood of their own, questions left out, perhaps a dossier given by others too."""
    mood, silence = random.random(), random.choice([0.0, 0.05, 0.3, 0.6, 0.9])
    levels = [
        None if random.random() < silence else max(1, min(5, round(random.gauss(2.5 + 2.5 * mood, 0.9))))
        for _ in version.items
    ]
    if all(level is None for level in levels):
        levels[0] = 3
    dossier = Dossier(f"H15-{day:%y%m%d}-{random.randrange(3):04}", day) if random.random() < 0.4 else None
    return Answers(
        levels=tuple(levels),
        facts={"trips": random.choice(["0", "1", "2+"])} if random.random() < 0.8 else {},
        about={},
        comment=None,
        procedure=random.choice(["1.001193", None]),
        dossier=dossier,
        assisted=random.random() < 0.1,
        started_at=None,
        answered_at=None,
    )


def fill(session: Session, world: World, codes: list[str], count: int, random: Random) -> None:
    """Bring them in."""
    for submission in list(submissions(session, world, codes, count, random)):
        responses.accept(session, submission)
