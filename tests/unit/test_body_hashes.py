"""Bodies that differ in their times alone are hashed from one text, and get the hash that each would get by itself."""

import pytest

from survey.domain import submissions

SECRET = "a secret of the tests, long enough to be one"
TIMES = [
    ("2026-11-24T09:01:10+07:00", "2026-11-24T09:01:52+07:00"),
    ("2025-12-31T23:59:59.500000+07:00", "2026-01-01T00:00:03+07:00"),
]


@pytest.mark.parametrize(
    "comment",
    [None, "Nhanh, cảm ơn", 'dấu " và \\ và {0} %s', '"started_at":"" \\"answered_at\\":\\"\\"', ""],
)
@pytest.mark.parametrize("named", [{}, {"dossier": "H26.5-261108-0975"}, {"ticket": "abc"}])
def test_many_hashes_from_one_text_are_those_of_each_body(comment: str | None, named: dict[str, str]) -> None:
    body = {"point": "K7QAMX", "answers": {"A1": 5, "A2": None}, "comment": comment, "started_at": "x", **named}
    hashed = submissions.body_hashes(SECRET, body)
    for started_at, answered_at in TIMES:
        own = {**body, "started_at": started_at, "answered_at": answered_at}
        assert hashed(started_at, answered_at) == submissions.body_hash(SECRET, own)
    assert hashed(*TIMES[0]) != hashed(*TIMES[1])
