"""/metrics: what an operator's program may count, and what nobody can read from it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from flask import Flask

from survey import create_app
from survey.config import Settings
from survey.extensions import db, writing
from survey.telemetry import counters
from tests.support import places
from tests.support.api import Citizen
from tests.support.clients import ServerLikeClient
from tests.support.places import POINT, World

TOKEN = "a token of the tests, long enough too"
ASKED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def counting(settings: Settings, clock: time_machine.Traveller) -> Iterator[Flask]:
    app = create_app(replace(settings, metrics_token=TOKEN))
    app.testing = True
    app.test_client_class = ServerLikeClient
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


def scraped(app: Flask) -> dict[str, float]:
    answer = app.test_client().get("/metrics", headers=ASKED)
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_without_the_setting_there_is_nothing_and_without_the_token_nobody_reads(app: Flask, counting: Flask) -> None:
    with app.app_context():
        assert app.test_client().get("/metrics", headers=ASKED).status_code == 404
    client = counting.test_client()
    for given in (None, "", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ạ"):
        answer = client.get("/metrics", headers={} if given is None else {"Authorization": given})
        assert answer.status_code == 401
        assert "survey_" not in answer.text
    assert client.get(f"/metrics?token={TOKEN}").status_code == 401


def test_answers_show_in_tens_alone_and_no_unit_or_point_is_named(counting: Flask) -> None:
    with writing() as session:
        world: World = places.build(session)
    seen = set()
    for _ in range(11):
        client = counting.test_client()
        issued = client.post("/api/v1/tickets", json={"point": POINT}).get_json()
        citizen = Citizen(client, world, issued["client_id"], issued["ticket"])
        assert [citizen.put(citizen.body()).status_code for _ in range(2)] == [201, 200]
        assert citizen.put(citizen.body(ticket="x")).status_code == 403
        found = scraped(counting)
        told = {name: value for name, value in found.items() if "api" in name or "answers" in name}
        assert {value % 10 for value in told.values()} <= {0}
        seen.add(tuple(sorted((name, value) for name, value in told.items() if "_bucket" not in name)))
        assert found["survey_pending"] in (0, 10)
    assert len(seen) <= 4, (
        "between two tens nothing moves, whoever asks how often: tens of calls, twice tens of answers"
    )
    for outcome in ("accepted", "held", "refused"):
        assert found[f'survey_answers_total{{outcome="{outcome}"}}'] == 10
    labels = {label for name in found for label in re.findall(r'(\w+)="', name)}
    assert labels == {"outcome", "endpoint", "status", "le"}
    text = re.sub(r'le="[^"]*"', "", " ".join(found))
    assert not [code for code in (*world.units, *world.points) if re.search(rf"\b{code}\b", text)]
    assert "_sum" not in text


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_end_of_a_round_of_the_refresher_is_known(counting: Flask, clock: time_machine.Traveller) -> None:
    assert scraped(counting)["survey_refresher_last_round_timestamp_seconds"] == 0
    counters.end_of_round()
    assert scraped(counting)["survey_refresher_last_round_timestamp_seconds"] == places.NOW.timestamp()
