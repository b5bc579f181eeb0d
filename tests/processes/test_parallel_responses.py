"""Many senders at once against a server of several processes: no answer is lost and none counts twice."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import select

from survey.config import Settings
from survey.domain import tickets
from survey.domain.disclosure import COMPLETE
from survey.domain.periods import year_to
from survey.domain.selections import Selection
from survey.extensions import db, reading, refreshing, writing
from survey.models import Pending, Response
from survey.queries import catalogue, rates
from survey.services import tallies
from tests.support import places
from tests.support.places import CITY, POINT, World
from tests.support.recount import Recounter, read
from tests.support.servers import Server, serving

AT_ONCE = 50
QUEUE = int(os.environ.get("SURVEY_TEST_QUEUE", "400"))  # answers; 10000 take minutes and are tried by hand
Sent = tuple[UUID, dict[str, Any]]
DOSSIER = "H15.50.05.13-261008-0975"


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


def response(settings: Settings, world: World, number: int, **changes: Any) -> Sent:
    """A right response with an id and ticket of its own; its levels depend on the number."""
    now = datetime.now(UTC)
    client_id = tickets.new_client_id(now, number.to_bytes(10))
    levels = {item.key: 1 + (number + slot) % 5 for slot, item in enumerate(world.version.items)}
    ticket = tickets.issue(settings.secret_key, client_id, POINT, now)
    body = {"point": POINT, "ticket": ticket, "questionnaire": world.version.name, "answers": levels, **changes}
    return client_id, body


def put(url: str, sent: Sent) -> tuple[int, dict[str, Any]]:
    """Send one response over a connection of its own. Raises OSError or HTTPException when the server is gone."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("PUT", f"/api/v1/responses/{sent[0]}", json.dumps(sent[1]))
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@contextmanager
def put_again(url: str) -> Iterator[Callable[[Sent], int]]:
    """Sends one response after the other over one connection; a call answers with the status."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)

    def put_one(sent: Sent) -> int:
        connection.request("PUT", f"/api/v1/responses/{sent[0]}", json.dumps(sent[1]))
        answer = connection.getresponse()
        answer.read()
        return answer.status

    try:
        yield put_one
    finally:
        connection.close()


def at_once(calls: Sequence[Callable[[], tuple[int, dict[str, Any]]]]) -> list[tuple[int, dict[str, Any]]]:
    """Run all calls in threads that start together."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], tuple[int, dict[str, Any]]]) -> tuple[int, dict[str, Any]]:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def stored() -> list[tuple[UUID, bool]]:
    with reading() as session:
        return [(row.client_id, row.counted) for row in session.execute(select(Response.client_id, Response.counted))]


def test_fifty_puts_of_one_id_are_one_row(settings: Settings, world: World) -> None:
    one = response(settings, world, 1, dossier=DOSSIER, comment="Tốt")
    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server:
        answers = at_once([lambda: put(server.url, one)] * AT_ONCE)
    assert Counter(status for status, _ in answers) == {201: 1, 200: AT_ONCE - 1}
    assert stored() == [(one[0], True)]


def test_fifty_puts_of_one_dossier_are_all_thanked_and_one_counts(settings: Settings, world: World) -> None:
    all_sent = [response(settings, world, number, dossier=DOSSIER) for number in range(AT_ONCE)]
    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server:
        answers = at_once([lambda sent=sent: put(server.url, sent) for sent in all_sent])  # type: ignore[misc]
        again = [put(server.url, sent)[0] for sent in all_sent]
    assert {status for status, _ in answers} == {201}
    assert {(tuple(sorted(body)), body["status"]) for _, body in answers} == {(("receipt", "status"), "accepted")}
    assert set(again) == {200}
    assert Counter(counted for _, counted in stored()) == {True: 1, False: AT_ONCE - 1}
    with reading() as session:
        assert len(session.scalars(select(Pending.client_id)).all()) == 1


