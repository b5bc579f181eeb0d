"""Each kind of hostile text, by itself, wherever text is taken: addresses, queries, forms, calls, headers, cookies."""

import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from survey.extensions import reading
from survey.models import Response, Staff, Unit
from tests.support import crawling, payloads
from tests.support.harmless import harmless
from tests.support.pages import Browser
from tests.support.places import POINT, WARD
from tests.support.staff import sign_in_fields

sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
KNOWN = {"code": WARD, "fmt": "svg", "name": "overview"}
QUERY = (
    "unit",
    "from",
    "to",
    "questionnaire",
    "channel",
    "procedure",
    "by",
    "q",
    "year",
    "frozen",
    "next",
    "lang",
    "point",
)
FIELDS = ("code", "comment", "label", "unit", "procedure", "dossier", "kind", "questionnaire", "receipt")
FORM = "application/x-www-form-urlencoded"


def everywhere(app: Flask, browser: Browser, texts: Iterable[str | bytes]) -> Iterator[tuple[str, TestResponse]]:
    """The texts in turn in each argument of each route and in its whole query; each in forms, calls and cookies."""
    known, turn = tuple(texts), cycle(texts)
    for rule in crawling.rules(app, "GET"):
        for name in sorted(rule.arguments):
            text = next(turn)
            filled = {f"{rule.endpoint} {name}": quote(text, safe="")}
            yield str(text), browser.client.get(crawling.address(app, rule, KNOWN | filled))
        text = next(turn)
        query = urlencode(dict.fromkeys(QUERY, text))
        yield str(text), browser.client.get(f"{crawling.address(app, rule, KNOWN)}?{query}")
    for form in ("/staff/admin/points/new", f"/p/{POINT}", "/k"):
        fields = browser.get(form).fields()
        for text in known:
            body = urlencode(fields | dict.fromkeys(FIELDS, text))
            yield str(text), browser.client.post(form, data=body, content_type=FORM)
    for text in known:
        yield from ((str(text), answer) for answer in _calls(app, text))


def _calls(app: Flask, text: str | bytes) -> Iterator[TestResponse]:
    """The text in calls, in a cookie and in a token."""
    client, escaped = app.test_client(), quote(text, safe="")
    if isinstance(text, str):
        address = "/api/v1/responses/01890000-0000-7000-8000-000000000000"
        yield client.put(address, json={"point": text, "ticket": text, "questionnaire": text, "comment": text})
        yield client.post("/api/v1/tickets", json={"point": text, "client_id": text, "ticket": text})
    yield client.get("/about", headers={"Cookie": f"lang={escaped}; session={escaped}; kiosk={escaped}"})
    yield client.get("/api/v1/rates", headers={"Authorization": f"Bearer {escaped}"})


def test_text_that_would_be_sql_is_text(app: Flask, browser: Browser) -> None:
    rows = (select(func.count()).select_from(table) for table in (Staff, Unit, Response))
    statements = tuple(rows)

    def count() -> list[int | None]:
        with reading() as session:
            return [session.scalar(statement) for statement in statements]

    before = count()
    for _, answer in everywhere(app, browser, payloads.SQL):
        assert "$argon2" not in harmless(answer)
    assert count() == before
    found = [browser.client.get("/api/v1/units", query_string={"q": text}).json for text in payloads.SQL]
    assert found == [{"units": []}] * len(found), "no search finds more because of a sign in it"
    stranger = Browser(app)
    for text in payloads.SQL:
        fields = sign_in_fields(stranger, f"hanh@hanoi.gov.vn{text}", text)
        assert stranger.client.post("/staff/sign-in", data=fields).status_code in (422, 429)


@sqlite
def test_text_that_would_be_a_template_is_text(app: Flask, browser: Browser) -> None:
    for text, answer in everywhere(app, browser, payloads.TEMPLATES):
        body = harmless(answer)
        assert "1337" not in body, (answer.request.path, text)
        assert "<Config" not in body
        assert app.config["SECRET_KEY"] not in body
        assert "<class " not in body


