"""Which comments are read together, and when."""

from datetime import date

import pytest

from survey.domain import batches
from survey.domain.batches import Planned
from survey.domain.periods import Month
from survey.domain.workdays import first_working_day

CITY, DISTRICT, WARD, OTHER, FAR = 1, 2, 3, 4, 5
PATHS = {CITY: (1,), DISTRICT: (1, 2), WARD: (1, 2, 3), OTHER: (1, 2, 4), FAR: (1, 5)}
NOVEMBER, JANUARY = Month(2026, 11), Month(2027, 1)


def comments(**counts: int) -> dict[int, list[str]]:
    return {int(name[1:]): [f"{name}.{number}" for number in range(count)] for name, count in counts.items()}


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (Month(2026, 12), date(2026, 12, 1)),
        (Month(2026, 11), date(2026, 11, 2)),  # the first is a Sunday
        (Month(2027, 1), date(2027, 1, 4)),  # Friday is New Year
        (Month(2026, 9), date(2026, 9, 3)),  # National Day, two days
        (Month(2026, 5), date(2026, 5, 4)),
    ],
)
def test_the_first_working_day_is_no_weekend_and_no_holiday(month: Month, day: date) -> None:
    assert first_working_day(month) == day
    assert batches.month_due(day) == month
    assert batches.month_due(date.fromordinal(day.toordinal() - 1)) == month.plus(-1)


def test_a_unit_with_ten_makes_a_batch_and_fewer_wait() -> None:
    assert batches.planned(comments(u3=10, u4=9), PATHS, NOVEMBER, 10) == [
        Planned(WARD, False, tuple(comments(u3=10)[WARD]))
    ]


def test_at_quarters_end_few_are_pooled_at_the_level_above() -> None:
    found = batches.planned(comments(u2=1, u3=4, u4=5, u5=12), PATHS, JANUARY, 10)
    assert [(batch.unit_id, batch.pooled, len(batch.keys)) for batch in found] == [
        (FAR, False, 12),
        (DISTRICT, True, 10),
    ]


def test_what_is_too_little_goes_on_up_and_waits_at_the_top() -> None:
    found = batches.planned(comments(u1=2, u3=4, u4=1, u5=3), PATHS, JANUARY, 10)
    assert [(batch.unit_id, batch.pooled, len(batch.keys)) for batch in found] == [(CITY, True, 10)]
    assert batches.planned(comments(u1=2, u3=4, u4=1, u5=2), PATHS, JANUARY, 10) == []


@pytest.mark.parametrize("month", [NOVEMBER, JANUARY])
def test_no_batch_is_under_the_minimum_and_nothing_is_in_two(month: Month) -> None:
    for total in range(40):
        waiting = comments(u1=total % 3, u2=total % 7, u3=total, u4=total // 2, u5=total % 11)
        found = batches.planned(waiting, PATHS, month, 10)
        keys = [key for batch in found for key in batch.keys]
        assert all(len(batch.keys) >= 10 for batch in found)
        assert len(keys) == len(set(keys))
        assert set(keys) <= {key for each in waiting.values() for key in each}
