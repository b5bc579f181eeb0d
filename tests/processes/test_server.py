"""The server as it is run: what its processes hold in memory, and that nothing of it outlives it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey.config import ROOT, Settings
from survey.extensions import reading, writing
from survey.models import Pending
from tests.support import places, staff
from tests.support.servers import Server, gone, serving

HEAVY = ("pandas", "matplotlib", "xlsxwriter", "numpy", "typst", "openpyxl", "docx")


def call(server: Server, method: str, path: str, body: object = None) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text) if "json" in str(answer.headers["Content-Type"]) else text


def answer_survey(server: Server, version: Any) -> int:
    """A whole visit: the start page, the questionnaire, a ticket, the answers."""
    assert call(server, "GET", "/")[0] == 200
    assert call(server, "GET", f"/p/{places.POINT}")[0] == 200
    status, issued = call(server, "POST", "/api/v1/tickets", {"point": places.POINT})
    assert status in (200, 201)
    body = {
        "point": places.POINT,
        "ticket": issued["ticket"],
        "questionnaire": version.name,
        "answers": {item.key: 5 for item in version.items if item.condition is None},
    }
    return call(server, "PUT", f"/api/v1/responses/{issued['client_id']}", body)[0]


def test_the_process_that_serves_citizens_has_no_pandas_and_no_matplotlib(app: Flask, settings: Settings) -> None:
    with writing() as session:
        world = places.build(session)
    with serving(settings.database_url, settings.secret_key, WORKERS="1") as server:
        assert answer_survey(server, world.version) == 201
        (worker,) = server.children
        mapped = Path(f"/proc/{worker}/maps").read_text()
    assert "sqlalchemy" in mapped, "compiled modules are seen at all"
    assert [name for name in HEAVY if f"/{name}/" in mapped] == []


def staff_session(server: Server) -> Callable[[str], bytes]:
    """Signs in, and gives what opens pages and files of staff."""
    opener = build_opener(HTTPCookieProcessor())

    def opened(path: str, form: dict[str, str] | None = None) -> bytes:
        content = None if form is None else urlencode(form).encode()
        with opener.open(Request(f"{server.url}{path}", content, {"Referer": server.url}), timeout=60) as answer:
            return bytes(answer.read())

    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opened("/staff/sign-in").decode())
    assert found is not None
    opened("/staff/sign-in", {"csrf_token": found[1], "email": staff.EMAIL, "password": staff.PASSWORD})
    return opened


def test_a_download_of_staff_leaves_the_worker_without_them(app: Flask, settings: Settings) -> None:
    """What makes the files is loaded in a child, which ends with the server."""
    with writing() as session:
        world = places.build(session)
    staff.account(world, places.CITY)
    with serving(settings.database_url, settings.secret_key, WORKERS="1") as server:
        opened = staff_session(server)
        for name, start in (("charts/overview.png", b"\x89PNG"), ("rates.xlsx", b"PK"), ("rates.pdf", b"%PDF")):
            assert opened(f"/staff/{name}").startswith(start)
        (worker,) = server.children
        mapped = Path(f"/proc/{worker}/maps").read_text()
        below = [int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
    assert [name for name in HEAVY if f"/{name}/" in mapped] == []
    for pid in below:
        gone(pid)


def test_importing_the_application_loads_no_report_library() -> None:
    """The same at its root, with pure Python modules counted too."""
    program = f"import sys, survey.web, survey.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_the_refresher_takes_up_answers_and_ends_with_a_killed_server(app: Flask, settings: Settings) -> None:
    with writing() as session:
        world = places.build(session)

    with serving(settings.database_url, settings.secret_key, WORKERS="1", REFRESH_SECONDS="1") as server:
        assert answer_survey(server, world.version) == 201
        server.says(r"took up 1\b")
        children = server.children
        assert len(children) == 2
        os.kill(server.pid, signal.SIGKILL)
        for pid in children:
            gone(pid)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Pending)) == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_reload_brings_a_new_refresher_and_ends_no_worker_before_another_takes_requests(
    settings: Settings,
) -> None:
    with serving(settings.database_url, settings.secret_key, WORKERS="2", REFRESH_SECONDS="60") as server:
        old = server.children
        os.kill(server.pid, signal.SIGHUP)
        taking, ended = 0, 0
        while ended < 2:
            said = server.says(r"takes requests|Worker exiting")
            taking, ended = taking + ("takes" in said), ended + ("exiting" in said)
            assert ended <= taking
        for pid in old:
            gone(pid)
        assert len(set(server.children).difference(old)) == len(old) == 3
        with urlopen(f"{server.url}/readyz") as answer:
            assert answer.status == 200


def test_a_broken_request_is_logged_without_its_sender(app: Flask, settings: Settings) -> None:
    with serving(settings.database_url, settings.secret_key, WORKERS="1") as server:
        broken = (
            b"\x00 / nothing\r\n\r\n",
            b"GET /i/SECRET more HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nX-Forwarded-For 10.9.8.7 SECRET\r\n\r\n",
            b"SECRET\r\n\r\n",
            b"GET / HTTP/1.1\r\nCook ie: SECRET\r\n\r\n",
        )
        for request in broken:
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
                connection.sendall(request)
                assert connection.recv(100).startswith(b"HTTP/1.1 400")
        told = "".join(server.says("Invalid request") for _ in broken)
        assert not [word for word in ("127.0.0.1", "10.9.8.7", "SECRET", "/i/") if word in told]
