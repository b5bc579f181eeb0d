"""What a large crowd draws for all of its visits at once is what each visit would have drawn by itself."""

from datetime import date, datetime
from random import Random
from uuid import UUID

import numpy as np

from survey.demo import sharing
from survey.domain import tickets
from survey.domain.periods import VIETNAM
from survey.services.loads import ID_BYTES

MOMENTS = [
    datetime(2025, 12, 31, 23, 59, 59, tzinfo=VIETNAM),
    datetime(2026, 1, 1, tzinfo=VIETNAM),
    datetime(2026, 1, 1, 6, 59, 59, tzinfo=VIETNAM),
    datetime(2026, 11, 24, 16, 50, tzinfo=VIETNAM),
]
AT = np.array([int(moment.timestamp()) for moment in MOMENTS], dtype=np.int64)


def test_ids_are_those_of_tickets() -> None:
    made = sharing._client_ids(AT, np.random.default_rng(7))
    drawn = np.random.default_rng(7).bytes(len(AT) * 10)
    for place, moment in enumerate(MOMENTS):
        own = UUID(bytes=made[place * ID_BYTES : (place + 1) * ID_BYTES])
        assert own == tickets.new_client_id(moment, drawn[place * 10 : (place + 1) * 10])
        assert tickets.drawn_at(own) == moment


def test_moments_are_written_as_devices_write_them_and_lie_on_their_days() -> None:
    assert sharing._texts(AT) == [moment.isoformat() for moment in MOMENTS]
    days = [sharing._day(number) for number in ((AT + sharing.EAST) // sharing.DAY).tolist()]
    assert days == [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 1), date(2026, 11, 24)]


def test_visits_come_in_the_order_of_time_within_opening_hours() -> None:
    days = [(date(2026, 3, 2), 40), (date(2026, 3, 3), 3)]
    at = sharing._moments(days, np.random.default_rng(Random(1).getrandbits(64)))
    local = [datetime.fromtimestamp(second, VIETNAM) for second in at.tolist()]
    assert local == sorted(local)
    assert [moment.day for moment in local] == [2] * 40 + [3] * 3
    assert all("07:30:00" <= f"{moment:%H:%M:%S}" < "16:50:00" for moment in local)
