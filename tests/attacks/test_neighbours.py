"""Somebody of one ward, in every role, asks every address for what is another ward's, and tries to change it.

What the other ward holds carries a mark: people, a point, a batch of comments, frozen figures, a target, a file that
waits, a token. No answer may have one, and after every form that can be sent each of its rows is what it was.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.access import Role
from survey.extensions import db, writing
from survey.models import (
    ApiToken,
    BatchComment,
    CommentBatch,
    CommentTheme,
    Device,
    FrozenPeriod,
    Grant,
    InvitationDraw,
    Pairing,
    PaperBatch,
    PaperForm,
    Point,
    Quarantine,
    Questionnaire,
    ReportJob,
    Staff,
    StaffLink,
    Target,
    Unit,
    Upload,
)
from tests.support import answers, calls, crawling
from tests.support.answers import Answered
from tests.support.pages import Browser
from tests.support.places import CITY, NOW, OTHER_POINT, OTHER_WARD, QUICK_POINT, WARD
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import account, signed_in

MARK, STRANGER = "BIMATHOANKIEM", "bimathoankiem@hanoi.gov.vn"
NAME = "UBND phường Hoàn Kiếm"
MARKS = (MARK.lower(), NAME.lower(), STRANGER, "91.37", "91,37")
# What the public may see, citizens and programs alike: names of units are no secret there.
PUBLIC = re.compile(
    r"/(?:$|\?|p/|k|board|about|privacy|offline|api/v1/(?:units|questionnaires|openapi)|gallery|static|i/)"
)
IDS = range(1, 4)
JOB = "j" * 24  # its id, should somebody guess it
COSTLY = re.compile(r"\.(?:xlsx|zip|pdf|docx|png|svg)$")
KEPT = (
    ApiToken,
    BatchComment,
    CommentBatch,
    CommentTheme,
    Device,
    FrozenPeriod,
    InvitationDraw,
    PaperBatch,
    PaperForm,
    Pairing,
    Quarantine,
    ReportJob,
    Target,
    Unit,
    Upload,
)


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build(Role.MANAGER, CITY)
    other = found.world.units[OTHER_WARD]
    account(found.world, OTHER_WARD, STRANGER, Role.MANAGER)
    calls.give_token(OTHER_WARD, token="khsl_of-the-other-ward")
    month = (date(2026, 10, 1), date(2026, 10, 31))
    with writing() as session:
        fill(session, Plan(other, found.world.points[OTHER_POINT], found.world.version, 80, *month, lean=-0.5), 77)
    release()
    with writing() as session:
        stranger = session.scalars(select(Staff).where(Staff.email == STRANGER)).one()
        stranger.name = MARK
        session.scalars(select(Point).where(Point.code == OTHER_POINT)).one().label = MARK
        session.add(Target(unit_id=other, year=2026, kind="satisfaction", name=MARK, percent=Decimal("91.37")))
        batch = CommentBatch(unit_id=other, month="2026-11", pooled=False, oldest=date(2026, 10, 1))
        session.add(batch)
        session.flush()
        session.add(CommentTheme(batch_id=batch.id, name=MARK, note=MARK))
        session.add(BatchComment(batch_id=batch.id, position=0, masked=MARK))
        add_more(session, stranger.id, session.scalars(select(Point).where(Point.code == OTHER_POINT)).one())
        session.add(
            Upload(
                staff_id=stranger.id, kind="units", name=MARK, options="{}", content=b"", expires_at=NOW + timedelta(1)
            )
        )
    freeze(app)
    return found


def add_more(session: Session, stranger: int, point: Point) -> None:
    """A report that is made, paper that is being keyed, a draw of invitations, a decision on answers, a draft."""
    times = {"started_at": NOW, "told_at": NOW}
    made = {"name": f"{MARK}.pdf", "again": f"unit={OTHER_WARD}", "state": "made", "done": 1, "total": 1}
    session.add(ReportJob(id=JOB, staff_id=stranger, content=MARK.encode(), **made, **times))
    quick = session.scalars(select(func.min(Questionnaire.id))).one()
    batch = PaperBatch(point_id=point.id, questionnaire_id=quick, number=MARK, day=NOW.date(), forms=2)
    batch.opened_at, batch.opened_by = NOW, STRANGER
    days = dict.fromkeys(("first", "last", "opens", "expires"), NOW.date())
    draw = InvitationDraw(unit_id=point.unit_id, point_id=point.id, way="random", seed=MARK, **days)
    draw.population, draw.drawn, draw.made_at, draw.made_by = 9, 3, NOW, STRANGER
    decided = Quarantine(unit_id=point.unit_id, point_id=point.id, flag=1, first=NOW.date(), last=NOW.date())
    decided.answers, decided.reason, decided.decided_by, decided.decided_at = 12, MARK, STRANGER, NOW
    draft = Upload(staff_id=stranger, kind="questionnaire", name=MARK, options="{}", content=b"")
    draft.expires_at = NOW + timedelta(1)
    session.add_all([batch, draw, decided, draft])
    session.flush()
    session.add(PaperForm(batch_id=batch.id, place=1, first=b"x", first_by=stranger))


def freeze(app: Flask) -> None:
    """Freeze a month of the other ward alone."""
    browser = signed_in(app)
    query = f"unit={OTHER_WARD}&period=2026-10&questionnaire=sipas-2024@1"
    fields = browser.get(f"/staff/frozen/new?{query}").fields()
    browser.send("/staff/frozen", fields | {"confirmed": "yes"})


def filled(app: Flask, method: str) -> Iterator[str]:
    """Every route with what is the other ward's in its arguments."""
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint == "auth.sign_out":
            continue
        numbers = IDS if any(kind in rule.rule for kind in ("<int", "number")) else IDS[:1]
        codes: tuple[str, ...] = (OTHER_WARD, OTHER_POINT, QUICK_POINT) if "code" in rule.arguments else (OTHER_WARD,)
        for number in numbers:
            for code in codes:
                known = dict.fromkeys(rule.arguments, number) | {"code": code, "point": OTHER_POINT, "act": "reset"}
                known |= {
                    "name": "overview",
                    "fmt": "svg",
                    "token": "x",
                    "part": "forms",
                    "key": "quick",
                    "job_id": JOB,
                }
                yield crawling.address(app, rule, known)


