"""Static files: one fingerprint that changes with any byte, and a service that starts wherever it is put."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from survey import create_app
from survey.web import static
from tests.support.databases import settings_for


def test_the_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "a.css").write_text("a")
    first = static.fingerprint_of(tmp_path)
    assert first == static.fingerprint_of(tmp_path)
    (tmp_path / "fonts" / "b").write_text("b")
    second = static.fingerprint_of(tmp_path)
    (tmp_path / "fonts" / "b").rename(tmp_path / "fonts" / "c")
    third = static.fingerprint_of(tmp_path)
    (tmp_path / "a.css").write_text("A")
    assert len({first, second, third, static.fingerprint_of(tmp_path)}) == 4


def _app(instance: Path) -> Flask:
    app = Flask("survey", root_path=str(Path(static.__file__).parent.parent), instance_path=str(instance))
    static.init_app(app)
    return app


def _style(app: Flask) -> str:
    return app.jinja_env.from_string("{{ static_url('survey.css') }}").render()


def test_files_are_served_uncompressed_where_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    app = _app(blocked)
    answer = app.test_client().get(_style(app), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_second_start_finds_the_compressed_files_of_the_first(tmp_path: Path) -> None:
    for _ in range(2):
        app = _app(tmp_path)
        answer = app.test_client().get(_style(app), headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
    assert [path.name for path in (tmp_path / "static").iterdir()] == [_style(app).split("/")[2]]


def test_production_asks_browsers_to_stay_with_https(tmp_path: Path) -> None:
    app = create_app(replace(settings_for(f"sqlite:///{tmp_path / 'unused.sqlite3'}"), production=True))
    headers = app.test_client().get("/about?lang=en").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Secure" in headers["Set-Cookie"]
