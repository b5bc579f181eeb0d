"""Invitations: a link opens the questionnaire, one answer a dossier counts, and nobody can tell who has answered."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text, update

from survey.extensions import db, reading, writing
from survey.models import Base, DossierKey, Invitation, Response
from survey.services import dossier_keys
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


def test_a_link_opens_on_its_days_and_a_form_that_was_opened_in_time_is_taken(
    app: Flask, world: World, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    done = run(app, tmp_path, file([1, 2]), "--opens", "2026-11-26", "--days", "3")
    browser, token = Browser(app), done.tokens[0]
    early = browser.get(f"/i/{token}", 403)
    assert early.h1 == "Chưa đến ngày trả lời"
    assert "từ ngày 26/11/2026 đến hết ngày 28/11/2026" in early.text
    clock.move_to(datetime(2026, 11, 28, 10, tzinfo=UTC))
    fields = filled(browser.get(f"/i/{token}"), world)
    clock.move_to(datetime(2026, 11, 28, 17, 1, tzinfo=UTC))  # 00:01 of the 29th in Hà Nội
    assert browser.get(f"/i/{token}", 410).h1 == "Thư mời đã hết hạn"
    broken = browser.post(f"/i/{token}", fields | {"ticket": "x"}, 410)
    assert broken.h1 == "Thư mời đã hết hạn"
    browser.send(f"/i/{token}", fields)
    assert counted() == [("invite", True)]
    for strange in ("thanks", "AAAAAAAAAAAAAAAA", "ă" * 16, "%00", token[:-1]):
        assert browser.client.get(f"/i/{strange}").status_code == 404
    clock.move_to(datetime(2026, 12, 30, tzinfo=UTC))
    purged = app.test_cli_runner().invoke(args=["retention", "purge", "--commit"])
    assert purged.exit_code == 0, purged.output
    with reading() as session:
        assert session.scalars(select(Invitation)).all() == []
    assert browser.get(f"/i/{token}", 404).h1 == "Không có thư mời này"


def test_a_call_with_the_token_counts_as_invited_and_without_it_does_not(
    app: Flask, world: World, tmp_path: Path
) -> None:
    done = run(app, tmp_path, file([1, 2]), "--opens", "2026-11-24")
    client = app.test_client()

    def put(proof: dict[str, str], level: int = 5) -> tuple[int, str]:
        issued = client.post("/api/v1/tickets", json=proof).get_json()
        body = {"point": point, "ticket": issued["ticket"], "questionnaire": issued["questionnaire"]}
        body["answers"] = {item.key: level for item in world.version.items}
        address = f"/api/v1/responses/{issued['client_id']}"
        renewed = {"point": point, "client_id": issued["client_id"], "ticket": issued["ticket"]}
        body["ticket"] = client.post("/api/v1/tickets", json=renewed).get_json()["ticket"]
        answer = client.put(address, json=body)
        return answer.status_code, answer.get_json()["status"]

    with reading() as session:
        point = session.execute(text("SELECT code FROM point WHERE kind = 'invite'")).scalar_one()
    first, second = put({"invitation": done.tokens[0]}), put({"invitation": done.tokens[0]}, 1)
    assert first == second == (201, "accepted")
    assert put({"point": point}) == (201, "accepted")
    assert counted() == [("invite", False), ("invite", True), ("web", True)]
    refused = client.post("/api/v1/tickets", json={"invitation": "AAAA"})
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "invitation_unknown")
    issued = client.post("/api/v1/tickets", json={"invitation": done.tokens[1]}).get_json()
    stamp, proof, enclosed = issued["ticket"].split(".")
    other = client.post("/api/v1/tickets", json={"invitation": done.tokens[0]}).get_json()["ticket"].split(".")[2]
    for forged in (f"{stamp}.{proof}", f"{stamp}.{proof}.", f"{stamp}.{proof}.{other}", f"{stamp}.{proof}.{enclosed}x"):
        body = {"point": point, "ticket": forged, "questionnaire": "sipas-2024@1", "answers": {"A1": 1}}
        assert client.put(f"/api/v1/responses/{issued['client_id']}", json=body).status_code == 403


def test_nothing_that_is_kept_leads_from_a_link_to_its_answer(
    app: Flask, world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    done = run(app, tmp_path, file(range(10, 14)))
    before = stored(app)
    answer(app, world, done.tokens[0])
    page = Browser(app).get(f"/i/{done.tokens[1]}")
    assert page.response.headers["Referrer-Policy"] == "strict-origin"
    assert page.response.headers["Cache-Control"] == "no-store"
    after = stored(app)
    lines = [set(text.splitlines()) for text in (before, after)]
    changed = {line.partition(":")[0] for line in lines[0] ^ lines[1]}
    assert changed == {"response", "pending"}, "neither the invitation nor the audit knows of it"
    said = after + "".join(capfd.readouterr()) + caplog.text + done.output
    for secret in (*done.tokens, *(dossier(number) for number in range(10, 14))):
        assert secret not in said
    with reading() as session:
        mark = session.scalars(select(Response.dossier_hash)).one()
        known = {value for row in session.scalars(select(Invitation)) for value in (row.token_hash, row.dossier_hash)}
    assert mark is not None
    assert mark not in known
    with writing() as session:
        assert dossier_keys.destroy(session, [2026]) == (2026,)
    with reading() as session:
        assert session.scalars(select(DossierKey)).all() == []
    Browser(app).get(f"/i/{done.tokens[1]}", 404)


def test_another_secret_opens_no_link(app: Flask, world: World, tmp_path: Path) -> None:
    token = run(app, tmp_path, file([1])).tokens[0]
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], secret_key="another secret of thirty-two letters")
    Browser(app).get(f"/i/{token}", 404)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_limit_counts_a_link_and_loses_nothing_that_was_entered(app: Flask, world: World, tmp_path: Path) -> None:
    tokens = run(app, tmp_path, file([1, 2])).tokens
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], ticket_limit=2)
    browser = Browser(app)
    fields = filled(browser.get(f"/i/{tokens[0]}"), world, comment="Cảm ơn")
    for _ in range(2):
        browser.send(f"/i/{tokens[0]}", fields)
    crowded = browser.post(f"/i/{tokens[0].lower()}", fields, 429)
    assert crowded.fields()["comment"] == "Cảm ơn"
    answer(app, world, tokens[1])
