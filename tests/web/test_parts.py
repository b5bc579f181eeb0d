"""A server for citizens has no page of staff, and one for staff takes no answers."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import create_app
from survey.config import Settings
from survey.extensions import writing
from survey.web import parts
from survey.web.access import DEVICE, PUBLIC
from tests.support import places
from tests.support.databases import settings_for
from tests.support.places import POINT

NOWHERE = settings_for("sqlite:////nowhere/at/all.sqlite3")
PAGES = {
    "citizen": ("/", "/about", f"/p/{POINT}", "/k", "/api/v1/units", "/sw.js"),
    "staff": ("/staff/sign-in",),
    "both": ("/healthz", "/readyz", "/api/v1/openapi.json"),
}


def client_of(settings: Settings, part: str) -> FlaskClient:
    return create_app(replace(settings, part=part)).test_client()


def test_each_part_answers_its_own_and_knows_nothing_of_the_other(app: Flask, settings: Settings) -> None:
    with writing() as session:
        places.build(session)
    for part, other in (("citizen", "staff"), ("staff", "citizen")):
        client = client_of(settings, part)
        for path in (*PAGES[part], *PAGES["both"]):
            assert client.get(path).status_code == 200, (part, path)
        for path in (*PAGES[other], "/staff/" if other == "staff" else f"/p/{POINT}/thanks"):
            assert client.get(path).status_code == 404, (part, path)
    staff = client_of(settings, "staff")
    assert staff.post("/api/v1/tickets", json={"point": POINT}).status_code == 404
    assert staff.post(f"/p/{POINT}", data={}).status_code == 404


def test_no_route_that_needs_a_sign_in_or_a_token_is_in_the_part_of_citizens() -> None:
    app = create_app(NOWHERE)
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(parts.BOTH)]
    of_citizens = [rule for rule in rules if parts.is_served("citizen", rule.rule)]
    marks = {rule.rule: getattr(app.view_functions[rule.endpoint], "access", PUBLIC) for rule in of_citizens}
    assert {path: mark for path, mark in marks.items() if mark not in (PUBLIC, DEVICE)} == {}
    assert len(marks) > 10


def test_every_route_is_in_a_part_and_all_of_them_in_the_whole() -> None:
    for rule in create_app(NOWHERE).url_map.iter_rules():
        assert parts.is_served("all", rule.rule)
        assert parts.is_served("citizen", rule.rule) or parts.is_served("staff", rule.rule)


@pytest.mark.parametrize(("path", "served"), [("/staffing", True), ("/staff", False), ("/staff/x", False)])
def test_a_name_that_only_begins_alike_is_another(path: str, served: bool) -> None:
    assert parts.is_served("citizen", path) is served
