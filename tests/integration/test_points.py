"""Collection points: made by service and command, on both databases."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from flask import Flask

from survey.domain.catalogue import UNITS
from survey.domain.points import CODE_ALPHABET, CODE_LENGTH, Channel, PointKind, draw_code
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import points as queries
from survey.services import catalogue, points, questionnaires, sheets
from tests.support.files import units_csv

DAY = date(2026, 11, 24)


@pytest.fixture
def city(app: Flask) -> Flask:
    """Two open units, a closed one, one to come, and a published questionnaire."""
    lines = (
        "HN,Hà Nội,city,,,,",
        "1,Phường Một,commune,HN,2025-07-01,,",
        "2,Quận Hai,district,HN,,2025-06-30,",
        "3,Phường Ba,commune,HN,2026-12-01,,",
    )
    quick = next(path for path in questionnaires.SHIPPED if path.stem == "quick")
    with writing() as session:
        catalogue.import_units(session, sheets.table(units_csv(*lines), UNITS))
        questionnaires.publish(session, questionnaires.read(quick.read_bytes()), datetime(2026, 1, 1, tzinfo=UTC))
    return app


def make(unit: str, label: str = "", key: str = "quick", seed: int = 1, day: date | None = DAY) -> queries.Point:
    with writing() as session:
        return points.create(session, unit, PointKind.KIOSK, label, key, Random(seed), day)


def refusals(unit: str, label: str = "", key: str = "quick", day: date | None = DAY) -> list[str]:
    with pytest.raises(InvalidError) as raised:
        make(unit, label, key, day=day)
    return [problem.code for problem in raised.value.problems]


def test_a_point_is_found_by_its_code_however_it_is_typed(city: Flask) -> None:
    made = make("1", "  Sảnh   chính ")
    assert len(made.code) == CODE_LENGTH
    assert set(made.code) <= set(CODE_ALPHABET)
    with reading() as session:
        found = queries.by_code(session, f" {made.code[:3].lower()}-{made.code[3:].lower()} ")
    assert found == made
    assert (found.label, found.unit.code, found.channel) == ("Sảnh chính", "1", Channel.KIOSK)


def test_a_point_without_a_label_is_called_after_its_unit(city: Flask) -> None:
    assert make("1").label == "Phường Một"


def test_a_taken_code_is_drawn_again(city: Flask) -> None:
    first = make("1", seed=7)
    again = make("1", seed=7)
    draws = Random(7)
    assert [first.code, again.code] == [draw_code(draws), draw_code(draws)]


def test_points_in_one_transaction_survive_a_collision(city: Flask) -> None:
    with writing() as session:
        made = [
            points.create(session, "1", PointKind.POSTER, "", "quick", Random(seed), DAY).code for seed in (1, 1, 1, 2)
        ]
    assert len(set(made)) == 4
    with reading() as session:
        assert all(queries.by_code(session, code) for code in made)


def test_drawing_ends_when_no_code_is_free(city: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "draw_code", lambda random: "AAAAAA")
    make("1")
    assert refusals("1") == ["codes_exhausted"]


def test_unknown_closed_and_future_units_are_refused(city: Flask) -> None:
    assert refusals("XX") == ["unit_unknown"]
    assert refusals("2") == ["unit_closed"]
    assert refusals("3") == ["unit_closed"]
    assert refusals("2", day=None) == ["unit_closed"]
    assert make("2", day=date(2025, 6, 30)).unit.code == "2"


def test_everything_wrong_is_told_at_once(city: Flask) -> None:
    assert refusals("XX", "x" * 121, "sipas-2099") == ["unit_unknown", "questionnaire_unknown", "label_too_long"]


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b", "a\u202eb"])
def test_text_that_no_database_takes_is_refused(city: Flask, bad: str) -> None:
    assert refusals("1", label=bad) == ["character_bad"]
    assert refusals("1", key=bad) == ["questionnaire_unknown"]


def test_the_command_prints_the_code_and_nothing_else(city: Flask) -> None:
    arguments = ["points", "create", "--unit", "1", "--kind", "poster", "--label", "Cửa", "--questionnaire", "quick"]
    result = city.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    code = result.output.rstrip("\n")
    listed = city.test_cli_runner().invoke(args=["points", "list", "--unit", "HN"])
    assert listed.output == f"{code}\tposter\t1\tPhường Một\tCửa\tquick\n"


def test_the_command_refuses_in_words(city: Flask) -> None:
    result = city.test_cli_runner().invoke(args=["points", "create", "--unit", "2", "--kind", "kiosk"])
    assert result.exit_code == 1
    assert "không hoạt động" in result.output
    assert "sipas-2024" in result.output
    assert city.test_cli_runner().invoke(args=["points", "list"]).output == ""
    assert city.test_cli_runner().invoke(args=["points", "list", "--unit", "XX"]).exit_code == 1
