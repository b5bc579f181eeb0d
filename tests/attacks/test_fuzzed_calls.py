"""The API called as its own document allows and as it forbids: nothing breaks, and every answer is a promised one.

`make test` makes FEWEST calls, `make fuzz` ten thousand. Seeded: the same calls each time.
"""

import os
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from survey.domain import tickets
from survey.extensions import writing
from survey.web import clock as present
from survey.web.calls.openapi import document
from tests.support import calls, places
from tests.support.databases import SECRET
from tests.support.devices import Kiosk, paired
from tests.support.places import CITY, KIOSK, POINT

FEWEST = 500
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", FEWEST))
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
# Always the same answer: one call is as good as a hundred.
CONSTANT = "GET /api/v1/openapi.json"


@pytest.fixture
def kiosk(app: Flask, clock: time_machine.Traveller) -> Kiosk:
    with writing() as session:
        world = places.build(session)
    calls.give_token(CITY)
    return paired(app, world)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_calls_made_up_from_the_document_break_nothing(app: Flask, kiosk: Kiosk) -> None:
    app.testing = False  # as a server answers: an error inside is a 500, not a failing test
    schema = schemathesis.openapi.from_dict(dict(document()))
    schema.app = app
    found: list[Any] = list(schema.get_all_operations())
    operations = [one.ok() for one in found if one.ok().label != CONSTANT]
    assert len(operations) >= 7
    told: Counter[int] = Counter()
    for operation in operations:
        for mode in MODES:
            call_often(operation, mode, -(-REQUESTS // (len(operations) * len(MODES))), kiosk, told)
    assert sum(told.values()) >= 0.8 * REQUESTS, "where a call cannot be wrong, only right ones are made"
    assert {200, 201, 403, 404, 422} <= set(told), told


def call_often(operation: Any, mode: GenerationMode, times: int, kiosk: Kiosk, told: Counter[int]) -> None:
    """Make calls of one kind, and count the statuses of their answers. Fails at the first that is not promised."""
    cookie = kiosk.browser.client.get_cookie("kiosk")
    assert cookie is not None
    serial = iter(range(10**6))

    @given(case=operation.as_strategy(generation_mode=mode))
    @limits(
        max_examples=times,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def call(case: Any) -> None:
        number = next(serial)
        headers = {"Authorization": f"Bearer {calls.TOKEN}"} if number % 8 else {}
        if number % 2:  # half of the answers get past the ticket, where the longer way begins
            admit(case, number)
        answer = case.call(headers=headers, cookies={"kiosk": cookie.value} if number % 4 else {})
        told[answer.status_code] += 1
        assert "Traceback" not in answer.text
        case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # some calls cannot be made wrong
        call()


def admit(case: Any, number: int) -> None:
    """Give a call what only the server can give: a ticket of its id, or the id that a paired kiosk may draw."""
    if isinstance(case.body, dict) and "client_id" in case.path_parameters:
        name = tickets.new_client_id(present.now(), number.to_bytes(10))
        point = POINT if "ticket" in case.body else KIOSK
        case.path_parameters["client_id"] = str(name)
        case.body |= {"point": point, "questionnaire": "sipas-2024@1"}
        if point == POINT:
            case.body["ticket"] = tickets.issue(SECRET, name, POINT, present.now())
    elif isinstance(case.body, dict) and "point" in case.body:
        case.body["point"] = POINT
    elif "key" in case.path_parameters:
        case.path_parameters["key"] = "quick"
