"""Probes, request ids and log lines."""

import io
import json
import logging
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import create_engine

from survey import create_app, database, telemetry
from survey.config import Settings
from survey.extensions import db
from survey.queries import schema
from tests.support.databases import settings_for

NOWHERE = "sqlite:////nowhere/at/all.sqlite3"


def test_a_migrated_database_is_ready(app: Flask) -> None:
    client = app.test_client()
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", [NOWHERE, "postgresql+psycopg://127.0.0.1:1/none"])
def test_without_a_database_it_is_alive_but_not_ready(url: str) -> None:
    client = create_app(settings_for(url)).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "the database cannot be reached or is empty\n"


def test_a_server_that_cannot_write_or_has_no_room_is_not_ready(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = create_app(replace(settings, least_disk=10**9))
    with full.app_context():
        answer = full.test_client().get("/readyz")
        for engine in db.engines.values():
            engine.dispose()
    assert (answer.status_code, answer.text) == (503, "the disk is nearly full\n")
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    replica = {"default": db.get_engine(database.READ)}  # what a replica, or a disk that is read-only, lets one do
    held = create_engine(settings.database_url)
    with held.connect() as holder:
        if held.dialect.name == "sqlite":
            holder.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            app.extensions["engines"] = app.extensions["engines"] | replica
        answer = app.test_client().get("/readyz")
        assert app.test_client().get("/healthz").status_code == 200
    held.dispose()
    assert (answer.status_code, answer.text) == (503, "the database cannot be written\n")


def test_a_server_goes_on_with_what_a_newer_version_added_and_not_without_what_it_took(
    app: Flask, settings: Settings
) -> None:
    def now(*statements: str) -> tuple[int, str]:
        engine = create_engine(settings.database_url)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()
        answer = app.test_client().get("/readyz")
        return answer.status_code, answer.text

    try:
        ready = (200, "ready, with migration 9999 of a newer version\n")
        assert now("UPDATE alembic_version SET version_num = '9999'", "CREATE TABLE later (id INTEGER)") == ready
        lost = (503, f"the database has migration 9999, not {schema.newest()}\n")
        assert now("ALTER TABLE procedure RENAME COLUMN retired_on TO ended_on") == lost
        assert now("ALTER TABLE procedure RENAME COLUMN ended_on TO retired_on", "DROP TABLE later") == ready
        older = (503, f"the database has migration 0001, not {schema.newest()}\n")
        assert now("UPDATE alembic_version SET version_num = '0001'") == older
    finally:
        assert now(f"UPDATE alembic_version SET version_num = '{schema.newest()}'") == (200, "ready\n")


def test_every_answer_carries_a_request_id_of_its_own(app: Flask) -> None:
    client = app.test_client()
    ids = {client.get("/healthz").headers["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3


def test_a_log_line_is_json_with_the_pattern_of_the_route_and_nothing_of_the_sender() -> None:
    app = create_app(settings_for(NOWHERE))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(telemetry.JsonFormatter())
    app.logger.addHandler(handler)
    client_id = "01890000-0000-7000-8000-000000000000"
    with app.test_request_context(
        f"/api/v1/responses/{client_id}", method="PUT", environ_base={"REMOTE_ADDR": "10.9.8.7"}
    ):
        app.preprocess_request()
        app.logger.error("it went wrong")
    line = json.loads(written.getvalue())
    assert (line["level"], line["message"], line["method"]) == ("ERROR", "it went wrong", "PUT")
    assert "responses" in line["route"]
    assert line["request_id"]
    assert client_id not in written.getvalue()
    assert "10.9.8.7" not in written.getvalue()
