"""Clocks that jump: of a device by years, of the server by a day. No answer is refused, none counts twice."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.extensions import reading
from survey.models import Response
from tests.faults import ledger, load
from tests.faults.ledger import Line
from tests.support.api import Citizen
from tests.support.places import NOW, POINT, TODAY, World

IMPLAUSIBLE = ("1970-01-01T00:00:00+00:00", "2009-08-22T09:00:00+07:00", "2038-01-19T03:14:08+00:00")


@pytest.mark.usefixtures("clock")
def test_devices_and_servers_with_wrong_clocks(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    client = app.test_client()
    citizen = Citizen(client, world, "", "").fresh(POINT)
    sent: list[tuple[Citizen, dict[str, object]]] = []
    statuses: Counter[int] = Counter()

    def send(changes: dict[str, object], jump: timedelta = timedelta(0)) -> None:
        """One answer whose ticket is of now, and which arrives after the server's clock has jumped."""
        one = citizen.fresh(POINT)
        clock.move_to(NOW + jump, tick=False)
        sent.append((one, one.body(**changes)))
        statuses[one.put(sent[-1][1]).status_code] += 1
        clock.move_to(NOW, tick=False)

    for moment in IMPLAUSIBLE:
        send({"started_at": moment, "answered_at": moment})
    for jump in (timedelta(days=-1), timedelta(days=1), timedelta(hours=-1)):
        send({}, jump)
    assert statuses == {201: len(sent)}
    assert {one.put(body).status_code for one, body in sent} == {200}  # and once more, with the clock as it was
    with reading() as session:
        days = Counter(session.scalars(select(Response.day)))
    day = timedelta(days=1)
    assert days == {TODAY: len(IMPLAUSIBLE) + 1, TODAY - day: 1, TODAY + day: 1}
    rows = len(load.found())
    ledger.LINES.append(
        Line("clocks: devices by years, server by a day", load.kind(), len(sent), statuses[201], 0, 0, rows, rows)
    )
