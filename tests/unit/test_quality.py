"""Flags by table: how fast is too fast, how many are a burst, what is a run, and what is never a flag."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from survey.domain import opening, quality
from survey.domain.opening import OFFICE_HOURS
from survey.domain.points import Channel
from survey.domain.quality import Flag, Form
from survey.domain.questionnaire import Version
from tests.support import places

VERSION: Version = replace(places.draft("sipas-2024").version, id=1)  # 16 items, E2 and E3 hang on a question
OPEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, 09:00 in Hà Nội
MIXED = (5, 4) * 7 + (None, None)
KIOSK, POSTER = 1, 2


def drawn(moment: datetime, number: int = 0) -> UUID:
    """An id as a kiosk draws it."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | number)


def form(number: int = 0, after: float = 0, **changes: object) -> Form:
    """A kiosk's form, so many seconds after nine, as slow as people are."""
    moment = OPEN + timedelta(seconds=after)
    usual = Form(drawn(moment, number), KIOSK, 1, Channel.KIOSK, date(2026, 11, 24), moment, 60, MIXED)
    return replace(usual, **changes)  # type: ignore[arg-type]


def flags(*forms: Form, handled: dict[date, int] | None = None) -> list[Flag]:
    found = quality.of_forms(forms, {1: VERSION}, {KIOSK: OFFICE_HOURS}, handled or {})
    return [found.get(one.client_id, Flag(0)) for one in forms]


@pytest.mark.parametrize(
    ("seconds", "levels", "fast"),
    [
        (15, MIXED, True),  # 14 questions are 16,8 s; 15 may be up to 15,99
        (16, MIXED, False),  # may be 16,99
        (0, MIXED, True),
        (None, MIXED, False),  # paper, or a clock beyond belief
        (18, (5, 4) * 8, True),  # with E2 and E3 16 questions are 19,2 s
        (19, (5, 4) * 8, False),
        (15, (None,) * 16, True),  # no opinion is an answer that one has to find too
    ],
)
def test_fast_is_surely_under_a_second_and_a_fifth_a_question(
    seconds: int | None, levels: tuple[int | None, ...], fast: bool
) -> None:
    assert (Flag.FAST in flags(form(duration=seconds, levels=levels))[0]) is fast


@pytest.mark.parametrize(
    ("utc", "outside"),
    [
        (datetime(2026, 11, 24, 0, 16, tzinfo=UTC), False),  # 07:16, almost open
        (datetime(2026, 11, 24, 0, 15, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 5, 15, tzinfo=UTC), True),  # 12:15, at lunch
        (datetime(2026, 11, 24, 10, 14, tzinfo=UTC), False),  # 17:14
        (datetime(2026, 11, 24, 10, 16, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), True),  # Sunday
    ],
)
def test_outside_hours_has_a_quarter_of_an_hour_of_grace(utc: datetime, outside: bool) -> None:
    assert quality.is_outside(utc, OFFICE_HOURS) is outside


def test_only_a_kiosk_whose_clock_agrees_with_the_day_is_outside_hours() -> None:
    night = OPEN + timedelta(hours=10)
    late = form(client_id=drawn(night))
    assert flags(late) == [Flag.OUTSIDE_HOURS]
    assert flags(replace(late, channel=Channel.POSTER)) == [Flag(0)], "at home, after scanning the code"
    assert flags(replace(late, day=date(2026, 11, 23))) == [Flag(0)], "that clock is wrong"
    assert flags(replace(late, client_id=UUID(int=5))) == [Flag(0)], "an id without a clock"
    assert not quality.is_outside(night, opening.parse("")), "no hours are known"


def test_more_than_twenty_in_ten_minutes_at_one_kiosk_are_a_burst() -> None:
    """600 / (1,2 × 14 + 10) is 22,4: twenty-two are possible, twenty-three are not."""
    varied = [(5, 4, 1 + number % 5) * 4 + (2, number % 3 + 1, None, None) for number in range(40)]
    fits = [form(number, number * 26, levels=varied[number]) for number in range(22)]
    assert flags(*fits) == [Flag(0)] * 22
    crowd = [*fits, form(30, 580, levels=varied[30])]
    assert flags(*crowd) == [Flag.BURST] * 23
    later = form(31, 1300, levels=varied[31])
    assert flags(*crowd, later)[-1] == Flag(0)
    elsewhere = [replace(one, point_id=number % 2 + 5) for number, one in enumerate(crowd)]
    assert flags(*elsewhere) == [Flag(0)] * 23
    arrived = OPEN + timedelta(days=3)
    offline = [form(number, number * 60, received_at=arrived, levels=varied[number]) for number in range(40)]
    assert flags(*offline) == [Flag(0)] * 40, "given one after the other, sent together"


def test_a_poster_with_more_forms_than_dossiers_is_a_burst_where_they_are_known() -> None:
    day = date(2026, 11, 24)
    forms = [
        form(number, number, channel=Channel.POSTER, point_id=POSTER, levels=(1 + number,) + (5,) * 13 + (None, None))
        for number in range(4)
    ]
    assert flags(*forms, handled={day: 3}) == [Flag.BURST] * 4
    assert flags(*forms, handled={day: 4}) == [Flag(0)] * 4
    assert flags(*forms, handled={day - timedelta(days=1): 0}) == [Flag(0)] * 4


@pytest.mark.parametrize(
    ("count", "levels", "flag"),
    [
        (5, MIXED, Flag.REPEATED),
        (4, MIXED, Flag(0)),
        (9, (5,) * 14 + (None, None), Flag(0)),  # good items honestly give 5-5-5-5-5
        (9, (1,) * 16, Flag(0)),
        (9, (None, *MIXED[1:]), Flag(0)),  # not complete
        (5, (5, 4) * 8, Flag.REPEATED),
    ],
)
def test_five_complete_and_equal_forms_in_a_row_are_flagged_unless_all_at_one_level(
    count: int, levels: tuple[int | None, ...], flag: Flag
) -> None:
    assert flags(*(form(number, number * 60, levels=levels) for number in range(count))) == [flag] * count


def test_a_run_is_one_after_the_other_at_one_point() -> None:
    other = (4, 5) * 7 + (None, None)
    broken = [form(number, number * 60, levels=other if number == 3 else MIXED) for number in range(7)]
    assert flags(*broken) == [Flag(0)] * 7
    assert flags(*reversed([form(number, number * 60) for number in range(5)])) == [Flag.REPEATED] * 5
    two = [form(number, number * 60, point_id=KIOSK if number % 2 else 7) for number in range(8)]
    assert flags(*two) == [Flag(0)] * 8


def test_a_dossier_is_old_after_a_year() -> None:
    answered = date(2026, 11, 24)
    assert not quality.is_old(date(2025, 11, 24), answered)
    assert quality.is_old(date(2025, 11, 23), answered)


def test_an_id_tells_its_moment_unless_no_clock_can_mean_it() -> None:
    assert quality.drawn_at(drawn(OPEN)) == OPEN
    assert quality.drawn_at(UUID(int=(2**48 - 1) << 80 | 7 << 76 | 2 << 62)) is None
    assert quality.drawn_at(UUID("7b1ad6a4-3f4e-4e0c-8a51-9f0b7e9e4a11")) is None
