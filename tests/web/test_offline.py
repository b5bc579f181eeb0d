"""The service worker's file, the page for no network, and recorded questions."""

import re
from pathlib import Path

import pytest
from flask import Flask

from survey.web.citizen import offline
from tests.support.pages import Browser


def test_the_worker_is_at_the_root_and_asked_for_again(app: Flask) -> None:
    response = app.test_client().get("/sw.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    again = app.test_client().get("/sw.js", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_everything_that_the_worker_keeps_is_there_for_ever(app: Flask) -> None:
    client = app.test_client()
    addresses = re.findall(r'"(/static/[^"]+)"', client.get("/sw.js").get_data(as_text=True))
    names = {address.split("/", 3)[3] for address in addresses}
    assert {"survey.css", "vendor/idb.js", "js/questionnaire.js", "js/outbox.js", "js/worker.js"} <= names
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"], address


def test_scripts_import_only_what_the_worker_keeps(app: Flask) -> None:
    """Else a page that was opened from the worker's cache would stop in the middle."""
    folder = Path(app.root_path) / "static"
    kept = set(re.findall(r'"/static/\w+/([^"]+)"', app.test_client().get("/sw.js").get_data(as_text=True)))
    for name in sorted(name for name in kept if name.startswith("js/")):
        imported = re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', (folder / name).read_text())
        for one in imported:
            assert (folder / name).parent.joinpath(one).resolve().relative_to(folder).as_posix() in kept, name


def test_the_page_for_no_network(app: Flask) -> None:
    assert Browser(app).get("/offline").h1 == "Chưa có mạng"


def test_recorded_questions_are_listed(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audio = tmp_path / "static" / "audio" / "quick"
    audio.mkdir(parents=True)
    (audio / "A1.vi.mp3").write_bytes(b"")
    monkeypatch.setattr(app, "root_path", str(tmp_path))
    (address,) = offline.recordings("quick")
    assert address.endswith("/audio/quick/A1.vi.mp3")
    assert offline.recordings("sipas-2024") == ()


def test_scripts_are_short_enough_to_read(app: Flask) -> None:
    files = sorted((Path(app.root_path) / "static" / "js").rglob("*.js"))
    assert {file.name: lines for file in files if (lines := len(file.read_text().splitlines())) >= 300} == {}
