"""Releases what waits in the database of a test, as the commands do."""

from datetime import datetime

from survey.cli import releasing
from survey.domain.disclosure import rounds
from tests.support.places import NOW


def release(now: datetime = NOW, minimum: int = 10) -> int:
    """Take up and release all that may be, today's answers too; how many answers were released."""
    releasing.take_up()
    return releasing.release(rounds.everything(now, minimum))
