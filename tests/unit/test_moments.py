"""The day of an answer and its duration, by clocks that may be wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.domain import moments

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
ISSUED = NOW - timedelta(days=3)


@pytest.mark.parametrize(
    ("answered_at", "earliest", "expected"),
    [
        (None, ISSUED, date(2026, 11, 24)),
        (NOW - timedelta(days=2), ISSUED, date(2026, 11, 22)),
        (datetime(2026, 11, 22, 17, 30, tzinfo=UTC), ISSUED, date(2026, 11, 23)),  # half past midnight in Vietnam
        (NOW - timedelta(days=365), ISSUED, date(2026, 11, 24)),
        (NOW + timedelta(days=365), ISSUED, date(2026, 11, 24)),
        (ISSUED - timedelta(minutes=9), ISSUED, date(2026, 11, 21)),
        (ISSUED - timedelta(minutes=11), ISSUED, date(2026, 11, 24)),
        (NOW + timedelta(minutes=9), ISSUED, date(2026, 11, 24)),
        (NOW - timedelta(days=199), NOW - timedelta(days=900), date(2026, 5, 9)),
        (NOW - timedelta(days=201), NOW - timedelta(days=900), date(2026, 11, 24)),
        (NOW - timedelta(days=60), None, date(2026, 9, 25)),
        (NOW - timedelta(days=93), None, date(2026, 11, 24)),
    ],
)
def test_the_day_is_the_devices_when_plausible_else_the_servers(
    answered_at: datetime | None, earliest: datetime | None, expected: date
) -> None:
    assert moments.answered_day(answered_at, earliest, NOW) == expected


def test_a_clock_ahead_of_midnight_does_not_reach_into_tomorrow() -> None:
    late = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)  # 23:55 in Vietnam
    assert moments.answered_day(late + timedelta(minutes=9), ISSUED, late) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 0), (42.9, 42), (-1, None), (12 * 3600, 43200), (12 * 3600 + 1, None)]
)
def test_a_duration_is_whole_seconds_or_unknown(seconds: float, expected: int | None) -> None:
    assert moments.duration(NOW, NOW + timedelta(seconds=seconds)) == expected
    assert moments.duration(None, NOW) is None
    assert moments.duration(NOW, None) is None