def queries() -> Iterator[str]:
    """What names the other ward in an address."""
    period = "from=2025-12&to=2026-11"
    for name in ("unit", "above", "group", "q", "who"):
        yield f"{name}={OTHER_WARD}&{period}"
    yield f"point={OTHER_POINT}&unit={WARD}"
    yield f"unit={WARD}&unit={OTHER_WARD}&by=unit"
    yield from (f"frozen={number}&unit={OTHER_WARD}" for number in IDS)


def told(body: bytes) -> str:
    """The text of an answer, also of a packed one."""
    if is_zipfile(io.BytesIO(body)):
        archive = ZipFile(io.BytesIO(body))
        body = b"\n".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace").lower()


def held(world_unit: int) -> dict[str, list[Any]]:
    """Every row that is the other ward's or a stranger's."""
    with db.get_engine().connect() as connection:
        rows = {
            table.__tablename__: [tuple(row) for row in connection.execute(select(table.__table__))] for table in KEPT
        }
        points = select(Point.__table__).where(Point.unit_id == world_unit)
        people = select(Staff.__table__).where(Staff.email == STRANGER)
        grants = select(Grant.__table__).where(Grant.unit_id == world_unit)
        links = select(StaffLink.__table__)
        for name, statement in (("point", points), ("staff", people), ("grant", grants), ("staff_link", links)):
            rows[name] = [tuple(row) for row in connection.execute(statement)]
    return rows


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nobody_gets_anything_of_another_ward_by_any_address(app: Flask, answered: Answered) -> None:
    app.testing = False
    found, opened, asked = [], 0, list(queries())
    for role in Role:
        email = f"{role.value}@hanoi.gov.vn"
        account(answered.world, WARD, email, role)
        browser = signed_in(app, email)
        for at, path in enumerate(filled(app, "GET")):
            # The roles take the queries in turn: together they ask each address with each.
            turn = ("", *asked[at % 5 :: 5]) if path.startswith("/staff") else ("",)
            # A file that takes long is asked for the other ward alone: it is refused before it is made.
            for query in asked[:1] if COSTLY.search(path) else turn:
                answer = browser.client.get(f"{path}?{query}")
                assert answer.status_code < 500, (role, path, query)
                opened += answer.status_code == 200
                text = told(answer.get_data())
                if not PUBLIC.match(path):
                    found += [f"{role} {path}?{query}: {mark}" for mark in MARKS if mark in text]
    assert opened > 200
    assert found == [], "\n".join(found[:20])
    owner = signed_in(app, STRANGER)
    own: tuple[str, ...] = (
        "/staff/comments/1",
        f"/staff/admin/points/{OTHER_POINT}",
        "/staff/admin/targets",
        "/staff/frozen",
    )
    own += ("/staff/entry/1", "/staff/admin/invitations", f"/staff/reports/{JOB}", f"/staff/reports/{JOB}/file")
    seen = [owner.client.get(path).get_data(as_text=True).lower() for path in own]
    assert all(any(mark in text for mark in MARKS) for text in seen), "who may see it does"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nobody_changes_anything_of_another_ward_by_any_form(app: Flask, answered: Answered) -> None:
    app.testing = False
    unit = answered.world.units[OTHER_WARD]
    before = held(unit)
    for role in Role:
        email = f"{role.value}@hanoi.gov.vn"
        account(answered.world, WARD, email, role)
        browser = signed_in(app, email)
        token = browser.get("/staff/account").fields()["csrf_token"]
        for path in filled(app, "POST"):
            if path.startswith(("/staff/account", "/staff/sign-in", "/staff/confirm", "/p/", "/api/", "/k", "/i/")):
                continue
            for fields in forms(token):
                assert browser.client.post(path, data=fields).status_code < 500, (role, path)
        after = held(unit)
        changed = [name for name in before if [row for row in before[name] if row not in after[name]]]
        assert changed == [], (role, changed)
        assert_nothing_added(before, after, unit)


