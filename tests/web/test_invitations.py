"""Invitations: a link opens the questionnaire, one answer a dossier counts, and nobody can tell who has answered."""

from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text, update

from survey.extensions import db, reading, writing
from survey.models import Base, Invitation, Response
from tests.support import places
from tests.support.forms import filled
from tests.support.invitations import dossier, file, run
from tests.support.pages import Browser
from tests.support.places import POINT, WARD, World

PUBLIC = "https://khaosat.example"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url=PUBLIC)
    with writing() as session:
        return places.build(session)


def counted() -> list[tuple[str, bool]]:
    """Channel and whether it counts, of every response."""
    with reading() as session:
        rows = session.execute(select(Response.channel, Response.counted).order_by(Response.channel, Response.counted))
        return [(channel, bool(counts)) for channel, counts in rows]


def answer(app: Flask, world: World, token: str, level: str = "4") -> None:
    """Open a link, fill the form in, and be thanked."""
    browser = Browser(app)
    page = browser.get(f"/i/{token}")
    fields = filled(page, world, answers__A1=level)
    assert "dossier" not in fields
    assert browser.get(browser.send(f"/i/{token}", fields)).h1 == "Cảm ơn Ông/Bà!"


def typed(app: Flask, world: World, code: str) -> None:
    browser = Browser(app)
    fields = filled(browser.get(f"/p/{POINT}"), world, dossier=code)
    assert browser.get(browser.send(f"/p/{POINT}", fields)).h1 == "Cảm ơn Ông/Bà!"


def test_a_link_is_written_once_opens_the_form_and_counts_once(app: Flask, world: World, tmp_path: Path) -> None:
    dry = run(app, tmp_path, file(range(12)), commit=False)
    assert (dry.code, dry.links) == (0, ())
    assert "12 of 12 dossiers" in dry.output
    assert "Nothing was written" in dry.output
    with reading() as session:
        assert session.scalars(select(Invitation)).all() == []
    done = run(app, tmp_path, file(range(12)))
    assert done.code == 0, done.output
    assert [link["line"] for link in done.links] == [str(line) for line in range(2, 14)]
    assert {link["unit_code"] for link in done.links} == {WARD}
    assert all(link["url"].startswith(f"{PUBLIC}/i/") for link in done.links)
    again = run(app, tmp_path, file(range(12)))
    assert "Nothing to change." in again.output
    assert again.links == ()

    token = done.tokens[0]
    before = stored(app)
    page = Browser(app).get(f"/i/{token.lower()[:4]}-{token[4:]}")
    assert stored(app) == before, "reading a link writes nothing"
    assert page.fields()["procedure"] == "1.001193"
    answer(app, world, token)
    answer(app, world, token, level="1")
    assert counted() == [("invite", False), ("invite", True)]


def stored(app: Flask) -> str:
    """Everything that the database holds, as one text."""
    with db.get_engine().connect() as connection:
        return "\n".join(
            f"{table.name}: {sorted(map(repr, map(tuple, connection.execute(select(table)))))}"
            for table in Base.metadata.sorted_tables
        )


def test_sending_the_same_twice_is_harmless_and_tells_nothing(app: Flask, world: World, tmp_path: Path) -> None:
    token = run(app, tmp_path, file(range(3))).tokens[1]
    browser = Browser(app)
    fields = filled(browser.get(f"/i/{token}"), world)
    thanks = [browser.send(f"/i/{token}", fields) for _ in range(2)]
    assert thanks[0] == thanks[1]
    assert counted() == [("invite", True)]
    other = Browser(app)
    used = other.get(f"/i/{token}").text
    unused = other.get(f"/i/{run(app, tmp_path, file([50])).tokens[0]}").text
    assert [len(line) for line in used.splitlines()] == [len(line) for line in unused.splitlines()], "alike but for ids"


def test_an_invited_answer_outranks_a_typed_code_until_that_is_released(
    app: Flask, world: World, tmp_path: Path
) -> None:
    tokens = run(app, tmp_path, file(range(4))).tokens
    typed(app, world, dossier(0))
    answer(app, world, tokens[0])
    typed(app, world, dossier(0))
    assert counted() == [("invite", True), ("poster", False), ("poster", False)]
    typed(app, world, dossier(1))
    with writing() as session:
        session.execute(update(Response).where(Response.counted, Response.channel == "poster").values(lot=1))
    answer(app, world, tokens[1])
    assert counted().count(("invite", False)) == 1
    assert counted().count(("poster", True)) == 1
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0
    with db.get_engine().connect() as connection:
        rows = connection.execute(text("SELECT channel, SUM(respondents) FROM tally GROUP BY channel ORDER BY channel"))
        assert [tuple(row) for row in rows] == [("invite", 1), ("poster", 1)], "the sums were made again"
