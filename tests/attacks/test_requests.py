"""Requests that are hostile as a whole: too large, with a parameter twice, by another method than they say."""

import json
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading
from survey.models import Unit
from tests.support import calls
from tests.support.harmless import harmless
from tests.support.pages import Browser
from tests.support.places import OTHER_WARD, POINT, WARD, World
from tests.support.staff import account, signed_in

sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@sqlite
def test_a_parameter_given_twice_is_read_once(app: Flask, browser: Browser) -> None:
    """The first counts, in pages, files and calls alike: what is checked is what is read."""
    account_of_ward = signed_in_ward(app)
    for address in ("/staff/rates.csv", "/staff/", "/staff/why", "/staff/ranking"):
        for query in (f"unit={WARD}&unit={OTHER_WARD}", f"unit={WARD}&UNIT={OTHER_WARD}&unit[]={OTHER_WARD}"):
            answer = account_of_ward.client.get(f"{address}?{query}")
            assert answer.status_code == 200
            assert "Hoàn Kiếm" not in harmless(answer)
        reversed_ = account_of_ward.client.get(f"{address}?unit={OTHER_WARD}&unit={WARD}")
        assert "Hoàn Kiếm" not in harmless(reversed_)
    headers = {"Authorization": f"Bearer {calls.TOKEN}"}
    for query in (f"unit={WARD}&unit={OTHER_WARD}", f"unit={OTHER_WARD}&unit={WARD}"):
        answer = app.test_client().get(f"/api/v1/rates?{query}", headers=headers)
        assert "Hoàn Kiếm" not in harmless(answer)
        assert answer.status_code == (200 if query.startswith(f"unit={WARD}") else 404)
    twice = json.dumps({"point": "XXXXXX"})[:-1] + f', "point": "{POINT}"}}'
    answer = browser.client.post("/api/v1/tickets", data=twice, content_type="application/json")
    assert answer.status_code in (201, 422)
    # A parameter of a form does not count when it stands in the address.
    assert browser.client.post("/staff/sign-out?csrf_token=x").status_code == 400


def signed_in_ward(app: Flask) -> Browser:
    """A browser of somebody at the ward alone."""
    with reading() as session:
        ids = {unit.code: unit.id for unit in session.scalars(select(Unit))}
    account(World({}, ids, {}), WARD, "phuong@hanoi.gov.vn", Role.CLERK)
    return signed_in(app, "phuong@hanoi.gov.vn")


@sqlite
def test_a_huge_query_is_answered(app: Flask, browser: Browser) -> None:
    for query in (
        "q=" + "a" * 100_000,
        "&".join(f"a{n}={n}" for n in range(5000)),
        "&" * 50_000,
        "unit=" + "%41" * 20_000,
    ):
        for address in ("/", "/staff/", "/staff/rates.csv", "/api/v1/units", f"/p/{POINT}"):
            answer = browser.client.get(f"{address}?{query}")
            harmless(answer)
            assert len(answer.get_data()) < 1_000_000


@sqlite
def test_no_method_is_overridden(app: Flask, browser: Browser) -> None:
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        for method in ("DELETE", "PUT", "POST"):
            headers = {name: method}
            assert browser.client.get("/staff/sign-out", headers=headers).status_code == 405
            assert browser.client.get("/staff/sign-out?_method=POST", headers=headers).status_code == 405
            assert browser.client.get("/staff/", headers=headers).status_code == 200
            assert browser.client.post("/staff/", data={"_method": method}, headers=headers).status_code in (400, 405)
    for method in ("TRACE", "TRACK", "CONNECT", "PROPFIND", "PATCH", "DELETE", "FOO", "get"):
        for address in ("/", "/staff/", "/api/v1/units", "/healthz"):
            answer = browser.client.open(address, method=method)
            assert answer.status_code in (400, 405, 200 if method == "get" else 405)
            assert "session=" not in answer.get_data(as_text=True), "no request is echoed"


@sqlite
def test_what_is_too_large_is_refused_with_a_sentence(app: Flask, browser: Browser) -> None:
    large = "a" * 1_100_000
    form = browser.client.post(f"/p/{POINT}", data={"comment": large})
    call = browser.client.put("/api/v1/responses/x", json={"comment": large})
    token = browser.get("/staff/account").fields()["csrf_token"]
    uploads = [
        browser.client.post(address, data={"csrf_token": token, "file": (BytesIO(b"a" * 9_000_000), "a.csv")})
        for address in ("/staff/admin/imports", "/staff/admin/kiosks/import", "/staff/admin/questionnaires")
    ]
    parts = browser.client.post("/staff/sign-in", data={f"f{n}": (BytesIO(b""), "x") for n in range(1500)})
    for answer in (form, call, *uploads, parts):
        harmless(answer)
        assert answer.status_code in (403, 404, 413, 422), answer.request.path
    assert "quá dài" in form.get_data(as_text=True)
    claimed = browser.client.post("/staff/sign-in", environ_overrides={"CONTENT_LENGTH": "99999999999"})
    assert claimed.status_code in (400, 413)
