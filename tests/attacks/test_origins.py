"""Whom a request asks and where it comes from: host names by list, proxies by number, nothing else is believed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import request

from survey import create_app
from survey.config import Settings
from survey.web.headers import CONTENT_SECURITY_POLICY
from tests.support.databases import settings_for

PUBLIC = "khaosat.hanoi.gov.vn"
SERVED = (PUBLIC, ".noi-bo.vn", "127.0.0.1", "localhost", "[::1]")
BROKEN = (
    "",
    "a b",
    "x/../y",
    "x:0",
    "x:99999",
    "x:80:80",
    f"{PUBLIC}@evil.vn",
    f"{PUBLIC}#",
    "hà-nội",
    "[::1",
    "x" * 300,
)
PAGES = ("/", "/healthz", "/staff/sign-in", "/api/v1/openapi.json", "/nowhere")


@pytest.fixture
def empty(sqlite_template: Path) -> Settings:
    return settings_for(f"sqlite:///{sqlite_template}")


def test_other_hosts_are_refused_on_every_page_and_file(empty: Settings) -> None:
    client = create_app(replace(empty, hosts=SERVED, production=True)).test_client()
    style = client.get("/about").get_data(as_text=True).split('rel="stylesheet" href="')[1].split('"')[0]
    for address in (*PAGES, style):
        for host in ("evil.vn", f"{PUBLIC}.evil.vn", f"x{PUBLIC}", "noi-bo.vn", "10.0.0.1", *BROKEN):
            answer = client.get(address, headers={"Host": host})
            assert answer.status_code == 400, (address, host)
            assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
            assert host not in answer.get_data(as_text=True) or not host
        for host in (
            PUBLIC,
            PUBLIC.upper(),
            f"{PUBLIC}:8443",
            f"{PUBLIC}.",
            "a.noi-bo.vn",
            "[::1]:5000",
            "127.0.0.1:1",
        ):
            assert client.get(address, headers={"Host": host}).status_code in (200, 404), (address, host)


def test_where_no_host_is_stated_a_broken_one_still_gives_no_trace(empty: Settings) -> None:
    app = create_app(empty)
    app.testing = False
    client = app.test_client()
    for address in PAGES:
        assert [client.get(address, headers={"Host": host}).status_code for host in BROKEN] == [400] * len(BROKEN)
        assert client.get(address, headers={"Host": "anything.vn"}).status_code in (200, 404)


def seen(settings: Settings, **headers: str) -> tuple[str | None, str, str]:
    """Who the application thinks has sent a request with these headers, how, and to which host."""
    app = create_app(settings)

    def told() -> Iterator[str]:
        yield from (str(request.remote_addr), request.scheme, request.host)

    app.add_url_rule("/told", view_func=lambda: list(told()))
    found = app.test_client().get("/told", headers={name.replace("_", "-"): value for name, value in headers.items()})
    address, scheme, host = found.get_json()
    return address, scheme, host


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"),
    [(0, "127.0.0.1", "http"), (1, "203.0.113.9", "https"), (2, "198.51.100.2", "http"), (3, "192.0.2.1", "http")],
)
def test_only_so_many_proxies_are_believed_and_none_about_the_host(
    empty: Settings, proxies: int, address: str, scheme: str
) -> None:
    found = seen(
        replace(empty, trusted_proxies=proxies),
        X_Forwarded_For="192.0.2.1, 198.51.100.2, 203.0.113.9",
        X_Forwarded_Proto="http, http, https",
        X_Forwarded_Host="evil.vn",
        X_Forwarded_Prefix="/evil",
        Forwarded="for=192.0.2.77;host=evil.vn;proto=https",
    )
    assert found == (address, scheme, "localhost")


def test_fewer_proxies_than_stated_are_not_believed_at_all(empty: Settings) -> None:
    assert seen(replace(empty, trusted_proxies=2), X_Forwarded_For="192.0.2.1") == ("127.0.0.1", "http", "localhost")


def test_production_says_in_its_log_that_any_host_is_answered(
    empty: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    create_app(replace(empty, production=True))
    assert "SURVEY_HOSTS" in capsys.readouterr().err
    create_app(replace(empty, production=True, hosts=SERVED))
    assert "SURVEY_HOSTS" not in capsys.readouterr().err
