"""Heartbeats are read leniently: what cannot be read counts as not said."""

from datetime import date, timedelta

import pytest

from survey.domain import heartbeats
from survey.domain.problems import InvalidError
from tests.support.places import NOW


def test_everything_that_is_said_is_taken() -> None:
    told = {
        "queue": 3,
        "oldest_waiting_at": "2026-11-22T23:30:00+07:00",
        "aside": 2,
        "problems": {"invalid": 1, "device_revoked": 1},
        "now": (NOW + timedelta(seconds=90)).isoformat(),
        "version": "0123456789ab",
    }
    beat = heartbeats.read(told, NOW)
    assert (beat.queued, beat.aside, beat.skew, beat.version) == (3, 2, 90, "0123456789ab")
    assert beat.oldest_day == date(2026, 11, 22)
    assert beat.problems == {"device_revoked": "1", "invalid": "1"}


def test_the_oldest_day_is_put_right_by_the_skew_and_never_in_the_future() -> None:
    wrong = NOW - timedelta(days=400)
    told = {"now": wrong.timestamp() * 1000, "oldest_waiting_at": (wrong - timedelta(days=1)).timestamp() * 1000}
    assert heartbeats.read(told, NOW).oldest_day == date(2026, 11, 23)
    assert heartbeats.read({"oldest_waiting_at": "2027-01-01T00:00:00Z"}, NOW).oldest_day == date(2026, 11, 24)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"queue": -1, "aside": "2", "problems": 7, "now": "soon", "version": "<b>", "oldest_waiting_at": True},
        {"queue": True, "now": 1e300, "oldest_waiting_at": "2026-11-24T09:00:00", "problems": None, "extra": {}},
        {"now": None, "version": "x" * 41, "oldest_waiting_at": []},
    ],
)
def test_what_cannot_be_read_is_left_out(told: dict[str, object]) -> None:
    assert heartbeats.read(told, NOW) == heartbeats.Beat(0, None, 0, {}, None, None)


def test_numbers_and_codes_are_bounded() -> None:
    told = {
        "queue": 10**12,
        "now": "0001-01-01T00:00:00Z",
        "oldest_waiting_at": "0001-01-01T00:00:00Z",
        "problems": {**{f"code_{number}": 1 for number in range(40)}, "Nguyễn Văn A": 5, "zero": 0},
    }
    beat = heartbeats.read(told, NOW)
    assert beat.queued == 1_000_000
    assert beat.skew == -2_000_000_000
    assert len(beat.problems) == 13
    assert beat.problems["other"] == str(28 + 5)
    assert heartbeats.read({"problems": ["invalid", "invalid", 7]}, NOW).problems == {"invalid": "1"}


def test_only_an_object_is_a_heartbeat() -> None:
    with pytest.raises(InvalidError, match="not_object"):
        heartbeats.read([], NOW)
