"""Backups: one moment of a database in use, sealed to a key, brought back whole or not at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from survey import create_app
from survey.extensions import db, reading, writing
from survey.queries import audit
from survey.services import backups
from tests.support import places, postgresql
from tests.support.api import Citizen, rows
from tests.support.databases import migrate, settings_for
from tests.support.places import POINT, World

KNOWN = 6


def run(app: Flask, *arguments: object) -> Result:
    with app.app_context():  # else the command would work in that of the fixture
        return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


def make_key(app: Flask, path: Path) -> str:
    made = run(app, "backup-key", path)
    assert made.exit_code == 0, made.output
    assert path.stat().st_mode & 0o077 == 0
    return made.output.strip()


def send(app: Flask, world: World, number: int) -> None:
    for _ in range(number):
        client = app.test_client()
        issued = client.post("/api/v1/tickets", json={"point": POINT}).get_json()
        citizen = Citizen(client, world, issued["client_id"], issued["ticket"])
        assert citizen.put(citizen.body(comment="Tốt, cảm ơn\tÔng\\Bà")).status_code == 201


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        built: World = places.build(session)
    send(app, built, KNOWN)
    return built


@pytest.fixture
def elsewhere(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An application on another, empty, migrated database of the same kind."""
    if db.get_engine().dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
        migrate(url)
        yield create_app(settings_for(url))
        return
    with postgresql.server() as server, postgresql.database(server, f"survey_restored_{os.getpid()}") as url:
        migrate(url)
        other = create_app(settings_for(url))
        yield other
        with other.app_context():
            for engine in db.engines.values():
                engine.dispose()


def contents(url: str) -> dict[str, set[tuple[str, ...]]]:
    """Every row of every table as text, read by SQL alone."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [table.name for table in backups.tables(connection)]
        found = {
            name: {tuple(map(str, row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))}
            for name in names
        }
    engine.dispose()
    return found


def url_of(app: Flask) -> str:
    url: str = app.config["SETTINGS"].database_url
    return url


def test_what_was_acknowledged_before_a_backup_comes_back_and_what_came_during_it_is_whole_or_absent(
    app: Flask, world: World, elsewhere: Flask, tmp_path: Path
) -> None:
    key, file = tmp_path / "key.txt", tmp_path / "today.age"
    public = make_key(app, key)
    stop, wrote = Event(), []

    def go_on() -> None:
        while not stop.is_set():
            send(app, world, 1)
            wrote.append(1)

    writer = Thread(target=go_on)
    writer.start()
    try:
        while not wrote:  # writing has begun
            stop.wait(0.01)
        made = run(app, "backup", file, "--to", public)
    finally:
        stop.set()
        writer.join()
    assert made.exit_code == 0, made.output
    assert file.stat().st_mode & 0o077 == 0
    assert b"Nguy" not in file.read_bytes()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []

    tried = run(elsewhere, "restore", file, "--key", key)
    assert tried.exit_code == 0, tried.output
    assert "Nothing was changed" in tried.output
    assert contents(url_of(elsewhere))["response"] == set()

    done = run(elsewhere, "restore", file, "--key", key, "--commit")
    assert done.exit_code == 0, done.output
    here, there = contents(url_of(app)), contents(url_of(elsewhere))
    assert KNOWN < len(there["response"]) <= len(here["response"])
    for table in ("response", "comment", "pending"):
        assert there[table] <= here[table]
        assert len(there[table]) == len(there["response"]), "an answer with all that belongs to it"
    for table in set(here) - {"response", "comment", "pending", "audit_event", "audit_head"}:
        assert there[table] == here[table], table
    with elsewhere.app_context():
        assert run(elsewhere, "audit", "verify").exit_code == 0
        with reading() as session:
            head = audit.head(session)
        send(elsewhere, world, 2)  # the restored database goes on taking answers
        assert rows() == len(there["response"]) + 2
    assert head is not None
    with reading() as session:
        assert [link.event.action for link in audit.links(session)] == ["backup_made"]


def test_a_database_that_holds_something_is_lost_only_when_its_name_is_typed(
    app: Flask, world: World, elsewhere: Flask, tmp_path: Path
) -> None:
    key, file = tmp_path / "key.txt", tmp_path / "today.age"
    public = make_key(app, key)
    assert run(app, "backup", file, "--to", public).exit_code == 0
    again = run(app, "backup", file, "--to", public)
    assert (again.exit_code, "exists already" in again.output) == (1, True)
    with elsewhere.app_context(), writing() as session:
        places.build(session)
    before = contents(url_of(elsewhere))
    refused = run(elsewhere, "restore", file, "--key", key, "--commit")
    name = Path(str(elsewhere.config["SETTINGS"].database_url)).name
    assert refused.exit_code == 1
    assert f"--replace {name}" in refused.output
    assert contents(url_of(elsewhere)) == before
    done = run(elsewhere, "restore", file, "--key", key, "--replace", name, "--commit")
    assert done.exit_code == 0, done.output
    assert len(contents(url_of(elsewhere))["response"]) == KNOWN
    # Who serves from that database finds the backup's rows at once: all was one transaction.
    with elsewhere.app_context():
        assert rows() == KNOWN


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_altered_backup_a_cut_one_and_a_strange_key_are_refused_in_words(
    app: Flask, world: World, elsewhere: Flask, tmp_path: Path
) -> None:
    key, other, file = tmp_path / "key.txt", tmp_path / "other.txt", tmp_path / "today.age"
    public = make_key(app, key)
    make_key(app, other)
    assert run(app, "backup", file, "--to", public).exit_code == 0
    whole = file.read_bytes()
    for damaged in (
        flipped(whole, len(whole) // 2),
        flipped(whole, -1),
        whole[:-20],
        whole[: len(whole) // 2],
        b"",
        b"PK",
    ):
        bad = tmp_path / "bad.age"
        bad.write_bytes(damaged)
        refused = run(elsewhere, "restore", bad, "--key", key, "--commit")
        assert refused.exit_code == 1
        assert "altered, cut off" in refused.output, refused.output
    refused = run(elsewhere, "restore", file, "--key", other, "--commit")
    assert (refused.exit_code, "sealed to another key" in refused.output) == (1, True)
    refused = run(elsewhere, "restore", file, "--key", file, "--commit")
    assert (refused.exit_code, "no secret key of age" in refused.output) == (1, True)
    assert contents(url_of(elsewhere))["response"] == set()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    for arguments in ((), ("--to", "age1nonsense")):
        refused = run(app, "backup", tmp_path / "new.age", *arguments)
        assert (refused.exit_code, "flask backup-key FILE" in refused.output) == (1, True)
    assert not (tmp_path / "new.age").exists()


def flipped(content: bytes, at: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_whose_rows_refer_to_nothing_gives_no_backup(app: Flask, world: World, tmp_path: Path) -> None:
    public = make_key(app, tmp_path / "key.txt")
    path = tmp_path / "broken.sqlite3"
    with closing(sqlite3.connect(str(db.get_engine().url.database))) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM unit")
        connection.commit()
    refused = run(create_app(settings_for(f"sqlite:///{path}")), "backup", tmp_path / "x.age", "--to", public)
    assert (refused.exit_code, "not sound" in refused.output) == (1, True)
    assert not (tmp_path / "x.age").exists()
