"""GET /api/v1/rates: the figures of the files, page by page, to those whose token may read them."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask import Flask

from survey.domain.access import Role
from survey.extensions import limiter, reading, writing
from survey.queries import frozen
from survey.services import tokens
from tests.support import answers, staff
from tests.support.answers import Answered
from tests.support.calls import TOKEN, call, give_token
from tests.support.places import CITY, NOW, OTHER_WARD, POINT, WARD
from tests.support.responses import Plan, fill
from tests.support.staff import signed_in

RATES = "/api/v1/rates"
YEAR = "from=2025-12&to=2026-11"


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build()
    release(app)
    give_token(CITY)
    return found


def release(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0


def read(app: Flask, query: str) -> list[dict[str, Any]]:
    """All rows, page after page."""
    rows: list[dict[str, Any]] = []
    following: str | None = ""
    while following is not None:
        cursor = f"&cursor={following}" if following else ""
        body = call(app, f"{RATES}?{query}{cursor}").get_json()
        rows += body["rates"]
        following = body["next"]
        assert body["total"] >= len(rows)
    return rows


def test_the_rows_are_those_of_the_file(app: Flask, answered: Answered) -> None:
    browser = signed_in(app)
    for query in (f"unit={WARD}", f"unit={CITY}&by=unit", f"unit={WARD}&by=month&{YEAR}", f"unit={OTHER_WARD}&by=item"):
        content = browser.client.get(f"/staff/rates.csv?{query}").get_data().decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(content, newline="")))
        rows = read(app, query)
        assert len(rows) == len(table) > 0
        for row, line in zip(rows, table, strict=True):
            for name in ("unit_code", "scope", "key", "respondents", "answers", "c1", "c5", "verdict"):
                assert str(row[name] if row[name] is not None else "") == line[name]
            for name in ("rate", "low", "high", "target"):
                assert ("" if row[name] is None else f"{row[name]:.2f}") == line[name]
            assert [note.partition(":")[0] for note in line["note"].split("; ") if note] == row["notes"]


def test_pages_put_together_are_the_whole(app: Flask, answered: Answered) -> None:
    whole = read(app, f"unit={WARD}")
    assert read(app, f"unit={WARD}&limit=5") == whole
    assert read(app, f"unit={WARD}&limit=1") == whole
    assert len(whole) == 22


def test_figures_that_change_between_two_pages_are_not_mixed(app: Flask, answered: Answered) -> None:
    following = call(app, f"{RATES}?unit={WARD}&limit=5").get_json()["next"]
    world = answered.world
    with writing() as session:
        plan = Plan(world.units[WARD], world.points[POINT], world.version, 40, *(answered.rows.day.max(),) * 2)
        fill(session, plan, 5)
    release(app)
    problem = call(app, f"{RATES}?unit={WARD}&limit=5&cursor={following}", 409).get_json()
    assert problem["code"] == "cursor_stale"


def test_a_cursor_is_good_for_its_question_alone(app: Flask, answered: Answered) -> None:
    following = call(app, f"{RATES}?unit={WARD}&limit=5").get_json()["next"]
    assert call(app, f"{RATES}?unit={WARD}&limit=9&cursor={following}").get_json()["rates"][0]["key"] == "E"
    for query in (f"unit={CITY}&cursor={following}", f"unit={WARD}&cursor={following}x", f"unit={WARD}&cursor=1"):
        problem = call(app, f"{RATES}?{query}", 422).get_json()
        assert [error["code"] for error in problem["errors"]] == ["cursor_invalid"]


def test_every_bad_parameter_is_named(app: Flask, answered: Answered) -> None:
    for query, paths in (
        ("from=2026-13&channel=phone", {"from", "channel"}),
        ("form=2026-01&limit=0", {"form", "limit"}),
        ("limit=501", {"limit"}),
        ("channel=poster&flagged=1", {"channel"}),
        ("by=week&questionnaire=none@1&procedure=9", {"by", "questionnaire", "procedure"}),
    ):
        titles = set()
        for language in ("vi", "en"):
            problem = call(app, f"{RATES}?{query}&lang={language}", 422).get_json()
            assert {error["path"] for error in problem["errors"]} == paths
            assert all(error["message"] for error in problem["errors"])
            titles.add(problem["title"])
        assert len(titles) == 2


def test_without_a_good_token_there_is_nothing(app: Flask, answered: Answered, clock: time_machine.Traveller) -> None:
    missing = call(app, RATES, 401, token=None)
    assert missing.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    for header in ("Basic eDp5", "Bearer", "Bearer ", TOKEN):
        assert call(app, RATES, 401, token=None, Authorization=header).get_json()["code"] == "token_missing"
    wrong = call(app, RATES, 401, token="khsl_other")
    assert wrong.headers["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert call(app, f"{RATES}?access_token={TOKEN}", 401, token=None).get_json()["code"] == "token_missing"
    signed = signed_in(app).client.get(RATES)
    assert signed.status_code == 401, "a cookie authorises no call"
    clock.shift(31 * 86400)
    assert call(app, RATES, 401).get_json()["code"] == "token_invalid"


def test_a_revoked_token_ends_at_once(app: Flask, answered: Answered, clock: time_machine.Traveller) -> None:
    row_id = give_token(CITY, token="khsl_ending")
    call(app, RATES, token="khsl_ending")
    with writing() as session:
        assert tokens.revoke(session, row_id, "tests", NOW)
    call(app, RATES, 401, token="khsl_ending")


def test_a_token_reads_its_unit_and_those_below_and_no_other(app: Flask, answered: Answered) -> None:
    give_token(WARD, token="khsl_ward")
    assert call(app, RATES, token="khsl_ward").get_json()["unit"] == WARD
    unseen = call(app, f"{RATES}?unit={OTHER_WARD}", 404, token="khsl_ward").get_json()
    assert unseen == call(app, f"{RATES}?unit=none", 404, token="khsl_ward").get_json()
    call(app, f"{RATES}?unit={CITY}", 404, token="khsl_ward")


def test_a_token_of_staff_never_reads_more_than_they_do(app: Flask, answered: Answered) -> None:
    staff.account(answered.world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
    give_token(CITY, "lan@hanoi.gov.vn", "khsl_lan")
    assert call(app, RATES, token="khsl_lan").get_json()["unit"] == WARD
    call(app, f"{RATES}?unit={CITY}", 404, token="khsl_lan")
    give_token(OTHER_WARD, "lan@hanoi.gov.vn", "khsl_elsewhere")
    assert call(app, RATES, 403, token="khsl_elsewhere").get_json()["code"] == "token_reads_nothing"


def test_a_token_has_so_many_calls_a_minute(app: Flask, answered: Answered) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], token_limit=2)
    limiter.reset()
    give_token(CITY, token="khsl_second")
    assert [app.test_client().get(RATES, headers=bearer(TOKEN)).status_code for _ in range(3)] == [200, 200, 429]
    refused = call(app, RATES, 429)
    assert refused.get_json()["code"] == "token_limit"
    assert int(refused.headers["Retry-After"]) > 0
    call(app, RATES, token="khsl_second")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_frozen_figures_can_be_read_by_their_id(app: Flask, answered: Answered) -> None:
    words = ["rates", "freeze", "--unit", CITY, "--period", "2026-10", "--commit"]
    assert app.test_cli_runner().invoke(args=words).exit_code == 0
    with reading() as session:
        (entry,) = frozen.entries(session)
    body = call(app, f"{RATES}?frozen={entry.id}&unit={WARD}").get_json()
    assert body["standing"]["kind"] == "frozen"
    assert (body["from"], body["to"], body["standing"]["number"]) == ("2026-10", "2026-10", 1)
    live = call(app, f"{RATES}?unit={WARD}&from=2026-10&to=2026-10").get_json()
    assert live["standing"] == {"kind": "released"}
    assert body["rates"] == live["rates"]
    call(app, f"{RATES}?frozen={entry.id + 1}", 404)
    problem = call(app, f"{RATES}?frozen={entry.id}&from=2026-01&channel=poster", 422).get_json()
    assert {error["path"] for error in problem["errors"]} == {"from", "channel"}
