"""A thousand citizens, and an attacker who sees all that staff see and knows who came where, on which day and how.

The property: whatever forms the people of one lot filled in, everything that is shown stays the same, to the byte,
when they are dealt out among these people anew. So each of ten or more forms may be anybody's of ten or more people,
and who guesses can do no better than to draw one of them.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey.cli import refresher
from survey.domain.access import Role
from survey.domain.periods import Month
from survey.extensions import reading, writing
from survey.models import (
    SLOT_COLUMNS,
    BatchComment,
    Comment,
    CommentBatch,
    IntegrityFigure,
    Layer,
    LotContent,
    Pending,
    Released,
    ReleasedPart,
    Response,
    Tally,
)
from survey.queries import comments
from survey.services import comments as batching
from tests.support import calls, places
from tests.support.pages import Browser
from tests.support.places import CITY, KIOSK, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import account, signed_in
from tests.web.test_integrity_page import FEBRUARY

PEOPLE, LEAST = 1000, 10
FORM = (*SLOT_COLUMNS, "facts")
YEAR = ("--from", "2026-01", "--to", "2026-12")
Person = tuple[int, Any]


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    """Crowded and quiet months, two channels of one ward, few people in the other; many answer little."""
    with writing() as session:
        found = places.build(session)
        ward, other, version = found.units[WARD], found.units[OTHER_WARD], found.version
        all_year, quiet = (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 3, 1), date(2026, 8, 31))
        plans = (
            Plan(ward, found.points[POINT], version, 700, *all_year, silent=0.3, quarantined=0.03),
            Plan(ward, found.points[KIOSK], version, 200, *all_year, channel="kiosk", silent=0.6),
            Plan(other, found.points[OTHER_POINT], version, 100, *quiet, silent=0.5, lean=-0.4),
        )
        rows = [row for seed, plan in enumerate(plans) for row in fill(session, plan, seed)]
        assert len(rows) == PEOPLE
        random = Random(8)
        for number, row in enumerate(rows):
            said = random.choices(("none", "some", "many"), (60, 4, 2))[0]
            _mine(session, row, {"facts": {"harassment": said, "extra_fees": random.choice(("none", "some"))}})
            if random.random() < 0.3:
                values = {"unit_id": row["unit_id"], "client_id": row["client_id"], "masked": f"Lời của {number}"}
                session.execute(insert(Comment).values(values))
    clock.move_to(FEBRUARY)
    return found


def _mine(session: Any, row: Any, values: dict[str, Any]) -> None:
    session.execute(
        update(Response)
        .where(Response.unit_id == row["unit_id"], Response.client_id == row["client_id"])
        .values(values)
        .execution_options(synchronize_session=False)
    )


def show() -> None:
    """Release everything, put comments together, count the year."""
    release(FEBRUARY)
    with writing() as session:
        batching.put_together(session, Month(2027, 2), LEAST, "test", FEBRUARY, Random(5))
    refresher.one_round(None, FEBRUARY)


def forget() -> None:
    """Nothing was shown yet."""
    with writing() as session:
        for table in (BatchComment, CommentBatch, IntegrityFigure, LotContent, ReleasedPart, Released, Tally):
            session.execute(delete(table))
        session.execute(update(Response).values(lot=None))
        people = session.execute(select(Response.unit_id, Response.client_id, Response.day))
        session.execute(insert(Pending), [row._asdict() for row in people])


def seen(app: Flask, folder: Path) -> dict[str, bytes]:
    """All that staff of the city can look at: figures by everything, pictures, calls, comments, harassment."""
    found = {}
    run = app.test_cli_runner().invoke
    for unit in (CITY, WARD, OTHER_WARD):
        for by in ("unit", "factor", "item", "month"):
            path = folder / "figures.csv"
            done = run(args=["rates", "export", "--unit", unit, *YEAR, "--by", by, "--format", "csv", "-o", str(path)])
            assert done.exit_code == 0, done.output
            found[f"{unit} {by}"] = path.read_bytes()
    browser, inspector = signed_in(app), signed_in(app, "i@hanoi.gov.vn")
    for month in range(1, 13):
        for channel in ("", "poster", "kiosk"):
            query = f"from=2026-{month:02}&to=2026-{month:02}&channel={channel}&by=item&unit={WARD}"
            found[query] = browser.client.get(f"/staff/rates.csv?{query}").get_data()
    found |= looked_at(app, browser)
    with reading() as session:
        batches = comments.batches(session, [1, 2, 3])
    for number, batch in enumerate(batches):
        found[f"comments {number}"] = browser.client.get(f"/staff/comments/{batch.id}/comments.csv").get_data()
    text = inspector.client.get("/staff/integrity?lang=vi").get_data(as_text=True)
    found["integrity"] = text[text.index("<h1") : text.index("</main>")].encode()
    return found


def looked_at(app: Flask, browser: Browser) -> dict[str, bytes]:
    """Pictures, pages, and what programs get."""
    found = {}
    whole = "from=2026-01&to=2026-12"
    for picture in ("overview", "factors", "levels", "trend", "heat"):
        query = f"/staff/charts/{picture}.svg?{whole}&unit={WARD if picture != 'overview' else CITY}"
        answer = browser.client.get(query)
        assert answer.status_code == 200, query
        found[query] = answer.get_data()
    for page in ("/staff/", f"/staff/units/{WARD}", "/staff/heat", "/staff/ranking", "/staff/why", "/staff/compare"):
        text = browser.client.get(f"{page}?{whole}&lang=vi").get_data(as_text=True)
        main = text[text.index("<h1") : text.index("</main>")]
        found[page] = re.sub(r'name="csrf_token" value="[^"]*"', "", main).encode()
    for by in ("unit", "factor", "item", "month"):
        told = calls.call(app, f"/api/v1/rates?{whole}&unit={WARD}&by={by}&limit=100")
        found[f"api {by}"] = json.dumps(told.get_json()["rates"]).encode()
    return found


def exported(app: Flask, folder: Path) -> Counter[str]:
    """The rows that may be published, in whatever order."""
    path = folder / "rows.csv"
    done = app.test_cli_runner().invoke(args=["responses", "export", "--unit", CITY, *YEAR, "-o", str(path)])
    assert done.exit_code == 0, done.output
    return Counter(path.read_text("utf-8-sig").splitlines())


def people() -> dict[Person, Any]:
    """The row of each released person."""
    with reading() as session:
        rows = session.execute(select(Response.__table__).where(Response.lot.is_not(None))).all()
    return {(row.unit_id, row.client_id): row for row in rows}


def deal_anew(groups: Iterable[list[Person]], random: Random) -> int:
    """Deal the forms of each group out anew; how many people have another form now."""
    rows, changed = people(), 0
    with writing() as session:
        for group in groups:
            dealt = random.sample(group, len(group))
            for person, giver in zip(group, dealt, strict=True):
                row, other = rows[person], rows[giver]
                changed += any(getattr(row, name) != getattr(other, name) for name in FORM)
                values = {name: getattr(other, name) for name in FORM}
                _mine(session, {"unit_id": person[0], "client_id": person[1]}, values)
    return changed


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_forms_of_a_lot_may_be_anybodys_there(app: Flask, world: World, tmp_path: Path) -> None:
    account(world, CITY, role=Role.MANAGER)
    account(world, CITY, "i@hanoi.gov.vn", Role.INSPECTOR)
    calls.give_token(CITY)
    said = _comments()
    show()
    before, rows = seen(app, tmp_path), exported(app, tmp_path)
    assert len(before) > 50
    lots: defaultdict[int, list[Person]] = defaultdict(list)
    for person, row in people().items():
        lots[row.lot].append(person)
    assert min(map(len, lots.values())) >= LEAST
    assert sum(map(len, lots.values())) > 0.95 * PEOPLE, "hardly anybody waits"
    assert deal_anew(lots.values(), Random(2)) > 0.9 * PEOPLE, "nearly everybody has another form"
    forget()
    _say_anew(said, Random(3))  # freely among those who commented at a unit: nothing ties a comment to a form
    show()
    after = seen(app, tmp_path)
    assert [name for name in before if before[name] != after[name]] == []
    assert before.keys() == after.keys()
    assert exported(app, tmp_path) == rows, "rows and figures together give no more than figures"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_rows_of_a_key_may_be_anybodys_there(app: Flask, world: World, tmp_path: Path) -> None:
    show()
    before = exported(app, tmp_path)
    header, *rows = sorted(before.elements(), key=lambda row: not row.startswith("month"))
    assert header.split(",")[:7] == [
        "month",
        "unit_code",
        "questionnaire",
        "channel",
        "assisted",
        "procedure",
        "quarantined",
    ]
    shared = Counter(tuple(row.split(",")[:7]) for row in rows)
    assert min(shared.values()) >= LEAST
    # People of one lot are alike to whoever reads rows, and so are those of lots that say the same.
    alike: defaultdict[tuple[object, ...], list[Person]] = defaultdict(list)
    with reading() as session:
        said = {lot.id: (lot.unit_id, lot.first, lot.last, lot.channel, lot.quarantined) for lot in _lots(session)}
    for person, row in people().items():
        alike[said[row.lot]].append(person)
    assert deal_anew(alike.values(), Random(4)) > 0.9 * PEOPLE
    assert exported(app, tmp_path) == before
    deal_anew([list(people())], Random(5))
    assert exported(app, tmp_path) != before, "what differs would be seen"


def _lots(session: Session) -> Iterable[Released]:
    return session.scalars(select(Released).where(Released.layer == Layer.LOT))


def _comments() -> list[tuple[int, Any, str]]:
    with reading() as session:
        return [(row.unit_id, row.client_id, row.masked) for row in session.scalars(select(Comment))]


def _say_anew(said: list[tuple[int, Any, str]], random: Random) -> None:
    """The same words, of other people of the same unit."""
    by_unit: defaultdict[int, list[str]] = defaultdict(list)
    for unit_id, _, text in said:
        by_unit[unit_id].append(text)
    for texts in by_unit.values():
        random.shuffle(texts)
    rows = [{"unit_id": unit, "client_id": client, "masked": by_unit[unit].pop()} for unit, client, _ in said]
    with writing() as session:
        session.execute(delete(Comment))
        session.execute(insert(Comment), rows)
