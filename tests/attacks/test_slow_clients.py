"""Clients that send slowly, say two things about a length, or never end: others are answered meanwhile."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from flask import Flask

from survey.config import Settings
from tests.support.servers import Server, serving
from waiting_worker import LARGEST, LARGEST_HEAD, is_whole

PATIENCE = 20  # seconds: what takes longer was held up
THREADS = 2
CROWD = 4 * THREADS  # of each kind of slow client: more than there are threads
HEAD = b"POST /staff/sign-in HTTP/1.1\r\nHost: localhost\r\n"
SLOW = (b"", b"GET / HT", HEAD, HEAD + b"Content-Length: 500\r\n\r\n", HEAD + b"Content-Length: 500\r\n\r\nemail=")
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def server(app: Flask, settings: Settings) -> Iterator[Server]:
    with serving(settings.database_url, settings.secret_key, WORKERS="1", THREADS=str(THREADS)) as server:
        yield server


def sending(server: Server, begun: bytes) -> socket.socket:
    """A connection on which so much was sent, and then nothing."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    connection.sendall(begun)
    return connection


def answered(server: Server, body: bytes | None = None) -> int:
    """The status of an ordinary request."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET" if body is None else "POST", "/healthz", body)
        return connection.getresponse().status
    finally:
        connection.close()


def first_line(connection: socket.socket) -> bytes:
    return connection.recv(4000).partition(b"\r\n")[0]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_slow_clients_do_not_hold_the_workers(server: Server) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(sending(server, begun)) for begun in (*SLOW, CHUNKED) for _ in range(CROWD)]
        for _ in range(THREADS + 1):
            assert answered(server) == 200
        assert answered(server, b"x" * 300_000) == 405, "also what comes in many pieces"
        last = slow[CROWD]  # who goes on in the end is answered too
        last.sendall(b"TP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert first_line(last).startswith(b"HTTP/1.1 ")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_message_with_two_lengths_is_refused(server: Server) -> None:
    smuggled = b"0\r\n\r\nGET /staff/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for head in (
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: +5\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n",
        b"Transfer_Encoding: chunked\r\nTransfer-Encoding: xchunked\r\n\r\n",
    ):
        with sending(server, HEAD + head + smuggled) as connection:
            answer = b"".join(iter(lambda: connection.recv(4000), b""))
            assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501")), head
            assert answer.count(b"HTTP/1.1") == 1, "what follows is no request of its own"
    with sending(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 2 * LARGEST_HEAD) as connection:
        assert first_line(connection).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_several_requests_on_one_connection_are_answered_in_their_order(server: Server) -> None:
    one, nothing = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n"
    with sending(server, one + one + nothing + b"Connection: close\r\n\r\n") as connection:
        answer = b"".join(iter(lambda: connection.recv(4000), b""))
    assert [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"404"]
    asks = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    with sending(server, asks) as connection:
        assert first_line(connection) == b"HTTP/1.1 100 Continue"
        connection.sendall(b"a=b")
        assert first_line(connection).startswith(b"HTTP/1.1 405")


@pytest.mark.parametrize(
    ("sent", "whole"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (HEAD + b"Content-Length: 3\r\n\r\nab", False),
        (HEAD + b"content-length:3\r\n\r\nabc", True),
        (HEAD + b"Content-Length: 0\r\n\r\n", True),
        (CHUNKED + b"3\r\nabc\r\n", False),
        (CHUNKED + b"3\r\nabc\r\n0\r\n\r\n", True),
        (HEAD + b"Content-Length: 99999999999\r\n\r\n" + b"a" * LARGEST, True),
        (b"G" * (LARGEST_HEAD + 1), True),
    ],
)
def test_a_request_is_whole_when_its_end_is_there(sent: bytes, whole: bool) -> None:
    assert is_whole(sent) is whole
    assert is_whole(bytearray(sent)) is whole
