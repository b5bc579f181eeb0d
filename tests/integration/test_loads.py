"""Many forms stored in one go leave what they would leave one after the other: every table, the released ones too."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from survey import demo
from survey.domain import answers
from survey.domain.disclosure import rounds
from survey.domain.dossiers import Dossier
from survey.extensions import db, writing
from survey.queries import points, waiting
from survey.services import releases, responses, shipped, tallies
from survey.services.loads import AT_ONCE, Giving, Givings, Load
from survey.services.responses import Submission
from tests.support import places
from tests.support.places import NOW, POINT

TABLES = ("response", "pending", "comment", "tally", "released", "released_part")
Rows = list[dict[str, Any]]


class OneByOne:
    """Stores the same givings the ordinary way."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> "OneByOne":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def add(self, form: Submission, givings: Givings) -> None:
        for giving in givings.each():
            own = replace(
                form,
                client_id=giving.client_id,
                day=giving.day,
                received_at=giving.received_at,
                body_hash=giving.body_hash,
                answers=replace(form.answers, dossier=giving.dossier),
            )
            assert responses.accept(self.session, own) is responses.Outcome.ACCEPTED


def tables(session: Session) -> dict[str, Rows]:
    """All rows, without what chance decides: the keys of dossiers, and the numbers that a sequence gives."""
    first = session.scalar(text("SELECT min(id) FROM released")) or 0
    points = {row.id: row.code for row in session.execute(text("SELECT id, code FROM point"))}
    found = {}
    for name in TABLES:
        rows: Rows = [dict(row) for row in session.execute(text(f"SELECT * FROM {name}")).mappings()]
        for row in rows:
            for column in ("id", "lot", "lot_id", "released_id"):
                if name.startswith(("released", "response")) and row.get(column) is not None:
                    row[column] -= first
            if name == "response":
                row["point_id"] = points[row["point_id"]]
                row["dossier_hash"] = row["dossier_hash"] is not None
        found[name] = sorted(rows, key=repr)
    return found


def left_by(app: Flask, taker: Any, count: int, alone: int, *, released: bool) -> dict[str, Rows]:
    """What a demonstration leaves, perhaps after it is taken up and released; rolled back."""
    with suppress(InterruptedError), writing() as session:
        secret = app.config["SECRET_KEY"]
        demo.load(session, count, 5, NOW, secret, lambda made: None, alone=alone, taker=taker)
        if released:
            while tallies.refresh(session):
                pass
            now = rounds.everything(NOW, 10)
            releases.take_up(session, waiting.units(session, now.until), now)
            releases.pool(session, now)
        found = tables(session)
        raise InterruptedError
    return found


@pytest.mark.parametrize(("count", "alone"), [(600, 600), (2_000, 0)], ids=["own forms", "shared forms"])
def test_a_crowd_leaves_the_same_tables_whichever_way_it_is_stored(app: Flask, count: int, alone: int) -> None:
    with writing() as session:
        shipped.install(session, NOW)
    # What follows from equal tables is compared once: it takes ten times as long as the rest.
    released = not alone and db.get_engine().dialect.name == "sqlite"
    at_once = left_by(app, Load, count, alone, released=released)
    one_by_one = left_by(app, OneByOne, count, alone, released=released)
    assert len(at_once["response"]) == count
    assert sum(row["dossier_hash"] for row in at_once["response"]) > count / 20
    assert len(at_once["comment"]) > count / 50
    assert bool(at_once["released"]) is bool(at_once["tally"]) is released
    assert at_once == one_by_one


def form(session: Session, world: places.World) -> Submission:
    point = points.by_code(session, POINT)
    assert point is not None
    document = {"answers": dict.fromkeys((item.key for item in world.version.items), 4), "comment": "Gọi 0912345678"}
    found = answers.check(document, world.version, frozenset(), date(2026, 11, 24))
    return Submission(UUID(int=0), point, world.version, found, date(2026, 11, 24), NOW, b"")


def giving(number: int, code: str | None, day: date = date(2026, 11, 24)) -> Giving:
    dossier = None if code is None else Dossier(code, date(2025, 12, 1))
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    return Giving(UUID(int=number), number.to_bytes(16, "big"), day, moment, dossier)


def counted(session: Session) -> list[bool]:
    rows = session.execute(text("SELECT counted FROM response ORDER BY client_id"))
    return [bool(row.counted) for row in rows]


def test_one_dossier_counts_once_also_beside_what_is_held_and_over_a_new_year(app: Flask) -> None:
    old = date(2025, 12, 30)
    with writing() as session:
        world = places.build(session)
        submission = form(session, world)
        before = [giving(1, "H26.1-251201-0001", old), giving(2, "H26.1-251201-0002", old)]
        OneByOne(session).add(submission, Givings.of(before))
    with writing() as session, Load(session) as load:
        again = [giving(3, "H26.1-251201-0001"), giving(4, "H26.1-251201-0003", old), giving(5, "H26.1-251201-0003")]
        load.add(submission, Givings.of([*again, giving(6, None), giving(7, None)]))
    with writing() as session:
        assert counted(session) == [True, True, False, True, False, True, True]
        assert session.scalar(text("SELECT count(*) FROM pending")) == 5
        assert set(session.scalars(text("SELECT masked FROM comment"))) == {"Gọi •••"}
        assert session.scalar(text("SELECT count(*) FROM comment")) == 7


def test_an_id_that_is_held_is_refused_and_nothing_is_stored(app: Flask) -> None:
    with writing() as session:
        submission = form(session, places.build(session))
    every = [giving(number, None) for number in range(AT_ONCE + 1)]
    with pytest.raises(Exception, match=r"(?i)unique"), writing() as session:
        _given_twice(session, submission, every)
    with writing() as session:
        assert counted(session) == []


def _given_twice(session: Session, submission: Submission, givings: list[Giving]) -> None:
    with Load(session) as load:
        load.add(submission, Givings.of(givings))
        load.add(submission, Givings.of(givings[:1]))
