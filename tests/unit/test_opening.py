"""Opening hours: how staff write them, and how much opening time passed."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.domain import opening
from survey.domain.opening import OFFICE_HOURS, Span
from survey.domain.problems import InvalidError

MONDAY_8 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30", "T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30"),
        ("t2 – t6 7h30–11h30", "T2-T6 07:30-11:30"),
        ("T3 8:00-9:00; T2 8:00-9:00; T4 8:00-9:00", "T2-T4 08:00-09:00"),
        ("CN 13:00-17:00 08:00-11:00", "CN 08:00-11:00 13:00-17:00"),
        ("T2-CN 00:00-24:00", "T2-CN 00:00-24:00"),
        ("T2 8:00-9:00\nT4 8:00-9:00", "T2 08:00-09:00; T4 08:00-09:00"),
        ("", ""),
    ],
)
def test_hours_are_read_and_written_in_one_form(text: str, written: str) -> None:
    week = opening.parse(text)
    assert opening.written(week) == written
    assert opening.parse(written) == week


@pytest.mark.parametrize(
    "text",
    ["T2", "T8 08:00-09:00", "T6-T2 08:00-09:00", "T2 09:00-08:00", "T2 08:60-09:00", "T2 08:00-25:00", "x", "T2 8-9"],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        opening.parse(text)
    assert [problem.code for problem in refused.value.problems] == ["hours_bad"]


def test_overlapping_spans_and_endless_texts_are_refused() -> None:
    with pytest.raises(InvalidError, match="hours_overlap"):
        opening.parse("T2 08:00-10:00 09:00-11:00")
    with pytest.raises(InvalidError, match="hours_bad"):
        opening.parse("T2 " * 100)
    many = "T2-CN " + " ".join(f"{hour:02}:00-{hour:02}:30" for hour in range(12))
    odd = "; ".join(f"{day} 2{number}:00-2{number}:30" for number, day in enumerate(("T3", "T5", "T7")))
    with pytest.raises(InvalidError, match="hours_bad"):
        opening.parse(f"{many}; {odd}")


def test_opening_time_leaves_out_lunch_nights_and_sundays() -> None:
    def hours(since: datetime, until: datetime) -> float:
        return opening.open_time(OFFICE_HOURS, since, until) / timedelta(hours=1)

    assert hours(MONDAY_8, MONDAY_8 + timedelta(hours=1)) == 1
    assert hours(MONDAY_8, MONDAY_8 + timedelta(hours=6)) == 4.5  # 14:00: three and a half before lunch, one after
    assert hours(MONDAY_8 + timedelta(hours=9), MONDAY_8 + timedelta(hours=23)) == 0  # 17:00 to 07:00
    saturday_noon = MONDAY_8 + timedelta(days=5, hours=4)
    assert hours(saturday_noon, saturday_noon + timedelta(hours=43)) == 0  # to Monday 07:00
    assert hours(MONDAY_8, MONDAY_8 + timedelta(days=7)) == 5 * 8 + 3.5
    assert hours(MONDAY_8, MONDAY_8 - timedelta(hours=1)) == 0
    assert opening.open_time((), MONDAY_8, MONDAY_8 + timedelta(days=7)) == timedelta()


def test_a_long_silence_is_cut_at_two_weeks() -> None:
    assert opening.open_time(OFFICE_HOURS, MONDAY_8 - timedelta(days=900), MONDAY_8) == 2 * timedelta(hours=43.5)


def test_programs_get_weekdays_and_times() -> None:
    assert opening.as_table((Span(7, 450, 690),)) == [{"weekday": 7, "opens": "07:30", "closes": "11:30"}]
