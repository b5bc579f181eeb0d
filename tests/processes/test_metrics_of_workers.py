"""/metrics of a real server: what its workers counted, together, whoever of them is asked; gone with the server."""

import re
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from survey.config import Settings
from survey.extensions import writing
from tests.processes.test_server import answer_survey
from tests.support import places
from tests.support.servers import serving

TOKEN = "a token of the tests, long enough too"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_all_workers_are_counted_together(app: Flask, settings: Settings, tmp_path: Path) -> None:
    with writing() as session:
        world = places.build(session)
    shared = {"TMPDIR": str(tmp_path), "SURVEY_METRICS_TOKEN": TOKEN, "WORKERS": "2", "REFRESH_SECONDS": "1"}
    with serving(settings.database_url, settings.secret_key, **shared) as server:
        for _ in range(20):
            assert answer_survey(server, world.version) == 201
        asked = Request(f"{server.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        told = [urlopen(asked, timeout=30).read().decode() for _ in range(6)]
        assert len(list(tmp_path.glob("survey-metrics-*/*.db"))) > 2
    for text in told:
        assert 'survey_answers_total{outcome="accepted"} 20.0' in text
        last = re.search(r"^survey_refresher_last_round_timestamp_seconds (\S+)$", text, re.MULTILINE)
        assert last is None or float(last[1]) >= 0
    assert list(tmp_path.glob("survey-metrics-*")) == []
