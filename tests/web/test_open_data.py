"""Open data: off unless wanted, never a withheld cell, cacheable, and described truly."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.config import Settings
from survey.extensions import reading, writing
from survey.models import OpenDataFile
from tests.support import answers
from tests.support.answers import Answered
from tests.support.pages import Browser
from tests.support.places import CITY, DISTRICT, OTHER_WARD, POINT, WARD
from tests.support.recount import percent
from tests.support.responses import Plan, fill

ADDRESSES = ("/open-data", "/open-data/rates.csv", "/open-data/datapackage.json")


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build()
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], open_data=False)
    refresh(app)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], open_data=True)
    return found


def refresh(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0


def rows(app: Flask) -> list[dict[str, str]]:
    content = app.test_client().get("/open-data/rates.csv").get_data()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def package(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/open-data/datapackage.json").get_json()
    return found


def test_it_is_off_in_production_until_somebody_decides() -> None:
    secret = {"SURVEY_SECRET_KEY": "Hoa sen nở ở hồ Tây, mùa hạ năm 2026"}
    production = secret | {"SURVEY_ENV": "production"}
    assert Settings.from_environ(secret).open_data
    assert not Settings.from_environ(production).open_data
    assert Settings.from_environ(production | {"SURVEY_OPEN_DATA": "on"}).open_data


def test_where_it_is_off_there_is_nothing(app: Flask) -> None:
    browser = Browser(app)
    for address in ADDRESSES:
        browser.get(address, 404)


def test_no_withheld_cell_and_no_open_month_is_in_it(app: Flask, answered: Answered) -> None:
    found = rows(app)
    assert {row["unit_code"] for row in found} >= {CITY, WARD, DISTRICT}
    for row in found:
        assert row["rate"]
        assert int(row["respondents"]) >= 10
        assert "too_few" not in row["note"]
        assert "provisional" not in row["note"]
        assert row["key"] < "2026-11" if row["key"][:2] == "20" else True
    months = [row for row in found if row["unit_code"] == OTHER_WARD]
    assert months == [], "fourteen answers in a year are too few for any month, and none are of last year"


def test_the_numbers_are_those_of_a_recount(app: Flask, answered: Answered) -> None:
    found = rows(app)
    year = next(row for row in found if (row["unit_code"], row["scope"], row["key"]) == (DISTRICT, "overall", ""))
    counted = answered.count(DISTRICT, start="2025-01-01", end="2025-12-31")
    assert (year["respondents"], year["rate"]) == (str(counted.overall[0]), str(percent(counted.overall[1])))
    october = next(row for row in found if (row["unit_code"], row["key"]) == (WARD, "2026-10"))
    counted = answered.count(WARD, start="2026-10-01", end="2026-10-31")
    assert (october["respondents"], october["rate"]) == (str(counted.overall[0]), str(percent(counted.overall[1])))


def test_the_descriptor_describes_the_file_and_every_row_fits_its_schema(app: Flask, answered: Answered) -> None:
    content = app.test_client().get("/open-data/rates.csv").get_data()
    found = package(app)
    (resource,) = found["resources"]
    assert (found["profile"], resource["profile"]) == ("tabular-data-package", "tabular-data-resource")
    assert resource["path"] == "rates.csv"
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert found["licenses"][0]["name"] == "CC-BY-4.0"
    assert found["sources"]
    assert found["temporal"] == {"start": "2025-01-01", "end": "2026-10-31"}
    assert "SIPAS" in found["description"]
    every_row_fits(resource["schema"]["fields"], rows(app))


def every_row_fits(fields: list[dict[str, Any]], found: list[dict[str, str]]) -> None:
    assert list(found[0]) == [field["name"] for field in fields]
    read = {"integer": int, "number": float, "string": str}
    for row in found:
        for field in fields:
            value, limits = row[field["name"]], field.get("constraints", {})
            assert value or not limits.get("required")
            if value:
                number = read[field["type"]](value)
                assert field["type"] == "string" or limits.get("minimum", 0) <= number <= limits.get("maximum", 1e9)


def test_caches_may_keep_it_and_ask_again(app: Flask, answered: Answered, clock: time_machine.Traveller) -> None:
    client = app.test_client()
    for address in ADDRESSES[1:]:
        first = client.get(address)
        assert {"public", "max-age=3600"} <= set(first.headers["Cache-Control"].split(", "))
        assert "Set-Cookie" not in first.headers
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
    refresh(app)
    before = rows(app)
    world = answered.world
    plan = Plan(world.units[WARD], world.points[POINT], world.version, 40, date(2026, 10, 1), date(2026, 10, 31))
    with writing() as session:
        fill(session, plan, 8)
    refresh(app)
    assert rows(app) == before, "asking again within the hour costs nothing"
    clock.shift(3601)
    assert rows(app) == before, "the refresher makes it, not who asks"
    refresh(app)
    assert rows(app) != before


def test_every_server_serves_the_file_that_the_refresher_kept(app: Flask, answered: Answered) -> None:
    """Before the first one a server makes its own; the kept one holds the same, and other minimums make it void."""
    own = app.test_client().get("/open-data/rates.csv").get_data()
    refresh(app)
    with reading() as session:
        kept = session.scalars(select(OpenDataFile.content)).one()
    assert kept == own
    with writing() as session:
        session.execute(update(OpenDataFile).values(content=b"kept"))
    app.extensions["open_data"].data = None  # another process
    assert app.test_client().get("/open-data/rates.csv").get_data() == b"kept"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], shown_minimum=40, ranked_minimum=40)
    found = rows(app)
    assert found
    assert all(int(row["respondents"]) >= 40 for row in found), "a cell may be withheld that was shown before"


def test_nothing_is_made_where_nothing_is_published(app: Flask, answered: Answered) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], open_data=False)
    refresh(app)
    with reading() as session:
        assert session.scalars(select(OpenDataFile.id)).all() == []


def test_the_page_says_what_there_is(app: Flask, answered: Answered) -> None:
    for language in ("vi", "en"):
        page = Browser(app).get(f"/open-data?lang={language}")
        assert {"rates.csv", "datapackage.json"} <= set(page.links())
        assert page.one("html").get("lang") == language
    assert hashlib.sha256(app.test_client().get("/open-data/rates.csv").get_data()).hexdigest() in page.text
