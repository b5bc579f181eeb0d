"""/healthz: this process answers. /readyz: it can also serve, because its database is there and up to date."""

from flask import Blueprint

from survey.extensions import reading
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
    """Ready to serve, or 503 with the reason in English."""
    with reading() as session:
        revision = schema.revision(session)
    if revision == schema.newest():
        return "ready\n", 200, _HEADERS
    if revision is None:
        return "the database cannot be reached or is empty\n", 503, _HEADERS
    return f"the database has migration {revision}, not {schema.newest()}\n", 503, _HEADERS
