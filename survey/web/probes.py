"""/healthz: this process answers. /readyz: it can also serve, because its database is there, up to date
and writable, and its disk not full.
"""

import shutil
from pathlib import Path

from flask import Blueprint, current_app

from survey.config import ROOT, Settings
from survey.extensions import reading, writing
from survey.queries import schema
from survey.web.access import public

blueprint = Blueprint("probes", __name__)

Answer = tuple[str, int, dict[str, str]]
_HEADERS = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@blueprint.get("/healthz")
@public
def healthz() -> Answer:
    """Alive."""
    return "ok\n", 200, _HEADERS


@blueprint.get("/readyz")
@public
def readyz() -> Answer:
    """Ready to serve, or 503 with the reason in English.

    Before a newer version serves it migrates, and adds only what this one can do without: this one serves on.
    """
    with reading() as session:
        revision = schema.revision(session)
        is_newer = revision is not None and revision not in schema.known() and schema.has_all(session)
    if revision is None:
        return "the database cannot be reached or is empty\n", 503, _HEADERS
    if revision != schema.newest() and not is_newer:
        return f"the database has migration {revision}, not {schema.newest()}\n", 503, _HEADERS
    with writing() as session:
        if not schema.is_writable(session):
            return "the database cannot be written\n", 503, _HEADERS
    if _free_megabytes() < _settings().least_disk:
        return "the disk is nearly full\n", 503, _HEADERS
    return f"ready, with migration {revision} of a newer version\n" if is_newer else "ready\n", 200, _HEADERS


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _free_megabytes() -> int:
    """On the disk of the SQLite file; with PostgreSQL on that of this program: its own only its server knows."""
    path = _settings().database_url.removeprefix("sqlite:///")
    folder = ROOT if path.startswith("postgresql") else Path(path).absolute().parent
    return shutil.disk_usage(folder).free // 1_000_000
