"""Citizens who leave a comment, for tests: by the service, on any day, through any point."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from survey.domain.answers import Answers
from survey.extensions import writing
from survey.queries import points
from survey.services import responses
from survey.services.responses import Submission
from tests.support.places import POINT, World

NEXT_MONTH = datetime(2026, 12, 1, 2, tzinfo=UTC)  # Tuesday, the first working day


@dataclass(frozen=True, slots=True)
class Said:
    """One comment with all that must not follow from it. `late` is how many days later it came in."""

    text: str
    day: date = date(2026, 11, 10)
    point: str = POINT
    procedure: str | None = None
    late: int = 0


def say(world: World, said: Iterable[Said], seed: int = 1) -> None:
    """Store a response for each."""
    random = Random(seed)
    with writing() as session:
        for each in said:
            point = points.by_code(session, each.point)
            assert point is not None
            version = world.versions[point.questionnaire_key]
            levels = tuple(random.randint(1, 5) for _ in version.items)
            given = Answers(levels, {}, {}, each.text, each.procedure, None, False, None, None)
            moment = datetime(each.day.year, each.day.month, each.day.day, 3, tzinfo=UTC) + timedelta(days=each.late)
            client_id = UUID(int=random.getrandbits(128))
            responses.accept(session, Submission(client_id, point, version, given, each.day, moment, b"x" * 16))


def several(text: str, count: int, **more: object) -> list[Said]:
    """So many comments that differ by their number."""
    return [Said(f"{text} {number}", **more) for number in range(count)]  # type: ignore[arg-type]
