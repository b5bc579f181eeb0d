"""The chain of hashes over the record of what staff did."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from survey.domain import audit
from survey.domain.audit import Event, Link

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def chain(count: int) -> list[Link]:
    links, previous = [], audit.BEGINNING
    for number in range(1, count + 1):
        event = Event(AT, "hanh@hanoi.gov.vn", "downloaded", f"rates-{number}.csv", audit.canonical({"unit": "00166"}))
        links.append(Link(number, event, previous, audit.chained(previous, event)))
        previous = links[-1].hash
    return links


def test_the_hash_is_that_of_the_previous_one_and_the_content() -> None:
    event = Event(AT, "a", "signed_in", "b", "{}")
    text = "0" * 64 + '["2026-11-24T02:00:00+00:00","a","signed_in","b","{}"]'
    assert audit.chained("0" * 64, event) == hashlib.sha256(text.encode()).hexdigest()


def test_a_whole_chain_has_no_break() -> None:
    assert audit.first_break(chain(5)) is None
    assert audit.first_break([]) is None


def test_an_altered_row_is_found() -> None:
    links = chain(5)
    links[2] = replace(links[2], event=replace(links[2].event, actor="somebody@else.vn"))
    assert audit.first_break(links) == 3


def test_a_removed_row_is_found() -> None:
    links = chain(5)
    del links[1]
    assert audit.first_break(links) == 3


def test_rows_that_changed_places_are_found() -> None:
    links = chain(5)
    links[1], links[2] = links[2], links[1]
    assert audit.first_break(links) == 3
