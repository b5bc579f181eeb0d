"""Every column says what it holds of persons; the public page and the report are made from that and the settings."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import String

from survey import create_app
from survey.config import Settings
from survey.domain.privacy import Kept, What, Whose
from survey.extensions import db
from survey.models import Base
from survey.models.privacy import OF_NOBODY
from survey.queries import privacy
from survey.wording.privacy import KEPT, SAID, WHOSE
from tests.support.clients import ServerLikeClient
from tests.support.pages import Browser, words


def test_every_column_of_every_table_is_classified() -> None:
    assert privacy.unclassified() == (), "say in survey/models/privacy.py what it holds of persons"


def test_free_text_in_tables_of_nobody_is_named() -> None:
    """What could hold a name is looked at one by one: no text longer than a code slips in with a table."""
    long = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name in OF_NOBODY
        for column in table.columns
        if isinstance(column.type, String) and (column.type.length or 9999) > 64
    }
    named = {f"{table}.{column}" for table, columns in OF_NOBODY.items() for column in columns.split()}
    # made of named ones; codes
    derived = {"unit.folded", "unit.sort_key", "procedure.sort_key", "opening.hours", "released.trait"}
    assert long - derived == named


def test_every_code_has_its_words() -> None:
    assert set(SAID) == set(What)
    assert set(KEPT) == set(Kept)
    assert set(WHOSE) == set(Whose)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_report_lists_every_column_of_persons(app: Flask) -> None:
    run = app.test_cli_runner()
    lines = [line.split("\t") for line in run.invoke(args=["privacy", "report"]).output.splitlines()]
    found = {(table, column) for table, column, *_ in lines}
    assert {("response", "dossier_hash"), ("comment", "masked"), ("staff", "email"), ("response", "a40")} <= found
    assert ("tally", "respondents") not in found
    assert all(len(line) == 7 and all(line) for line in lines)
    everything = run.invoke(args=["privacy", "report", "--all", "--lang", "en"]).output.splitlines()
    assert len(everything) == sum(len(table.columns) for table in Base.metadata.sorted_tables)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_notice_says_what_is_configured(settings: Settings) -> None:
    changed = replace(settings, retention_months=13, shown_minimum=17, release="nightly", open_data=True)
    app = create_app(changed)
    app.test_client_class = ServerLikeClient
    with app.app_context():
        browser = Browser(app)
        page = browser.get("/privacy")
        for said in ("Nhiều nhất 13 tháng", "ít nhất 17 phiếu", "sớm nhất đến đêm", "dữ liệu mở"):
            assert said in page.text
        assert "13 tháng" in browser.get("/about").text
        shown = {name for place in page.all("p", class_="columns") for name in words(place).split(", ")}
        declared = [column for whose in (Whose.CITIZEN, Whose.STAFF) for column in privacy.of_persons(whose)]
        assert shown == {f"{column.table}.{column.name}" for column in declared}
        assert "At most 13 months" in browser.get("/privacy?lang=en").text
        for engine in db.engines.values():
            engine.dispose()
