"""Kiosks without a screen: a pairing code without the slow PIN, and a client that is paired and sends."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from survey.domain.pins import Verifier
from survey.domain.tickets import new_client_id
from survey.extensions import writing
from survey.services import kiosks
from tests.support.databases import SECRET
from tests.support.pages import Browser
from tests.support.places import KIOSK, World

PIN = Verifier(b"s" * 16, 1, b"h" * 32)


def invited(world: World, point: str = KIOSK, seed: int = 1) -> str:
    """An open pairing code of a point."""
    with writing() as session:
        return kiosks.invite(session, world.points[point], PIN, SECRET, Random(seed), datetime.now(UTC))


def pair(browser: Browser, code: str) -> TestResponse:
    """Send the form of /k as the page would."""
    fields = {**browser.get("/k").fields(), "code": code}
    return browser.client.post("/k", data=fields)


def client_id(number: int = 1, moment: datetime | None = None) -> UUID:
    """An id as a kiosk draws it."""
    return new_client_id(moment or datetime.now(UTC), number.to_bytes(10))


def body(world: World, point: str = KIOSK, **changes: Any) -> dict[str, Any]:
    """A right body, without a ticket."""
    questionnaire = "quick" if point != KIOSK else "sipas-2024"
    answers = {item.key: 5 for item in world.versions[questionnaire].items}
    return {"point": point, "questionnaire": f"{questionnaire}@1", "answers": answers, **changes}


@dataclass(frozen=True)
class Kiosk:
    """A browser, paired with a point."""

    browser: Browser
    world: World
    point: str

    def put(self, document: object = None, number: int = 1, name: UUID | None = None) -> TestResponse:
        """Send one response; number tells the people apart."""
        sent = body(self.world, self.point) if document is None else document
        return self.browser.client.put(f"/api/v1/responses/{name or client_id(number)}", json=sent)

    def beat(self, **told: object) -> TestResponse:
        """Send a heartbeat."""
        return self.browser.client.post("/api/v1/heartbeat", json=told)


def paired(app: Flask, world: World, point: str = KIOSK, seed: int = 1) -> Kiosk:
    """A fresh browser after pairing."""
    browser = Browser(app)
    response = pair(browser, invited(world, point, seed))
    assert response.status_code == 303, response.get_data(as_text=True)
    return Kiosk(browser, world, point)
