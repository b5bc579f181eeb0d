"""Calls of the API with a bearer token, each answer checked against the API's own document."""

from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from survey.extensions import writing
from survey.services import tokens
from survey.services.tokens import Wanted
from survey.web import clock
from survey.web.calls.openapi import document

TOKEN = "khsl_of-the-tests"
BASE = "urn:api"


def give_token(unit: str, email: str | None = None, token: str = TOKEN, days: int = 30) -> int:
    """Make a token of a unit; its id."""
    with writing() as session:
        return tokens.create(
            session, Wanted("kiểm thử", unit, timedelta(days=days), email), token, "tests", clock.now()
        )


def call(app: Flask, address: str, status: int = 200, token: str | None = TOKEN, **headers: str) -> TestResponse:
    """GET an address of the API; its answer has that status and the shape that the document promises."""
    given = headers if token is None else {"Authorization": f"Bearer {token}", **headers}
    response = app.test_client().get(address, headers=given)
    assert response.status_code == status, response.get_data(as_text=True)
    check(response, "get", address.partition("?")[0])
    return response


def check(response: TestResponse, method: str, path: str) -> None:
    """Fails when the document does not promise this answer to that call."""
    promised = document()["paths"][path][method]["responses"]
    assert str(response.status_code) in promised, f"{method} {path} answers {response.status_code}"
    found = promised[str(response.status_code)]
    if "$ref" in found:
        found = document()["components"]["responses"][found["$ref"].rpartition("/")[2]]
    for name, header in found.get("headers", {}).items():
        assert not header.get("required") or name in response.headers
    for kind, content in found.get("content", {}).items():
        assert response.mimetype == kind
        _validator(content["schema"]).validate(response.get_json())


def _validator(schema: dict[str, Any]) -> Any:
    """With every $ref looked up in the document."""
    whole = {"$id": BASE, "allOf": [_absolute(schema)]}
    return OAS31Validator(whole, registry=_registry(), format_checker=oas31_format_checker)


@cache
def _registry() -> Any:
    return Registry().with_resource(f"{BASE}:document", DRAFT202012.create_resource(document()))


def _absolute(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: f"{BASE}:document{inner}" if key == "$ref" else _absolute(inner) for key, inner in value.items()}
    return [_absolute(inner) for inner in value] if isinstance(value, list) else value
