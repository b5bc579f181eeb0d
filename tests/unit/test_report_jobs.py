"""A job that was silent for too long ended with its server."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.domain.report_jobs import Job, State

TOLD = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "minutes", "expected"),
    [
        (State.MAKING, 3, State.MAKING),
        (State.MAKING, 4, State.FAILED),
        (State.MADE, 600, State.MADE),
        (State.FAILED, 0, State.FAILED),
    ],
)
def test_silence_is_the_end_of_a_job(state: State, minutes: int, expected: State) -> None:
    job = Job("x", "rates.pdf", "", state, None, 1, 3, TOLD)
    assert job.seen(TOLD + timedelta(minutes=minutes)) is expected
    assert job.percent == 33
    assert Job("x", "rates.pdf", "", state, None, 0, 0, TOLD).percent == 0
