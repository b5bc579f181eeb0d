"""When a kiosk is called quiet: only after opening time without a sign."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.domain import kiosk_states
from survey.domain.kiosk_states import KioskState
from survey.domain.opening import OFFICE_HOURS

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Hà Nội; the 24th is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("seen", "now", "state"),
    [
        (at(24, 9), at(24, 9, 14), KioskState.ALIVE),
        (at(24, 9), at(24, 9, 15), KioskState.QUIET),
        (at(24, 11, 25), at(24, 12, 30), KioskState.RESTING),  # five minutes before lunch
        (at(24, 11, 25), at(24, 13, 10), KioskState.QUIET),  # and ten after
        (at(23, 17), at(24, 7, 29), KioskState.RESTING),
        (at(23, 17), at(24, 7, 45), KioskState.QUIET),
        (at(21, 11, 30), at(23, 7, 30), KioskState.RESTING),  # from Saturday to Monday
        (None, at(24, 9), KioskState.QUIET),  # paired, and never heard of
    ],
)
def test_quiet_counts_opening_time(seen: datetime | None, now: datetime, state: KioskState) -> None:
    assert kiosk_states.state_of(LONG_AGO, False, seen, OFFICE_HOURS, now) is state


def test_without_a_device_or_with_a_revoked_one_nothing_is_quiet() -> None:
    now = at(24, 9)
    assert kiosk_states.state_of(None, False, None, OFFICE_HOURS, now) is KioskState.UNPAIRED
    assert kiosk_states.state_of(LONG_AGO, True, LONG_AGO, OFFICE_HOURS, now) is KioskState.REVOKED
    assert kiosk_states.state_of(LONG_AGO, False, LONG_AGO, (), now) is KioskState.RESTING


def test_a_clock_may_be_two_minutes_off() -> None:
    assert kiosk_states.is_on_time(-119)
    assert not kiosk_states.is_on_time(120)
