"""GET /api/v1/openapi.json: every call of the API, described for programs."""

from functools import cache
from typing import Any

import yaml
from flask import Response, jsonify

from survey.config import ROOT
from survey.web.access import public
from survey.web.calls.api import blueprint

__all__ = ["blueprint"]  # of the API, with this call in it

DOCUMENT = ROOT / "survey" / "openapi" / "v1.yaml"
CACHE_SECONDS = 300


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    """The document."""
    response = jsonify(document())
    response.cache_control.public = True
    response.cache_control.max_age = CACHE_SECONDS
    return response


@cache
def document() -> dict[str, Any]:
    """The document as it is kept, read once a process."""
    found: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text("utf-8"))
    return found
