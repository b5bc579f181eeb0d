"""Each thing that can be wrong with lines of units, one small file each; and that all are told at once."""

from collections.abc import Mapping

import pytest

from survey.domain import catalogue, unit_trees
from survey.domain.catalogue import UNITS, Entries, UnitEntry
from survey.domain.problems import Problem
from survey.services import sheets
from tests.support.files import units_csv


def read(*lines: str) -> Entries[UnitEntry]:
    return catalogue.units(sheets.table(units_csv(*lines), UNITS))


def problems(*lines: str, stored: Mapping[str, UnitEntry] | None = None) -> list[Problem]:
    file = read(*lines)
    return [*file.problems, *unit_trees.problems(file, stored or {})]


def told(*lines: str, stored: Mapping[str, UnitEntry] | None = None) -> set[tuple[str, str]]:
    return {(problem.path, problem.code) for problem in problems(*lines, stored=stored)}


ONE_BAD_LINE = {
    "unit_code_bad": "0 1,Một,district,,,,",
    "empty": "01,,district,,,,",
    "too_long": f"01,{'a' * 201},district,,,,",
    "kind_bad": "01,Một,ward,,,,",
    "date_bad": "01,Một,district,,2025-02-30,,",
    "dates_reversed": "01,Một,district,,2025-07-01,2025-06-30,",
    "parent_unknown": "01,Một,district,XX,,,",
    "cycle": "01,Một,district,01,,,",
    "successor_itself": "01,Một,district,,,2025-06-30,01",
    "successor_unknown": "01,Một,district,,,2025-06-30,XX",
    "cells_wrong": "01,Một,district,,",
    "character_bad": "01,Mộ\x00t,district,,,,",
}


@pytest.mark.parametrize(("code", "line"), ONE_BAD_LINE.items())
def test_a_bad_line_is_told_with_its_number_and_reason(code: str, line: str) -> None:
    assert told("HN,Thành phố,city,,,,", line) == {("line 3", code)}


@pytest.mark.parametrize("day", ["01/07/2025", "2025-7-1", "20250701", "2025-13-01", "2025-W27-2", "٢٠٢٥-07-01", "0"])
def test_only_a_real_day_in_one_form_is_a_date(day: str) -> None:
    assert told(f"01,Một,district,,{day},,") == {("line 2", "date_bad")}


def test_a_code_twice_in_a_file_names_the_first_line() -> None:
    found = problems("01,Một,district,,,,", "02,Hai,district,,,,", "01,Ba,district,,,,")
    assert found == [Problem("line 4", "duplicate", {"value": "01", "first": 2})]


def test_parents_and_successors_may_stand_later_in_the_file() -> None:
    assert told("01,Một,commune,HN,,2025-06-30,02", "02,Hai,commune,HN,2025-07-01,,", "HN,Hà Nội,city,,,,") == set()


def test_parents_and_successors_may_be_stored_already() -> None:
    stored = read("HN,Hà Nội,city,,,,", "02,Hai,commune,HN,2025-07-01,,").by_key
    assert told("01,Một,commune,HN,,2025-06-30,02", stored=stored) == set()


def test_a_line_with_one_fault_is_still_a_parent_and_tells_its_other_faults() -> None:
    assert told("01,,commune,XX,yesterday,,", "02,Hai,commune,01,,,") == {
        ("line 2", "empty"),
        ("line 2", "parent_unknown"),
        ("line 2", "date_bad"),
    }


def test_a_cycle_is_told_at_each_of_its_lines_and_nowhere_else() -> None:
    lines = ("A,A,agency,C,,,", "B,B,agency,A,,,", "C,C,agency,B,,,", "D,D,agency,A,,,", "E,E,agency,,,,")
    assert told(*lines) == {("line 2", "cycle"), ("line 3", "cycle"), ("line 4", "cycle")}


def test_a_cycle_through_a_stored_unit_is_found() -> None:
    stored = read("A,A,agency,,,,", "B,B,agency,A,,,").by_key
    assert told("A,A,agency,B,,,", stored=stored) == {("line 2", "cycle")}


def test_a_chain_of_ten_thousand_units_is_no_cycle() -> None:
    chain = ["0,0,agency,,,,", *(f"{number},{number},agency,{number - 1},,," for number in range(1, 10_000))]
    assert told(*chain) == set()


PARENT = "P,P,agency,,2020-01-01,2025-06-30,"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("U,U,agency,P,2019-12-31,2025-06-30,", {("line 3", "begins_before_parent")}),
        ("U,U,agency,P,2020-01-01,2025-07-01,", {("line 3", "outlasts_parent")}),
        ("U,U,agency,P,2020-01-01,,", {("line 3", "outlasts_parent")}),
        ("U,U,agency,P,2020-01-01,2025-06-30,", set()),
        ("U,U,agency,P,,2025-06-30,", set()),  # first day not known
    ],
)
def test_a_unit_lives_within_its_parents_life(line: str, expected: set[tuple[str, str]]) -> None:
    assert told(PARENT, line) == expected


def test_closing_a_parent_whose_stored_units_still_work_is_told_at_the_parent() -> None:
    stored = read("P,P,agency,,,,", "U,U,agency,P,,,").by_key
    assert told("P,P,agency,,,2025-06-30,", stored=stored) == {("line 2", "outlasts_parent")}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A,A,agency,,,,B", "B,B,agency,,,,", "replaced_without_end"),
        ("A,A,agency,,,2025-06-30,B", "B,B,agency,,,2025-06-30,", "successor_ended"),
        ("A,A,agency,,,2025-06-30,B", "B,B,agency,,,2024-12-31,", "successor_ended"),
        ("A,A,agency,,,2025-06-30,B", "B,B,agency,,2025-06-30,,", "successor_overlaps"),
        ("A,A,agency,,2020-01-01,2025-06-30,B", "B,B,agency,,2024-01-01,,", "successor_overlaps"),
        ("A,A,agency,,,2025-06-30,B", "B,B,agency,,2025-07-01,,", None),
        ("A,A,agency,,,2025-06-30,B", "B,B,agency,,,,", None),  # an old department takes it over
        ("A,A,agency,,2025-07-01,2026-12-31,B", "B,B,agency,,2025-07-01,,", None),  # a neighbour of the same age
        ("A,A,agency,,2025-07-01,2026-12-31,B", "B,B,agency,,2019-07-01,,", None),  # an older one
    ],
)
def test_a_successor_takes_over_when_the_unit_ends(old: str, new: str, expected: str | None) -> None:
    assert told(old, new) == ({("line 2", expected)} if expected else set())


def test_a_successor_founded_out_of_one_unit_may_take_over_another_later() -> None:
    lines = ("A,A,agency,,,2025-02-28,C", "B,B,agency,,,2026-12-31,C", "C,C,agency,,2025-03-01,,")
    assert told(*lines) == set()


def test_several_successors_stand_in_one_cell() -> None:
    for between in (";", "; ", " ", ", "):
        file = read(f'A,A,agency,,,2025-06-30,"C{between}B"', "B,B,agency,,,,", "C,C,agency,,,,")
        assert file.by_key["A"].replaced_by == ("B", "C")