def forms(token: str) -> Iterator[dict[str, str]]:
    """Fields that would do something to what is the other ward's."""
    shared = {"csrf_token": token, "unit": OTHER_WARD, "point": OTHER_POINT, "confirmed": "yes", "year": "2026"}
    shared |= {"value": "50", "period": "2026-09", "questionnaire": "sipas-2024@1", "label": "x", "reason": "x"}
    yield shared | {"act": "name", "name": "x", "theme": "1", "note": "x", "role": "viewer", "email": STRANGER}
    yield shared | {"act": "dates", "valid_to": "2026-12-31", "above": CITY, "from": OTHER_WARD, "pin": "4711"}
    yield shared | {"act": "commit", "disabled": "yes", "grant": f"viewer {OTHER_WARD}", "parent_code": OTHER_WARD}


def assert_nothing_added(before: dict[str, list[Any]], after: dict[str, list[Any]], unit: int) -> None:
    """New rows are of one's own ward: none has a place in the other."""
    for name in ("point", "grant", "staff_link", "target", "frozen_period", "comment_theme", "pairing", "device"):
        added = [row for row in after[name] if row not in before[name]]
        if name in ("target", "frozen_period"):
            added = [row for row in added if unit in row[:2]]
        assert added == [] or name == "staff_link", (name, added)


def test_a_token_of_one_ward_reads_nothing_of_another(app: Flask, answered: Answered) -> None:
    calls.give_token(WARD)
    client, headers = app.test_client(), {"Authorization": f"Bearer {calls.TOKEN}"}
    for query in ("", *queries(), *(f"{query}&by={by}" for query in queries() for by in ("unit", "item", "month"))):
        answer = client.get(f"/api/v1/rates?{query}", headers=headers)
        assert answer.status_code in (200, 401, 404, 409, 422, 429)
        assert not [mark for mark in MARKS if mark in told(answer.get_data())], query
    browser = Browser(app)
    for path in filled(app, "GET"):
        if path.startswith("/staff"):  # the API's token opens no page
            assert browser.client.get(path, headers=headers).status_code in (200, 302, 303, 404)
