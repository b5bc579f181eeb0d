"""While the database is away, locked or full, everybody is told to come again; nothing is acknowledged or half done."""

import fcntl
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event
from werkzeug.test import TestResponse

from survey import create_app, database
from survey.extensions import db, writing
from survey.gathering import Gathering
from survey.models import Comment, Pending
from tests.support import places
from tests.support.api import Citizen, rows
from tests.support.clients import ServerLikeClient
from tests.support.databases import settings_for
from tests.support.places import POINT, World

NOWHERE = ("sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://127.0.0.1:1/none")
CALL = "/api/v1/responses/01890000-0000-7000-8000-000000000000"


@pytest.fixture
def citizen(app: Flask) -> Citizen:
    with writing() as session:
        world: World = places.build(session)
    client = app.test_client()
    issued = client.post("/api/v1/tickets", json={"point": POINT}).get_json()
    return Citizen(client, world, issued["client_id"], issued["ticket"])


def assert_come_again(answer: TestResponse) -> None:
    assert answer.status_code == 503, answer.text
    assert 5 <= int(answer.headers["Retry-After"]) <= 30
    assert "no-store" in answer.headers["Cache-Control"]
    for trace in ("Traceback", "sqlalchemy", "sqlite3", "psycopg", "INSERT", "SELECT"):
        assert trace not in answer.text


@pytest.mark.parametrize("url", NOWHERE)
def test_without_a_database_everybody_is_told_to_come_again(url: str) -> None:
    app = create_app(settings_for(url))
    app.test_client_class = ServerLikeClient
    client: FlaskClient = app.test_client()
    body = {"point": POINT, "ticket": "x", "questionnaire": "sipas-2024@1", "answers": {}}
    for answer in (client.get(f"/p/{POINT}"), client.get("/"), client.get("/api/v1/units")):
        assert_come_again(answer)
    for called in (client.put(CALL, json=body), client.post("/api/v1/tickets", json={"point": POINT})):
        assert_come_again(called)
        assert called.content_type == "application/problem+json"
        assert (called.get_json()["code"], called.get_json()["status"]) == ("unavailable", 503)
        assert "gửi lại" in called.get_json()["title"]
    posted = client.post(f"/p/{POINT}", data={"questionnaire": "sipas-2024@1"})
    assert_come_again(posted)
    assert "gửi hai lần vẫn chỉ tính một phiếu" in posted.text
    assert "sending twice counts once" in client.post(f"/p/{POINT}?lang=en", data={"A1": "5"}).text


def test_the_refused_do_not_all_return_at_once() -> None:
    client = create_app(settings_for(NOWHERE[0])).test_client()
    assert len({client.get("/api/v1/units").headers["Retry-After"] for _ in range(60)}) > 10


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second's patience with a lock, set before the engines are made."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_come_again_and_then_takes_the_answer_once(app: Flask, citizen: Citizen) -> None:
    url = app.config["SETTINGS"].database_url
    other = create_engine(url)
    is_file = other.dialect.name == "sqlite"
    with other.connect() as holder:
        holder.exec_driver_sql("BEGIN IMMEDIATE" if is_file else "LOCK TABLE response IN ACCESS EXCLUSIVE MODE")
        assert_come_again(citizen.put(citizen.body(comment="Tốt")))
        holder.rollback()
    other.dispose()
    assert (rows(), rows(Pending), rows(Comment)) == (0, 0, 0)
    assert citizen.put(citizen.body(comment="Tốt")).status_code == 201
    assert citizen.put(citizen.body(comment="Tốt")).status_code == 200
    assert (rows(), rows(Pending), rows(Comment)) == (1, 1, 1)


def test_a_full_disk_is_come_again_and_leaves_nothing_half_done(app: Flask, citizen: Citizen) -> None:
    """The driver's own complaint at the last of three inserts; tests/faults fill a real disk."""
    engine = db.get_engine()

    def fill(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("INSERT INTO pending"):
            raise engine.dialect.loaded_dbapi.OperationalError("database or disk is full")

    event.listen(engine, "before_cursor_execute", fill)
    refused = citizen.put(citizen.body(comment="Tốt"))
    event.remove(engine, "before_cursor_execute", fill)
    assert_come_again(refused)
    assert (rows(), rows(Pending), rows(Comment)) == (0, 0, 0)
    assert citizen.put(citizen.body(comment="Tốt")).status_code == 201
    assert (rows(), rows(Pending), rows(Comment)) == (1, 1, 1)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_behind_a_writer_that_stands_still_all_but_one_are_told_to_come_again(
    app: Flask, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the file of turns: the one who waits for it is served at last, the others send again."""
    gathering = Gathering(writing, patience=0.1)
    monkeypatch.setitem(app.extensions, "gathering", gathering)
    others = [Citizen(app.test_client(), citizen.world, *issue(citizen)) for _ in range(3)]
    with open(f"{db.get_engine().url.database}.lock", "wb") as turns, ThreadPoolExecutor(1) as pool:
        fcntl.flock(turns, fcntl.LOCK_EX)
        first = pool.submit(citizen.put, citizen.body())
        while not gathering._is_led:
            os.sched_yield()
        for other in others:
            assert_come_again(other.put(other.body()))
        assert not first.done()
        fcntl.flock(turns, fcntl.LOCK_UN)
        assert first.result().status_code == 201
    assert (rows(), rows(Pending)) == (1, 1)
    assert [other.put(other.body()).status_code for other in others] == [201] * 3
    assert (rows(), rows(Pending)) == (4, 4)


def issue(citizen: Citizen) -> tuple[str, str]:
    issued = citizen.client.post("/api/v1/tickets", json={"point": POINT}).get_json()
    return issued["client_id"], issued["ticket"]


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_connections_that_ended_while_nobody_used_them_cost_nobody_an_answer(
    app: Flask, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In use they are not asked first: then the one who meets the end is told to come again, and no one after."""
    url = app.config["SETTINGS"].database_url
    assert citizen.put(citizen.body()).status_code == 201
    monkeypatch.setattr(database, "IDLE_SECONDS", 0)
    end_all_others(url)
    assert citizen.put(citizen.body()).status_code == 200
    monkeypatch.setattr(database, "IDLE_SECONDS", 3600)
    end_all_others(url)
    assert_come_again(citizen.put(citizen.body()))
    assert citizen.put(citizen.body()).status_code == 200
    assert (rows(), rows(Pending)) == (1, 1)


def end_all_others(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as operator:
        operator.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    engine.dispose()
