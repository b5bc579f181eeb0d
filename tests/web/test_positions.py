"""Every address of the staff and of the API, asked by every role from every position of the tree.

The reader sits at a ward. Above it the city, below it an agency, beside it another ward, a closed district that the
ward succeeded, and a ward that succeeded the other one. What lies outside must not be in any answer, and nothing may
break. A new route is walked too: one whose arguments nobody here knows how to fill fails the test.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from random import Random
from zipfile import ZipFile, is_zipfile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select
from werkzeug.routing import Rule

from survey.domain.access import Role
from survey.domain.accounts import LinkPurpose
from survey.domain.periods import Month
from survey.extensions import reading, writing
from survey.models import Staff, Unit, unit_successor
from survey.services import comments, links
from tests.support import answers, calls
from tests.support.answers import Answered
from tests.support.commenters import say, several
from tests.support.pages import Browser
from tests.support.places import CITY, CLOSED_POINT, DISTRICT, NOW, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.staff import account, signed_in

BELOW, HEIR = "00166-TT", "00071"
INSIDE = {WARD: "UBND phường Cầu Giấy", BELOW: "Trung tâm bên dưới"}
OUTSIDE = {
    CITY: "Thành phố Hà Nội",
    OTHER_WARD: "UBND phường Hoàn Kiếm",
    DISTRICT: "UBND quận Cầu Giấy",
    HEIR: "UBND phường thừa kế",
}
POINTS = (POINT, OTHER_POINT, CLOSED_POINT)
COLLEAGUE, STRANGER = "dong-nghiep@hanoi.gov.vn", "nguoi-la@hanoi.gov.vn"
PERIOD = "from=2025-01&to=2026-11"
# Arguments of routes that are no unit's: any value will do.
FREE = {"job_id": "x", "act": "reset", "token": "x", "name": "overview", "fmt": "svg"}
# Those that number rows; what a number stands for is everybody's or a unit's, and of the latter some are outside.
NUMBERED = {"row_id", "batch_id", "draft_id", "upload_id"}
# Rendering these takes a second each, and their rows come from the same reader as those of rates.csv.
COSTLY = {
    "report_files.report",
    "report_files.charts",
    "downloads.chart",
    "ranking.funnel",
    "heat.picture",
    "coverage.picture",
    "paper.printed",
}


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build(Role.MANAGER, CITY)
    _more_units(found.world)
    account(found.world, WARD, COLLEAGUE)
    account(found.world, OTHER_WARD, STRANGER)
    _freeze(app)
    _comment(found.world)
    return found


def _more_units(world: World) -> None:
    with writing() as session:
        for code, name, parent in (
            (BELOW, INSIDE[BELOW], world.units[WARD]),
            (HEIR, OUTSIDE[HEIR], world.units[CITY]),
        ):
            unit = Unit(code=code, name=name, folded=name.lower(), sort_key=name, kind="agency", parent_id=parent)
            unit.valid_from = date(2026, 1, 1)
            session.add(unit)
            session.flush()
            world.units[code] = unit.id
        pairs = ((DISTRICT, WARD), (OTHER_WARD, HEIR))
        rows = [{"unit_id": world.units[old], "successor_id": world.units[new]} for old, new in pairs]
        session.execute(insert(unit_successor), rows)


def _freeze(app: Flask) -> None:
    """Figures of the whole city, and of the other ward's neighbour alone, are frozen."""
    browser = signed_in(app)
    for unit in (CITY, WARD):
        query = f"unit={unit}&period=2026-10&questionnaire=sipas-2024@1"
        fields = browser.get(f"/staff/frozen/new?{query}").fields()
        browser.send("/staff/frozen", fields | {"confirmed": "yes"})


def _comment(world: World) -> None:
    """Citizens of both wards wrote something: two batches."""
    for seed, point in enumerate((POINT, OTHER_POINT)):
        say(world, several("Góp ý", 10, point=point, day=date(2026, 10, 5)), seed)
    with writing() as session:
        comments.put_together(session, Month(2026, 11), 10, "refresher", NOW, Random(1))


def id_of(email: str) -> int:
    with reading() as session:
        return session.scalars(select(Staff.id).where(Staff.email == email)).one()


