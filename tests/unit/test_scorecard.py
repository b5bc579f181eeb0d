"""Targets in force, and highest and lowest of imported indicators, by table."""

from decimal import Decimal

import pytest

from survey.domain import plans, scorecard
from survey.domain.plans import Wanted
from survey.domain.scorecard import Indicator, Target
from survey.domain.units import Unit, UnitKind


def unit(number: int, *above: int, name: str = "") -> Unit:
    path = (*above, number)
    return Unit(number, f"U{number}", name or f"Đơn vị {number}", UnitKind.DEPARTMENT, path, None, None, str(number))


CITY, WARD, OTHER = unit(1), unit(2, 1), unit(3, 1)


def target(where: Unit, year: int, percent: int) -> Target:
    return Target("satisfaction", "Hài lòng", Decimal(percent), where, year)


STORED = (target(CITY, 2021, 85), target(CITY, 2026, 90), target(WARD, 2023, 88))


@pytest.mark.parametrize(
    ("where", "year", "percent"),
    [
        (CITY, 2020, None),
        (CITY, 2021, 85),
        (CITY, 2025, 85),
        (CITY, 2026, 90),
        (WARD, 2022, 85),
        (WARD, 2023, 88),
        (WARD, 2026, 88),
        (OTHER, 2024, 85),
        (OTHER, 2027, 90),
    ],
)
def test_the_nearest_unit_and_then_the_newest_year_count(where: Unit, year: int, percent: int | None) -> None:
    found = {each.kind: each.percent for each in scorecard.in_force(STORED, where, year)}
    assert found.get("satisfaction") == percent


def indicator(where: Unit, value: str, position: str = "", year: int = 2020) -> Indicator:
    return Indicator(where, "par_index", year, "department", position, Decimal(value))


def test_the_places_that_the_source_names_are_taken() -> None:
    (found,) = scorecard.groups([indicator(CITY, "92.76", "highest"), indicator(WARD, "76.27", "lowest")], 2021)
    assert [(each.unit, each.value) for each in found.highest] == [(CITY, Decimal("92.76"))]
    assert [(each.unit, each.value) for each in found.lowest] == [(WARD, Decimal("76.27"))]
    assert (found.year, found.sourced) == (2020, True)


def test_without_named_places_the_extremes_are_named_and_ties_all() -> None:
    members = [indicator(CITY, "80"), indicator(WARD, "90"), indicator(OTHER, "90")]
    (found,) = scorecard.groups(members, 2021)
    assert [each.unit for each in found.highest] == [WARD, OTHER]
    assert [each.unit for each in found.lowest] == [CITY]
    assert not found.sourced


def test_where_all_are_equal_none_is_lowest() -> None:
    (found,) = scorecard.groups([indicator(CITY, "80"), indicator(WARD, "80")], 2021)
    assert (len(found.highest), found.lowest) == (2, ())


def test_the_newest_figures_up_to_the_year_are_shown() -> None:
    every = [indicator(CITY, "80", year=2020), indicator(CITY, "85", year=2022)]
    assert [found.year for found in scorecard.groups(every, 2021)] == [2020]
    assert [found.year for found in scorecard.groups(every, 2023)] == [2022]
    assert scorecard.groups(every, 2019) == ()


@pytest.mark.parametrize(
    ("text", "value"), [("85", "85"), ("92,5", "92.5"), (" 99.25 % ", "99.25"), ("0", "0"), ("100", "100")]
)
def test_a_percentage_is_read_as_people_type_it(text: str, value: str) -> None:
    sound, problems = plans.read(Wanted("satisfaction", "Hài lòng", "2026", text))
    assert problems == []
    assert sound is not None
    assert sound.percent == Decimal(value)


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted("satisfaction", "x", "2026", "100,01"), {"percent_invalid"}),
        (Wanted("satisfaction", "x", "2026", "9e1"), {"percent_invalid"}),
        (Wanted("satisfaction", "x", "2026", "-1"), {"percent_invalid"}),
        (Wanted("satisfaction", "x", "2026", "85.125"), {"percent_invalid"}),
        (Wanted("satisfaction", "x", "2026", "."), {"percent_invalid"}),
        (Wanted("satisfaction", "x", "26", "85"), {"year_invalid"}),
        (Wanted("Hài lòng", "", "", ""), {"kind_invalid", "name_invalid", "year_invalid", "percent_invalid"}),
    ],
)
def test_every_complaint_is_told(wanted: Wanted, codes: set[str]) -> None:
    sound, problems = plans.read(wanted)
    assert sound is None
    assert {problem.code for problem in problems} == codes


def test_a_unit_may_ask_more_than_the_plan_above_never_less() -> None:
    sound, _ = plans.read(Wanted("satisfaction", "x", "2026", "84,99"))
    assert sound is not None
    assert [problem.code for problem in plans.against_above(sound, Decimal(85))] == ["below_plan"]
    assert plans.against_above(sound, Decimal("84.99")) == []
    assert plans.against_above(sound, None) == []
