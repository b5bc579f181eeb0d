"""Rows of single responses: every row once, in an order that says nothing."""

import io
from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from survey.domain.coarsening import Key
from survey.reports import response_rows

KEY = Key("2026-08", "00004", "sipas-2024@1", "kiosk", "false", "1.001193", "false")


def _written(rows: list[tuple[Key, str]], seed: int = 1) -> bytes:
    output = io.BytesIO()
    response_rows.write(output, ("A1", "A2"), iter(rows), len(rows), Random(seed))
    return output.getvalue()


def test_header_and_a_row_byte_for_byte() -> None:
    assert _written([(KEY, "5,")]) == (
        b"\xef\xbb\xbfmonth,unit_code,questionnaire,channel,assisted,procedure,quarantined,A1,A2\r\n"
        b"2026-08,00004,sipas-2024@1,kiosk,false,1.001193,false,5,\r\n"
    )


def test_a_code_that_a_spreadsheet_would_run_is_made_inert() -> None:
    assert b'\r\n2026-08,"\'=1,2",sipas' in _written([(KEY._replace(unit_code="=1,2"), "5,4")])


def test_every_row_once_and_in_a_fresh_order_over_many_piles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response_rows, "PILE", 100)
    rows = [(KEY, f"{number % 5 + 1},{number}") for number in range(10_000)]
    lines = _written(rows).split(b"\r\n")[1:-1]
    numbers = [int(line.rpartition(b",")[2]) for line in lines]
    assert Counter(numbers) == Counter(range(10_000))
    assert _written(rows, 1) != _written(rows, 2)
    # Uniform: a number's place says nothing of the number. Under chance the correlation is about ±0.01.
    middle = 9_999 / 2
    covariance = sum((place - middle) * (number - middle) for place, number in enumerate(numbers)) / 10_000
    assert abs(covariance / (10_000**2 / 12)) < 0.04
    # Nor do the neighbours in the file come from nearby.
    near = sum(abs(left - right) < 100 for left, right in pairwise(numbers))
    assert near < 300  # about 199 by chance


def test_piles_are_few_and_a_power_of_two() -> None:
    assert [response_rows._piles(total) for total in (0, 40_000, 40_001, 10_000_000, 10**12)] == [1, 1, 2, 256, 256]
