"""What a browser is told so that other sites cannot use it: headers, cookies, tokens in forms, and where links lead."""

import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from survey import create_app
from survey.config import ROOT, Settings
from survey.domain.access import Role
from survey.extensions import db, writing
from survey.web.headers import HEADERS
from tests.support import crawling, places
from tests.support.clients import ServerLikeClient
from tests.support.devices import invited
from tests.support.pages import Browser
from tests.support.places import CITY, POINT, World
from tests.support.staff import EMAIL, account, sign_in_fields, signed_in

sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
HTTPS = "https://localhost"
# Their forms are for citizens without a session, and calls are for programs: a ticket or a device stands for the token.
EXEMPT = {
    "citizen.send",
    "invited.send",
    "api.create_ticket",
    "api.put_response",
    "api.heartbeat",
}
ELSEWHERE = (
    "https://evil.vn/",
    "//evil.vn/staff/",
    "/\\evil.vn",
    "/staff/\\evil.vn",
    "/staff/../../evil",
    "/staff//evil.vn",
    "javascript:alert(1)",
    "/staff/\r\nSet-Cookie: a=b",
    "https:evil.vn",
    "/staff.evil.vn",
    "\t//evil.vn",
)


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        world = places.build(session)
    account(world, CITY, role=Role.ADMINISTRATOR)
    return world