def rules(app: Flask) -> list[Rule]:
    """What can be fetched of the staff pages."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff") and "GET" in (rule.methods or ()) and rule.endpoint not in COSTLY
    ]


def values(rule: Rule) -> Iterator[Mapping[str, object]]:
    """Every way to fill the arguments of a route, those of units outside among them."""
    if not rule.arguments - {"purpose"}:
        yield {}
    elif rule.arguments == {"code"} and rule.endpoint.startswith("points."):
        yield from ({"code": code} for code in (*POINTS, "XXXXXX"))
    elif rule.arguments == {"code"}:
        yield from ({"code": code} for code in (*INSIDE, *OUTSIDE, "00000"))
    elif "staff_id" in rule.arguments:
        for email in (COLLEAGUE, STRANGER):
            rest = {name: FREE[name] for name in rule.arguments - {"staff_id"}}
            yield {"staff_id": id_of(email), **rest}
    elif rule.endpoint.startswith(("paper", "questionnaire")):  # of points they name those within reach
        known = {"name": "sipas-2024@1", "look": "phone", "code": "vi", "turn": 1, "place": 1}
        yield {name: known.get(name, 1) for name in rule.arguments}
    elif rule.arguments <= NUMBERED:
        (name,) = rule.arguments
        yield from ({name: number} for number in (1, 2, 3))
    else:
        yield {name: FREE[name] for name in rule.arguments - {"purpose"}}


def addresses(app: Flask) -> Iterator[str]:
    """Every address with every unit named in its query string, and with none."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        paths = [adapter.build(rule.endpoint, dict(filled)) for rule in rules(app) for filled in values(rule)]
    for path in paths:
        yield f"{path}?{PERIOD}"
        if path.rpartition("/")[2] not in (*INSIDE, *OUTSIDE, *POINTS):
            yield from (f"{path}?{PERIOD}&unit={code}" for code in (*INSIDE, *OUTSIDE))
    yield from (f"/staff/rates.csv?{PERIOD}&unit={code}&by={by}" for code in OUTSIDE for by in ("item", "month"))
    yield from (f"/staff/admin/sheets.pdf?point={code}" for code in POINTS)
    batch = "flag=fast&span=2026-10"
    yield from (f"/staff/flags/quarantine?unit={u}&point={p}&{batch}" for u in OUTSIDE for p in POINTS)
    yield from (f"/staff/frozen/{row}?unit={code}" for row in (1, 2) for code in OUTSIDE)
    yield from (f"/staff/rates.csv?frozen={row}&unit={code}" for row in (1, 2) for code in OUTSIDE)


def leaks(address: str, body: bytes) -> list[str]:
    """What an answer says of units outside: their names, people and points. A code that was asked for is an echo."""
    if body.startswith(b"%PDF"):  # compressed: a sheet is of the one point that was asked for
        return [address for code in (OTHER_POINT, CLOSED_POINT) if code in address]
    if is_zipfile(BytesIO(body)):
        archive = ZipFile(BytesIO(body))
        body = b"\n".join(archive.read(name) for name in archive.namelist())
    text = re.sub(r"<title>.*?</title>", "", body.decode("utf-8", "replace"))
    secret = [*OUTSIDE.values(), STRANGER, OTHER_POINT, CLOSED_POINT]
    secret += [code for code in (OTHER_WARD, HEIR) if code not in address]
    if address.startswith("/staff/frozen"):
        secret.remove(OUTSIDE[CITY])  # whose freeze holds the reader's figures is said; its figures are not shown
    if address.startswith("/staff/compare"):
        secret.remove(OUTSIDE[DISTRICT])  # what a unit was formed from is said; its figures are not shown
    asked = [code for code in (OTHER_POINT, CLOSED_POINT) if code in address]
    return [f"{address}: {word}" for word in secret if word in text and word not in asked]


# On one database: what a role may do is decided above it, and the walk is long.
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_address_gives_a_reader_anything_of_units_outside(app: Flask, answered: Answered) -> None:
    found, broken = [], []
    for role in Role:
        email, opened = f"{role.value}@hanoi.gov.vn", 0
        account(answered.world, WARD, email, role)
        browser = signed_in(app, email)
        for address in addresses(app):
            answer = browser.client.get(address)
            body = answer.get_data()
            opened += answer.status_code == 200
            if answer.status_code >= 500 or b"Traceback" in body:
                broken.append(f"{role}: {address}: {answer.status_code}")
            found += leaks(address, body)
        assert opened > 30, "the reader sees their own"
    assert broken == []
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_position_sees_its_own_and_what_lies_below(app: Flask, answered: Answered) -> None:
    every = (*INSIDE, *OUTSIDE)
    for position in every:
        seen = {WARD: {WARD, BELOW}, CITY: set(every)}.get(position, {position})
        for role in Role:
            email = f"{role.value}.{position.lower()}@hanoi.gov.vn"
            account(answered.world, position, email, role)
            browser = signed_in(app, email)
            for code in every:
                for path in (f"/staff/units/{code}", f"/staff/rates.csv?unit={code}&by=unit"):
                    assert browser.client.get(path).status_code == (200 if code in seen else 404), (role, path)


def test_a_token_of_a_ward_reads_nothing_of_units_outside(app: Flask, answered: Answered) -> None:
    calls.give_token(WARD)
    headers = {"Authorization": f"Bearer {calls.TOKEN}"}
    client = app.test_client()
    for code in ("", *INSIDE, *OUTSIDE):
        for by in ("unit", "factor", "item", "month"):
            address = f"/api/v1/rates?{PERIOD}&by={by}" + (f"&unit={code}" if code else "")
            answer = client.get(address, headers=headers)
            assert answer.status_code < 500
            assert leaks(address, answer.get_data()) == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_without_sign_in_no_address_gives_anything(app: Flask, answered: Answered) -> None:
    with writing() as session:
        links.make(session, id_of(STRANGER), LinkPurpose.RESET, "a token", NOW)
    browser = Browser(app)
    for address in addresses(app):
        answer = browser.client.get(address)
        assert answer.status_code in (200, 302, 303, 404), address
        if answer.status_code == 200:
            assert address.startswith("/staff/sign-in?"), address
        assert leaks(address, answer.get_data()) == []
