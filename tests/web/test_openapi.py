"""The API's document: valid OpenAPI 3.1, and about exactly the calls that there are."""

import re

from flask import Flask
from openapi_spec_validator import validate

from survey.web.access import DEVICE, PUBLIC, TOKEN
from survey.web.calls.openapi import document

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
SECURITY: dict[str, list[dict[str, list[str]]]] = {PUBLIC: [], TOKEN: [{"token": []}], DEVICE: [{"kiosk": []}]}


def routes(app: Flask) -> dict[tuple[str, str], str]:
    """Every call of the API with the name of its view."""
    found: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            found |= {(path, method.lower()): rule.endpoint for method in (rule.methods or set()) & METHODS}
    return found


def test_the_document_is_valid() -> None:
    validate(document())
    assert document()["openapi"] == "3.1.0"


def test_every_call_is_described_and_every_description_is_of_a_call(app: Flask) -> None:
    described = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert described == set(routes(app))


def test_the_document_says_who_may_call(app: Flask) -> None:
    for (path, method), endpoint in routes(app).items():
        mark = getattr(app.view_functions[endpoint], "access", "")
        stated = document()["paths"][path][method].get("security", document()["security"])
        assert [each for each in stated if each] == (SECURITY[mark] or [each for each in stated if "kiosk" in each])


def test_every_call_has_a_name_of_its_own_and_a_summary() -> None:
    calls = [call for methods in document()["paths"].values() for call in methods.values()]
    assert len({call["operationId"] for call in calls}) == len(calls)
    assert all(call["summary"] for call in calls)


def test_the_document_is_served(app: Flask) -> None:
    response = app.test_client().get("/api/v1/openapi.json")
    assert response.get_json() == document()
    assert response.mimetype == "application/json"
    assert "public" in response.headers["Cache-Control"]
