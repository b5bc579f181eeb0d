"""Every form and every address of every page, filled with anything: no error inside, no trace of one outside.

`make test` sends FEWEST requests, `make fuzz` ten thousand. Seeded: the same requests each time.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask, got_request_exception
from sqlalchemy import delete, insert, select, update
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from survey.domain.access import Role
from survey.extensions import writing
from survey.models import Grant, Staff
from survey.queries.staff import Credentials
from survey.services import staff
from survey.web import clock as present
from tests.support import answers, crawling
from tests.support.answers import Answered
from tests.support.crawling import Form
from tests.support.pages import Browser
from tests.support.payloads import EVERYTHING
from tests.support.places import CITY, POINT, WARD
from tests.support.staff import EMAIL, authenticator

FEWEST = 500
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", FEWEST))
AGAIN = 400  # requests after which pages are looked at again: what was made meanwhile has pages too
FILES = (
    b"",
    b"code,name\n1,x",
    b"PK\x03\x04broken",
    b"\xff\xfe\x00",
    b"key: [",
    b"{" * 2000,
    b"\x00" * 100,
    b"%PDF-1.7",
)
ROLES = (Role.CLERK, Role.MANAGER, Role.ADMINISTRATOR)
KNOWN = {"code": WARD, "point": POINT, "fmt": "svg", "key": "quick", "part": "forms", "sheet": "states", "number": 1}
POINTS = {f"points.{view} code": POINT for view in ("show", "change", "invite", "shown_once", "cancel", "revoke")}


@dataclass
class Fuzzer:
    """Sends mutated forms as somebody who may do nearly everything, and keeps what broke."""

    app: Flask
    random: Random
    roles: tuple[Role, ...]
    city: int
    forms: list[Form] = field(default_factory=list)
    told: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = Browser(self.app)
        self.raised: list[str] = []
        self.app.testing = False  # as a server answers: an error inside is a 500, not a failing test
        got_request_exception.connect(self._note, self.app)

    def _note(self, sender: Flask, exception: Exception) -> None:
        self.raised.append(f"{type(exception).__name__}: {exception}"[:300])

    def sit(self) -> None:
        """Be signed in with every role again, whatever was done to the account."""
        token = secrets.token_urlsafe(32)
        with writing() as session:
            known = session.scalars(select(Staff).where(Staff.email == EMAIL)).one()
            session.execute(update(Staff).where(Staff.id == known.id).values(disabled_at=None))
            session.execute(delete(Grant).where(Grant.staff_id == known.id))
            rows = [{"staff_id": known.id, "unit_id": self.city, "role": role.value} for role in self.roles]
            session.execute(insert(Grant), rows)
            credentials = Credentials(known.id, EMAIL, "", known.totp_secret is not None)
            staff.sign_in(session, credentials, token, None, present.now())
        authenticator(known.id)
        with self.browser.client.session_transaction() as kept:
            kept.update({"_user_id": token, "_fresh": True, "seen": int(present.now().timestamp())})

    def look(self) -> None:
        """Find every form there is now."""
        self.sit()
        found: dict[object, Form] = {}
        for rule in crawling.rules(self.app, "GET"):
            address = crawling.address(self.app, rule, KNOWN | POINTS)
            answer = self.send("GET", address)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                for form in crawling.forms(address, answer.get_data(as_text=True)):
                    found[form.shape] = form
            found[rule.rule] = Form(address, address, "get", tuple(self._asked()))
        for method in ("POST", "PUT", "DELETE"):
            for rule in crawling.rules(self.app, method):
                address = crawling.address(self.app, rule, KNOWN | POINTS)
                found.setdefault(f"{method} {rule.rule}", Form(address, address, method.lower(), (("act", "x"),)))
        self.forms = sorted(found.values(), key=lambda form: (form.action, form.method, form.fields))

    def _asked(self) -> Iterator[tuple[str, str]]:
        yield from (("unit", WARD), ("from", "2026-01"), ("to", "2026-11"), ("questionnaire", ""), ("channel", ""))
        yield from (("procedure", ""), ("by", "item"), ("year", "2026"), ("frozen", ""), ("q", ""), ("lang", "en"))

    def one(self, number: int) -> None:
        """Fill one form with anything and send it."""
        form = self.random.choice(self.forms)
        fields = self._mutated(form)
        if form.method == "get":
            address = form.action.partition("#")[0]
            self.send("GET", f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}")
            return
        if form.files and self.random.random() < 0.9:
            data: MultiDict[str, object] = MultiDict(
                (name, value if isinstance(value, str) else value.decode("latin-1")) for name, value in fields
            )
            for name in form.files:
                data.add(
                    name, (BytesIO(self.random.choice(FILES)), self.random.choice(("a.csv", "../x.xlsx", "a\x00")))
                )
            self.send(form.method.upper(), form.action, data=data, content_type="multipart/form-data")
            return
        kind = "application/x-www-form-urlencoded"
        self.send(form.method.upper(), form.action, data=urlencode(fields), content_type=kind)

    def _mutated(self, form: Form) -> list[tuple[str, str | bytes]]:
        """The fields of a form, some of them changed, left out, doubled or added; its token mostly right."""
        fields: list[tuple[str, str | bytes]] = []
        for name, value in form.fields:
            if name == "csrf_token":
                fields.append((name, self.token if self.random.random() < 0.97 else "x"))
                continue
            fate = self.random.random()
            if fate < 0.35:
                fields.append((name, self.random.choice(EVERYTHING)))
            elif fate < 0.9:
                fields.append((name, value))
            elif fate < 0.95:
                fields += [(name, value), (name, self.random.choice(EVERYTHING))]
        if self.random.random() < 0.2:  # what nobody asked for
            fields.append((str(self.random.choice(EVERYTHING)), self.random.choice(EVERYTHING)))
        if form.method != "get" and not any(name == "csrf_token" for name, _ in fields):
            fields.append(("csrf_token", self.token))
        return fields

    @property
    def token(self) -> str:
        """A token of this session, drawn once for it."""
        with self.browser.client.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", "0" * 40)
        from itsdangerous import URLSafeTimedSerializer

        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(raw))

    def send(self, method: str, address: str, **options: object) -> TestResponse:
        """Send a request; what breaks is kept with the request that broke it."""
        self.raised.clear()
        answer = self.browser.client.open(address, method=method, **options)  # type: ignore[arg-type]
        body = answer.get_data()
        self.told[answer.status_code] += 1
        if answer.status_code >= 500 or self.raised or b"Traceback (most" in body or b"sqlalchemy." in body:
            sent = str(options.get("data", ""))[:500]
            self.broken.append(f"{method} {address[:500]} {sent}: {answer.status_code} {self.raised}")
        if answer.headers.get("Location", "").startswith("/staff/sign-in"):
            self.sit()
        return answer


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    return answers.build(Role.ADMINISTRATOR, CITY)


@pytest.mark.parametrize("roles", [ROLES, (Role.INSPECTOR,)], ids=["manager", "inspector"])
def test_forms_filled_with_anything_break_nothing(app: Flask, answered: Answered, roles: tuple[Role, ...]) -> None:
    # A fifth of all for the inspector; half of each for either database, of which each is strict about other things.
    share = REQUESTS * (4 if roles == ROLES else 1) // 5 // 2
    fuzzer = Fuzzer(app, Random(f"{roles}"), roles, answered.world.units[CITY])
    for number in range(share):
        if number % AGAIN == 0:
            fuzzer.look()
        fuzzer.one(number)
    assert fuzzer.broken == [], "\n".join(fuzzer.broken[:20])
    assert fuzzer.told.total() >= share
    assert {200, 303, 400, 404, 422} <= set(fuzzer.told), fuzzer.told
