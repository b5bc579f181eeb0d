"""The JSON body of a call: read once, bounded, and refused as a problem when it is none."""

import json

from flask import request
from werkzeug.exceptions import HTTPException

from survey.domain.problems import InvalidError, Problem

LONGEST_BODY = 64 * 1024  # a full questionnaire with the longest comment is under 20 kB
_KEPT = "survey.document"


def document() -> object:
    """The parsed body. Raises InvalidError when it is no JSON in UTF-8, and 413 when it is too long."""
    if _KEPT not in request.environ:
        request.max_content_length = LONGEST_BODY
        request.environ[_KEPT] = _parse(request.get_data())
    return request.environ[_KEPT]


def field(name: str) -> str | None:
    """One text of the body; None where the body has none or cannot be read. Never raises."""
    try:
        body = document()
    except (InvalidError, HTTPException):
        return None
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else None


def _parse(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise InvalidError([Problem("", "not_utf8")]) from None
    except (ValueError, RecursionError):  # no JSON, numbers without end, or brackets without end
        raise InvalidError([Problem("", "not_json")]) from None