def test_a_queue_sent_twice_in_two_orders_by_eight_clients_is_stored_once(settings: Settings, world: World) -> None:
    """As kiosks whose queues were copied, exported and sent at the same time would."""
    queue = [response(settings, world, number) for number in range(QUEUE)]
    other = Random(5).sample(queue, len(queue))
    shares = [order[start::4] for order in (queue, other) for start in range(4)]  # four clients each

    def send_all(share: list[Sent]) -> Counter[int]:
        with put_again(server.url) as put_one:
            return Counter(put_one(sent) for sent in share)

    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server, ThreadPoolExecutor(8) as pool:
        statuses = sum(pool.map(send_all, shares), Counter())
    assert statuses == {201: QUEUE, 200: QUEUE}
    assert sorted(stored()) == sorted((sent[0], True) for sent in queue)


def test_figures_are_exact_while_accept_and_refresh_run_against_each_other(settings: Settings, world: World) -> None:
    all_sent = [response(settings, world, number) for number in range(300)]
    selection = Selection(world.version, year_to(datetime.now(UTC).date()))
    snapshots: list[tuple[int, int]] = []
    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server, ThreadPoolExecutor(8) as pool:
        sending = [pool.submit(put, server.url, sent) for sent in all_sent]
        while not all(future.done() for future in sending):
            with refreshing() as session:
                tallies.refresh(session)
            snapshots.append(_both_counts(selection))
        assert {future.result()[0] for future in sending} == {201}
    snapshots.append(_both_counts(selection))
    assert all(figure == rows for figure, rows in snapshots)
    assert snapshots[-1] == (300, 300)
    _compare_with_recount(selection)
    with refreshing() as session:
        tallies.refresh(session)
    _compare_with_recount(selection)


def _both_counts(selection: Selection) -> tuple[int, int]:
    """Respondents by the figures and by the rows, in one snapshot."""
    with reading() as session:
        city = catalogue.unit(session, CITY)
        assert city is not None
        shown = rates.of_units(session, selection, [city], COMPLETE, selection.period.end)[0].shown
        return shown.respondents or 0, len(session.execute(select(Response.client_id)).all())


def _compare_with_recount(selection: Selection) -> None:
    with db.get_engine().connect() as connection:
        rows = read(connection)
    expected = Recounter(rows, selection.version).count(pd.Series(True, index=rows.index))
    with reading() as session:
        city = catalogue.unit(session, CITY)
        assert city is not None
        found = rates.of_unit(session, selection, city, COMPLETE, selection.period.end)
    assert found.overall.shown.counts == expected.overall[1]
    assert [item.shown.counts for item in found.items] == [sums[1] for sums in expected.items.values()]


def test_a_killed_server_has_every_answer_that_it_acknowledged(settings: Settings, world: World) -> None:
    all_sent = [response(settings, world, number) for number in range(200)]
    acknowledged: set[UUID] = set()
    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server, ThreadPoolExecutor(8) as pool:
        sending = {pool.submit(_try, server, sent): sent[0] for sent in all_sent}
        for done, future in enumerate(sending):
            if future.result() in (200, 201):
                acknowledged.add(sending[future])
            if done == 60:
                server.kill()
    held = {client_id for client_id, _ in stored()}
    assert 60 < len(acknowledged) < 200
    assert acknowledged <= held
    with serving(settings.database_url, settings.secret_key, WORKERS="3") as server, ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda sent: put(server.url, sent)[0], all_sent))
    assert {sent[0] for sent, status in zip(all_sent, statuses, strict=True) if status == 200} == held
    assert sorted(client_id for client_id, _ in stored()) == sorted(sent[0] for sent in all_sent)


def _try(server: Server, sent: Sent) -> int:
    """The status of a PUT, 0 when the server is gone."""
    try:
        return put(server.url, sent)[0]
    except (OSError, HTTPException):
        return 0
