"""Panels (METHOD §6): which groups of citizens may be told, by small tables and against linear algebra in fractions."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from random import Random

import numpy as np
import pytest

from survey.domain.disclosure.panels import Panel, Person, told
from survey.domain.traits import Trait

MALE, FEMALE, OTHER = (Trait("gender", name) for name in ("male", "female", "other"))
TOWN, COUNTRY = (Trait("area", name) for name in ("town", "country"))
GENDER, AREA = (MALE, FEMALE, OTHER), (TOWN, COUNTRY)
SCORED, FACTORS = (0, 1), ((0,), (1,))
BOTH = frozenset({0, 1})


def people(
    count: int, *traits: Trait, lot: int = 1, items: frozenset[int] = BOTH, company: bool = True
) -> list[Person]:
    return [Person(lot, frozenset(traits), items, company)] * count


def panel(*given: Sequence[Person], minimum: int = 10, dimensions: Sequence[Sequence[Trait]] = (GENDER,)) -> Panel:
    found = told([person for some in given for person in some], dimensions, SCORED, FACTORS, minimum)
    return found or Panel(frozenset(), (), factors=False)


def test_two_groups_of_ten_are_told_when_all_are_in_one() -> None:
    assert panel(people(10, MALE), people(10, FEMALE)) == Panel(frozenset({1}), (FEMALE, MALE), factors=True)


@pytest.mark.parametrize("silent", [1, 9])
def test_a_few_who_did_not_answer_are_not_given_away(silent: int) -> None:
    assert panel(people(20, MALE), people(20, FEMALE), people(silent)).traits == ()


def test_ten_who_did_not_answer_are_many_enough() -> None:
    assert set(panel(people(20, MALE), people(20, FEMALE), people(10)).traits) == {MALE, FEMALE}


def test_a_small_group_is_left_out_with_those_who_did_not_answer() -> None:
    found = panel(people(30, MALE), people(30, FEMALE), people(4, OTHER), people(8))
    assert set(found.traits) == {MALE, FEMALE}


def test_one_group_alone_is_no_comparison() -> None:
    assert panel(people(40, MALE), people(9, FEMALE)).traits == ()


def test_two_questions_that_nearly_say_the_same_are_not_both_told() -> None:
    """All men but three live in town: men less town would be those three."""
    same = (
        people(20, MALE, TOWN),
        people(3, MALE, COUNTRY),
        people(20, FEMALE, COUNTRY),
        people(15, MALE),
        people(15, FEMALE),
        people(15, TOWN),
        people(15, COUNTRY),
        people(15),
    )
    assert set(panel(*same, dimensions=(GENDER, AREA)).traits) == {MALE, FEMALE, TOWN, COUNTRY}
    few = (people(20, MALE, TOWN), people(3, MALE, COUNTRY), people(20, FEMALE, COUNTRY))
    assert set(panel(*few, dimensions=(GENDER, AREA)).traits) == {TOWN, COUNTRY}


def test_those_whom_a_procedure_may_tell_apart_do_not_count() -> None:
    assert panel(people(10, MALE), people(30, FEMALE, company=False)).traits == ()


def test_a_lot_with_little_company_stays_outside() -> None:
    small = people(5, MALE, lot=2) + people(4, FEMALE, lot=2)
    assert panel(people(20, MALE), people(20, FEMALE), small).lots == {1}


def test_factors_are_told_only_with_ten_hands_each() -> None:
    first = frozenset({0})
    found = panel(people(15, MALE), people(5, FEMALE), people(15, FEMALE, items=first))
    assert set(found.traits) == {MALE, FEMALE}
    assert not found.factors


def _tells_about_few(rows: Sequence[Sequence[int]], minimum: int) -> bool:
    """Whether some combination of lots and groups is about fewer people: leaving those out takes rank away."""
    matrix = np.array(rows, dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    return any(
        np.linalg.matrix_rank(np.delete(matrix, away, axis=0)) < rank
        for away in combinations(range(len(rows)), minimum - 1)
    )


def _row(person: Person, traits: Iterable[Trait]) -> list[int]:
    return [int(person.lot == lot) for lot in (1, 2)] + [int(trait in person.traits) for trait in traits]


def test_no_combination_of_lots_and_told_groups_is_about_fewer_people_than_the_minimum() -> None:
    """By trying every set of people to leave out, in small panels of every shape."""
    random, tried = Random(11), 0
    for _ in range(60):
        crowd = [
            Person(
                random.choice((1, 1, 2)),
                frozenset(
                    trait
                    for dimension in (GENDER, AREA)
                    for trait in [random.choice((*dimension, dimension[0], None))]
                    if trait
                ),
                BOTH,
                random.random() < 0.8,
            )
            for _ in range(random.randrange(10, 26))
        ]
        found = told(crowd, (GENDER, AREA), SCORED, FACTORS, 3)
        if found:
            tried += 1
            inside = [_row(person, found.traits) for person in crowd if person.lot in found.lots]
            assert not _tells_about_few(inside, 3)
    assert tried > 10
