"""Demonstration data: seeded, uneven as reality is, and never where it could be taken for real."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from flask import Flask

from survey import create_app, demo
from survey.demo import ACCOUNTS, PASSWORD, DemonstrationError, Loaded
from survey.domain.access import Role
from survey.extensions import db, reading, writing
from survey.queries import demonstration, questionnaires
from survey.services import shipped

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MANY = 2000


def silent(steps: int) -> None:
    """Progress that nobody watches."""


def load(app: Flask, count: int, seed: int = 1, now: datetime = NOW) -> Loaded:
    with writing() as session:
        return demo.load(session, count, seed, now, app.config["SECRET_KEY"], silent)


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A database with all that is shipped."""
    with writing() as session:
        shipped.install(session, NOW)
    return app


def frame(query: str) -> "pd.DataFrame":
    with db.get_engine().connect() as connection:
        return pd.read_sql_query(query, connection)


def responses() -> Any:
    return frame("SELECT * FROM response ORDER BY client_id")


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["demo", "load", *arguments])


def drawn(app: Flask) -> tuple[list[str], list[dict[str, Any]]]:
    """Codes of points and rows of responses, rolled back, so that the next load finds the same database."""
    with suppress(InterruptedError), writing() as session:
        loaded = demo.load(session, 60, 7, NOW, app.config["SECRET_KEY"], silent)
        rows = session.connection().exec_driver_sql("SELECT * FROM response ORDER BY client_id").mappings().all()
        raise InterruptedError
    kept = [{name: row[name] for name in row if name not in ("point_id", "dossier_hash")} for row in rows]
    return [point.code for point in loaded.points], kept


def test_the_same_seed_and_day_give_the_same_data(filled: Flask) -> None:
    first, second = drawn(filled), drawn(filled)
    assert len(first[1]) == 60
    assert first == second


def test_another_seed_gives_other_data(filled: Flask) -> None:
    load(filled, 20, seed=1)
    first = set(responses().client_id)
    load(filled, 20, seed=2)
    assert len(set(responses().client_id) - first) == 20


def test_answers_lie_in_the_twelve_months_before_today(filled: Flask) -> None:
    load(filled, MANY)
    days = pd.to_datetime(responses().day.astype(str))
    assert days.min() >= pd.Timestamp(2025, 12, 1)
    assert days.max() <= pd.Timestamp(2026, 11, 23)
    assert days.dt.month.nunique() == 12
    assert (days.dt.day_of_week != 6).all(), "counters are closed on Sundays"


def test_units_factors_and_people_differ(filled: Flask) -> None:
    load(filled, MANY)
    with reading() as session:
        version = questionnaires.latest(session, "sipas-2024")
    assert version is not None
    rows = responses()
    rows = rows[rows.questionnaire_id == version.id]
    items = {factor.key: [f"a{item.slot:02}" for item in factor.items] for factor in version.factors}
    columns = [column for some in items.values() for column in some]
    satisfied, answered = rows[columns] > 3, rows[columns].notna()
    rate = satisfied.sum().sum() / answered.sum().sum()
    assert 0.78 < rate < 0.93
    by_factor = {key: satisfied[some].sum().sum() / answered[some].sum().sum() for key, some in items.items()}
    assert min(by_factor, key=lambda key: by_factor[key]) == "E"
    sizes = rows.groupby("unit_id").size()
    assert sizes.max() > 10 * sizes.median()
    assert (sizes < 10).any()
    asked_of_all = [column for column in columns if column not in ("a15", "a16")]
    assert 0.03 < 1 - answered[asked_of_all].mean().mean() < 0.12
    # Answers of one person hang together: their shares spread more than independent answers would.
    whole = rows[rows[asked_of_all].notna().all(axis=1)]
    share = (whole[asked_of_all] > 3).mean(axis=1)
    assert share.var() > 2 * rate * (1 - rate) / len(asked_of_all)


def test_there_is_one_of_each_role_who_can_be_signed_in(filled: Flask) -> None:
    assert {account.role for account in ACCOUNTS} == set(Role)
    load(filled, 0)
    granted = frame(
        'SELECT s.email, g.role, u.code FROM staff s JOIN "grant" g ON g.staff_id = s.id '
        "JOIN unit u ON u.id = g.unit_id"
    )
    assert set(granted.itertuples(index=False, name=None)) == {
        (account.email, account.role.value, account.unit_code) for account in ACCOUNTS
    }
    assert len(PASSWORD) >= 12


def test_a_database_in_use_is_refused_and_left_as_it_is(filled: Flask) -> None:
    load(filled, 5)
    with writing() as session:
        session.connection().exec_driver_sql("DELETE FROM demonstration")
    before = len(responses())
    with pytest.raises(DemonstrationError, match="not_empty"):
        load(filled, 5, seed=2)
    assert len(responses()) == before


def test_without_a_catalogue_there_is_nothing_to_make(app: Flask) -> None:
    with pytest.raises(DemonstrationError, match="no_catalogue"):
        load(app, 5)


def test_an_office_that_opened_yesterday_gets_no_answers(filled: Flask) -> None:
    """Nor does the search for a day on which it was open go on for ever."""
    with writing() as session:
        opened = (NOW - timedelta(days=1)).date()
        session.connection().exec_driver_sql(f"UPDATE unit SET valid_from = '{opened}' WHERE valid_to IS NULL")
    with pytest.raises(DemonstrationError, match="no_catalogue"):
        load(filled, 5)


def test_the_command_prints_its_points_and_leaves_nothing_pending(app: Flask) -> None:
    result = run(app, "--responses", "30", "--seed", "3")
    assert result.exit_code == 0, result.output
    printed = {line.split("\t")[0] for line in result.stdout.splitlines()}
    assert printed == set(frame("SELECT code FROM point").code)
    assert frame("SELECT count(*) AS n FROM pending").n[0] == 0
    assert frame("SELECT sum(respondents) AS n FROM tally").n[0] == 30
    again = run(app, "--responses", "30", "--seed", "3")
    assert again.exit_code == 1
    assert "give another --seed" in again.output


def test_production_refuses_made_up_answers(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], production=True)
    result = run(app, "--responses", "5")
    assert result.exit_code == 1
    assert "refused where SURVEY_ENV is production" in result.output
    assert len(responses()) == 0


def test_every_page_says_so_once_it_is_loaded(filled: Flask) -> None:
    words = "Dữ liệu minh họa"
    assert words not in filled.test_client().get("/").text
    load(filled, 1)
    with reading() as session:
        assert demonstration.is_loaded(session)
    restarted = create_app(filled.config["SETTINGS"])
    for path in ("/", "/about", "/nowhere", "/staff/sign-in"):
        assert words in restarted.test_client().get(path).text, path
