"""More than it can take: it sheds at once and says when to come again, keeps what it acknowledged, and comes back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
from flask import Flask

from survey.config import Settings
from survey.web.admission import Gate
from tests.faults.conftest import Closing
from tests.faults.load import Load, answers
from tests.support.places import World
from tests.support.servers import serving

PLACES = 9  # of a process with one thread at work
THREE_TIMES = 3 * (PLACES + 1)


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_three_times_what_it_can_take_is_shed_and_nothing_is_lost(
    settings: Settings, world: World, close_account: Closing
) -> None:
    """Clients that come again whenever another was served, without the pause that they are asked for."""
    all_sent = answers(settings, world, 250)
    with serving(settings.database_url, settings.secret_key, WORKERS="1", THREADS="1") as server:
        account = Load([server.url], clients=THREE_TIMES, patient=True).run(all_sent)
        assert account.refused > 0
        assert len(account.acknowledged) == len(all_sent)
        close_account("three times what it can take", account, all_sent, [server.url])


def test_the_gate_serves_so_many_at_once_lets_so_many_wait_and_refuses_the_rest(app: Flask) -> None:
    go_on, lock = Event(), Lock()
    at_work, most = 0, 0

    @app.get("/slow")
    def slow() -> str:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        go_on.wait(30)
        with lock:
            at_work -= 1
        return "done"

    gate = Gate(app, at_work=2, places=5)
    client = app.test_client()

    def call(path: str) -> tuple[int, str | None]:
        environ = client._request_from_builder_args((path,), {}).environ
        said: list[Any] = []
        closing = gate(environ, lambda *args: said.extend(args[:2]))
        list(closing)
        closing.close()  # type: ignore[attr-defined]
        return int(said[0].split()[0]), dict(said[1]).get("Retry-After")

    with ThreadPoolExecutor(5) as pool:
        served = [pool.submit(call, "/slow") for _ in range(5)]
        while gate.inside < 5:
            pass
        refused = [call("/slow") for _ in range(20)] + [call("/api/v1/units")]
        healthy = call("/healthz")
        go_on.set()
        assert {one.result()[0] for one in served} == {200}
    assert {status for status, _ in refused} == {503}
    assert all(wait is not None and 5 <= int(wait) <= 30 for _, wait in refused)
    assert healthy[0] == 200
    assert most == 2
    assert gate.inside == 0
    assert call("/slow")[0] == 200