@sqlite
def test_text_that_would_be_markup_is_text(app: Flask, browser: Browser) -> None:
    for text, answer in everywhere(app, browser, payloads.MARKUP):
        body = harmless(answer)
        if answer.mimetype != "text/html":
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        elif text.startswith("javascript:"):
            assert not re.search(r'(?:href|src|action)="\s*javascript:', body), answer.request.path
        elif len(text) > 4:
            assert text not in body, (answer.request.path, text)


@sqlite
def test_what_is_encoded_twice_is_decoded_once(app: Flask, browser: Browser) -> None:
    page = browser.get("/?q=%253Cscript%253E%2526lt%253B")
    assert page.one("input", name="q").get("value") == "%3Cscript%3E%26lt%3B"
    assert browser.client.get(f"/p/{quote(quote(POINT[0] + '/'))}").status_code == 404
    assert browser.client.get("/staff/units/%2530%2530166").status_code == 404


@sqlite
def test_paths_that_leave_a_folder_find_nothing(app: Flask, browser: Browser) -> None:
    style = (browser.get("/").one("link", rel="stylesheet").get("href") or "").rpartition("/")[0]
    roots = (
        style,
        "/static/0123456789ab",
        "/static",
        "/gallery",
        "/api/v1/questionnaires",
        "/staff/units",
        "/board",
        "",
    )
    secret = ("root:", "create_app", "[mail]", "repositoryformatversion", "PRIVATE")
    for root in roots:
        for text in payloads.PATHS:
            for path in (text, quote(text), quote(text, safe="").replace(".", "%2e")):
                answer = browser.client.get(f"{root}/{path}")
                body = harmless(answer)
                assert answer.status_code in (301, 302, 303, 308, 400, 404) or path in (".", ".."), (root, path)
                assert not any(word in body for word in secret), (root, path)
    for hidden in ("/.git/HEAD", "/.env", "/app.py", "/instance/secret-key", "/static/", f"{style}/", "/server-status"):
        assert browser.client.get(hidden).status_code == 404


@sqlite
def test_line_breaks_never_reach_a_header(app: Flask, browser: Browser) -> None:
    for _, answer in everywhere(app, browser, payloads.BREAKS):
        harmless(answer)
        for name, value in answer.headers:
            assert not set(value) & set("\r\n\x00\x0b\x0c"), (answer.request.path, name)
            assert name.lower() not in ("evil", "x-evil")
        assert "evil" not in str(answer.headers.getlist("Set-Cookie"))
        assert "evil" not in answer.headers.get("Content-Disposition", "")
        assert not answer.headers.get("Location", "").startswith("//")


def test_zero_bytes_break_nothing(app: Flask, browser: Browser) -> None:
    for _, answer in everywhere(app, browser, payloads.ZEROS):  # PostgreSQL takes none in a text
        harmless(answer)


@sqlite
def test_broken_utf_8_breaks_nothing(app: Flask, browser: Browser) -> None:
    for _, answer in everywhere(app, browser, payloads.BYTES):
        harmless(answer)
    for body in (
        *payloads.BYTES,
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b'{"point": "\xff"}',
        b'{"a":' * 5000,
        b"\xef\xbb\xbf{}",
    ):
        for address, method in (
            ("/api/v1/tickets", "POST"),
            ("/api/v1/responses/x", "PUT"),
            ("/api/v1/heartbeat", "POST"),
        ):
            answer = browser.client.open(address, method=method, data=body, content_type="application/json")
            harmless(answer)
            assert 400 <= answer.status_code < 500


def test_numbers_beyond_all_bounds_break_nothing(app: Flask, browser: Browser) -> None:
    for _, answer in everywhere(app, browser, payloads.NUMBERS):
        harmless(answer)
    for path in ("/staff/frozen/{}", "/staff/admin/staff/{}", "/staff/admin/imports/{}"):
        for number in (0, 2**31, 2**63, 2**64, 10**40):
            assert browser.client.get(path.format(number)).status_code in (403, 404)