class HttpsClient(ServerLikeClient):
    """Speaks HTTPS, as a browser does with the proxy in front."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = {"Referer": f"{HTTPS}/staff/sign-in"} | kwargs.pop("headers", {})
        return super().open(*args, **{"base_url": HTTPS, **kwargs}, headers=headers)


@pytest.fixture
def production(settings: Settings, clock: time_machine.Traveller) -> Iterator[Flask]:
    """An application as it stands behind TLS."""
    app = create_app(replace(settings, production=True, public_url=HTTPS))
    app.testing, app.test_client_class = True, HttpsClient
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


@sqlite
def test_every_answer_has_every_header(app: Flask, world: World) -> None:
    browser = signed_in(app)
    style = browser.get("/").one("link", rel="stylesheet").get("href") or ""
    addresses = (style, "/sw.js", "/healthz", "/staff/", "/staff/rates.csv", "/nowhere", "/api/v1/nothing", "/offline")
    answers = [browser.client.get(address) for address in (*addresses, f"/p/{POINT}", "/open-data", "/k")]
    answers += [
        browser.client.post("/staff/sign-out"),
        browser.client.put("/api/v1/responses/x"),
        app.test_client().get("/staff/"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.getlist(name) == [value], (answer.request.path, name)
        assert "Server" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers
        if answer.request.path != style:
            assert answer.headers["Cache-Control"] in ("no-store", "no-cache"), answer.request.path


def test_the_policy_lets_nothing_inline_run_and_nobody_else_in() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    nobody = ("default-src", "object-src", "base-uri", "frame-ancestors")
    assert {policy[name] for name in nobody} == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert not re.search(r"[*]|https?:", HEADERS["Content-Security-Policy"])


def cookies_of(*answers: TestResponse) -> Iterator[tuple[str, dict[str, str]]]:
    for answer in answers:
        for header in answer.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(header).items():
                yield name, {key: str(value) for key, value in morsel.items() if value}


@sqlite
def test_production_names_and_guards_every_cookie_as_browsers_do_best(production: Flask) -> None:
    with writing() as session:
        world = places.build(session)
    account(world, CITY)
    browser, code = Browser(production), invited(world)
    entered = browser.client.post("/staff/sign-in", data=sign_in_fields(browser, EMAIL))
    assert entered.status_code == 303
    assert browser.client.get("/staff/").status_code == 200, "the session is found again"
    paired = browser.client.post("/k", data={**browser.get("/k").fields(), "code": code})
    assert paired.status_code == 303
    chosen = browser.client.get("/about?lang=en")
    found = dict(cookies_of(entered, paired, chosen))
    assert set(found) == {"__Host-session", "__Secure-browser", "__Host-kiosk", "__Host-lang"}
    for name, attributes in found.items():
        assert {"secure", "httponly"} <= set(attributes), name
        assert attributes["samesite"] in ("Lax", "Strict")
        assert "domain" not in attributes
        assert (attributes["path"] == "/") == name.startswith("__Host-")
    assert 'lang="en"' in browser.get("/about").html, "and so is the language"


@sqlite
def test_production_asks_for_https_on_pages_and_files(production: Flask) -> None:
    client = production.test_client()
    style = client.get("/about").get_data(as_text=True).split('rel="stylesheet" href="')[1].split('"')[0]
    for address in (style, "/", "/nowhere", "/api/v1/units", "/sw.js"):
        assert client.get(address).headers["Strict-Transport-Security"].startswith("max-age=31536000")


@sqlite
def test_no_form_is_taken_without_the_token_of_its_own_session(app: Flask, world: World) -> None:
    browser, other = signed_in(app), Browser(app)
    foreign = other.get("/staff/sign-in").fields()["csrf_token"]
    writing_rules = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"})
    ]
    assert {rule.endpoint for _, rule in writing_rules} > EXEMPT
    for method, rule in writing_rules:
        if rule.endpoint in EXEMPT:
            continue
        address = crawling.address(app, rule, {})
        for token in ("", "x", foreign, foreign[:-1]):
            answer = browser.client.open(address, method=method, data={"csrf_token": token, "confirmed": "yes"})
            assert answer.status_code == 400, (method, address)


@sqlite
def test_behind_tls_a_form_of_another_site_is_refused_even_with_a_token(production: Flask) -> None:
    browser = Browser(production)
    fields = sign_in_fields(browser, EMAIL)
    for referrer in ("https://evil.vn/", "http://localhost/staff/sign-in", ""):
        headers = {"Referer": referrer}
        assert browser.client.post("/staff/sign-in", data=fields, headers=headers).status_code == 400


@sqlite
def test_no_address_sends_a_reader_to_another_site(app: Flask, world: World) -> None:
    for wanted in ELSEWHERE:
        browser = Browser(app)
        fields = sign_in_fields(browser, EMAIL)
        entered = browser.client.post("/staff/sign-in", query_string={"next": wanted}, data=fields)
        assert entered.headers["Location"] in ("/staff/", "/staff/sign-in/code"), wanted
    browser = signed_in(app)
    for wanted in ELSEWHERE:
        for address in ("/staff/sign-in", "/staff/confirm"):
            answer = browser.client.get(address, query_string={"next": wanted})
            assert answer.headers.get("Location", "/staff/") == "/staff/"
            assert not re.search(
                r'(?:href|action)="(?:https?:|//|javascript:|\\\\|/\\\\)', answer.get_data(as_text=True)
            )
    for path in ("//evil.vn", "//evil.vn/..", "/\\evil.vn", "//evil.vn/../staff/", "///evil.vn", "/staff//"):
        answer = browser.client.get("/", environ_overrides={"PATH_INFO": path})
        leads = answer.headers.get("Location", "/").removeprefix("http://localhost")
        assert re.match(r"/(?![/\\])", leads + "."), path
        assert not re.search(r'(?:href|action)="(?://|/\\|http(?!://localhost/))', answer.get_data(as_text=True)), path


def test_no_script_writes_markup_or_runs_text() -> None:
    forbidden = re.compile(
        r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|eval|new Function|document\.write|srcdoc)\b"
        r"|setTimeout\(\s*[\"'`]|javascript:|__proto__"
    )
    heard = re.compile(r"addEventListener\(\s*\"message\"")
    scripts = sorted((ROOT / "survey" / "static" / "js").rglob("*.js"))
    assert len(scripts) > 20
    for script in scripts:
        text = script.read_text("utf-8")
        found = [match[0] for match in forbidden.finditer(text) if "vendor" not in script.parts]
        assert found == [], script.name
        # Only the service worker hears messages: those of our own pages, which alone it serves.
        assert script.name == "worker.js" or not re.search(r"(?:window|globalThis|self)\." + heard.pattern, text)
