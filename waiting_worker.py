"""gunicorn's threaded worker, which gives a request to a thread only when it is there as a whole.

With gunicorn's own a sender that stops in the middle of a request holds one of the few threads for as long as it likes.
Here the bytes are gathered by the worker's one event loop, and whoever takes too long is sent away. A proxy that
buffers requests does the same; this is for a server without one. Written for gunicorn 27 (`workers/gthread.py`).
"""

import re
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import ThreadWorker

SECONDS = 60.0  # for a whole request: five megabytes at a slow office's 1 Mbit/s take forty
PIECE = 64 * 1024
LARGEST_HEAD = 1024 * 1024  # gunicorn refuses a hundred fields of 8 kB; it only has to see that it is too much
LARGEST = 6 * 1024 * 1024  # more than any form may hold: the rest is read by a thread, which refuses it
TOGETHER = 64 * 1024 * 1024  # of all requests that are being gathered: memory stays bounded
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
_ASKS_FIRST = re.compile(rb"^expect:[ \t]*100-continue", re.IGNORECASE | re.MULTILINE)
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class WaitingWorker(ThreadWorker):  # type: ignore[misc]
    """Gathers each request in the event loop, in `held` of its connection, until it is whole."""

    def enqueue_req(self, conn: Any) -> None:
        """Called for a new connection, and for a kept one that has something to say again."""
        conn.held = bytearray(conn.parser.unreader.take_buffered() if conn.parser is not None else b"")
        conn.timeout = time.monotonic() + SECONDS
        conn.sock.setblocking(False)
        if self._reads(conn):
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, EVENT_READ, partial(self._on_more, conn))
        else:
            self._hand_over(conn)

    def _on_more(self, conn: Any, sock: Any) -> None:
        if not self._reads(conn):
            self.poller.unregister(sock)
            self.pending_conns.remove(conn)
            self._hand_over(conn)

    def _reads(self, conn: Any) -> bool:
        """Take what has come; whether to wait for more. A whole request goes to a thread, as does a broken one."""
        try:
            while not self._is_enough(conn.held):
                piece = conn.sock.recv(PIECE)
                if not piece:
                    break
                conn.held += piece
        except BlockingIOError:
            if _ASKS_FIRST.search(conn.held):
                conn.sock.send(_GO_ON)
                conn.held = bytearray(_ASKS_FIRST.sub(b"x-expected: yes", conn.held, count=1))
            return True
        except OSError:
            conn.held.clear()  # the thread finds the same and closes
        return False

    def _is_enough(self, held: bytearray) -> bool:
        if is_whole(held):
            return True
        return len(held) > PIECE and sum(len(one.held) for one in self.pending_conns) > TOGETHER

    def _hand_over(self, conn: Any) -> None:
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(bytes(conn.held))
        conn.held, conn.data_ready = bytearray(), True
        super().enqueue_req(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """When the server stops, what is not whole by then is not waited for either."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)


def is_whole(held: bytes | bytearray) -> bool:
    """Whether a request is there as a whole, or is one that gunicorn refuses by its head."""
    end = held.find(b"\r\n\r\n")
    if end < 0:
        return len(held) > LARGEST_HEAD
    head, begun = bytes(held[: end + 2]), end + 4
    lengths = _LENGTH.findall(head)
    if _CHUNKED.search(head):
        return bool(lengths) or held.find(b"\r\n0\r\n\r\n", begun - 2) >= 0 or len(held) > LARGEST
    if len(lengths) != 1:
        return True
    return len(held) >= min(begun + int(lengths[0]), LARGEST)
