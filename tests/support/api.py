"""A client of the public API in tests, and what is in the tables then."""

from dataclasses import dataclass, replace
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Row, func, select
from werkzeug.test import TestResponse

from survey.extensions import reading
from survey.models import Base, Response
from tests.support.places import POINT, World


@dataclass(frozen=True)
class Citizen:
    """A client of the API at one point, with a fresh ticket."""

    client: FlaskClient
    world: World
    client_id: str
    ticket: str

    def body(self, **changes: Any) -> dict[str, Any]:
        """A right body with some fields changed."""
        answers = {item.key: 5 for item in self.world.version.items}
        return {
            "point": POINT,
            "ticket": self.ticket,
            "questionnaire": "sipas-2024@1",
            "answers": answers,
            **changes,
        }

    def put(self, body: object, client_id: str | None = None, **options: Any) -> TestResponse:
        return self.client.put(f"/api/v1/responses/{client_id or self.client_id}", json=body, **options)

    def put_bytes(self, body: bytes) -> TestResponse:
        return self.client.put(f"/api/v1/responses/{self.client_id}", data=body, content_type="application/json")

    def fresh(self, point: str = POINT) -> "Citizen":
        """The next person at the point."""
        issued = self.client.post("/api/v1/tickets", json={"point": point}).get_json()
        return replace(self, client_id=issued["client_id"], ticket=issued["ticket"])


def rows(model: type[Base] = Response) -> int:
    """How many rows a table holds."""
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def only_row() -> Row[Any]:
    """The one response, slots included."""
    with reading() as session:
        return session.execute(select(Response.__table__)).one()


def codes(answer: TestResponse) -> set[tuple[str, str]]:
    """Path and code of every problem in a 422."""
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    problems = answer.get_json()["errors"]
    assert all(problem["message"] and problem["message"] != problem["code"] for problem in problems)
    return {(problem["path"], problem["code"]) for problem in problems}
