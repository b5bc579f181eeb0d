"""Appending to the record, alone and from several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from survey.domain import audit as rules
from survey.domain.audit import Action
from survey.extensions import reading, writing
from survey.models import AuditEvent
from survey.queries import audit as queries
from survey.services import audit
from tests.support import places
from tests.support.audit import unguarded
from tests.support.places import NOW

WRITERS, EACH = 8, 6


def first_break() -> int | None:
    with reading() as session:
        return rules.first_break(queries.links(session))


def test_what_was_recorded_reads_back_in_order(app: Flask) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(
                session, NOW + timedelta(seconds=number), "hạnh", Action.DOWNLOADED, f"{number}", {"đơn vị": "00166"}
            )
    with reading() as session:
        links = list(queries.links(session))
    assert [(link.event.subject, link.event.detail) for link in links] == [
        (str(number), '{"đơn vị":"00166"}') for number in range(3)
    ]
    assert first_break() is None


def test_appenders_at_once_make_one_chain(app: Flask) -> None:
    def append(writer: int) -> None:
        with app.app_context():
            for number in range(EACH):
                with writing() as session:
                    audit.record(session, NOW, f"writer {writer}", Action.DOWNLOADED, str(number))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(append, range(WRITERS)))
    with reading() as session:
        assert len(list(queries.links(session))) == WRITERS * EACH
    assert first_break() is None


def three_events() -> None:
    for number in range(3):
        with writing() as session:
            audit.record(session, NOW, "hạnh", Action.DOWNLOADED, str(number))


def flaw(mark: str | None = None) -> tuple[str, int] | None:
    with reading() as session:
        found = rules.check(queries.links(session), queries.head(session), rules.mark_of(mark) if mark else None).flaw
    return None if found is None else (found.kind.value, found.number)


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_what_was_recorded(app: Flask, statement: str) -> None:
    three_events()
    with pytest.raises(DatabaseError, match="never changes"), writing() as session:
        session.execute(text(statement))
    for of_the_head in ("UPDATE audit_head SET count = 1", "DELETE FROM audit_head"):
        with pytest.raises(DatabaseError, match="never changes"), writing() as session:
            session.execute(text(of_the_head))
    assert flaw() is None


def test_what_is_changed_behind_the_databases_back_is_found(app: Flask) -> None:
    three_events()
    with reading() as session:
        first, altered, last = session.scalars(select(AuditEvent.id).order_by(AuditEvent.id))
        head = queries.head(session)
    assert head is not None
    assert head.count == 3
    for statement, found in (
        (f"UPDATE audit_event SET actor = 'ai đó' WHERE id = {altered}", ("altered", altered)),
        (f"UPDATE audit_event SET unit = '00166' WHERE id = {altered}", ("altered", altered)),
        (f"DELETE FROM audit_event WHERE id = {altered}", ("altered", last)),
        (f"DELETE FROM audit_event WHERE id > {first}", ("cut", 2)),
        ("DELETE FROM audit_head", ("added", 3)),
    ):
        with unguarded() as session:
            session.execute(text(statement))
            session.flush()
            result = rules.check(queries.links(session), queries.head(session)).flaw
            session.rollback()
        assert result is not None
        assert (result.kind.value, result.number) == found, statement
    assert flaw(head.mark) is None


def test_a_record_made_anew_is_found_by_a_mark_noted_elsewhere(app: Flask) -> None:
    three_events()
    with reading() as session:
        head = queries.head(session)
    assert head is not None
    with unguarded() as session:
        session.execute(text("DELETE FROM audit_event"))
        session.execute(text("DELETE FROM audit_head"))
        session.commit()
    assert flaw() is None
    assert flaw(head.mark) == ("cut", 3)
    three_events()
    with writing() as session:
        audit.record(session, NOW, "hạnh", Action.DOWNLOADED, "3")
    assert flaw() is None, "the database alone cannot tell"
    assert flaw(rules.Head(3, "0" * 64).mark) is not None


def test_an_event_belongs_to_the_unit_that_it_is_about(app: Flask) -> None:
    with writing() as session:
        places.build(session)
        for action, subject, detail in (
            (Action.TARGET_SET, places.WARD, {"kind": "satisfaction"}),
            (Action.POINT_CHANGED, places.OTHER_POINT, {}),
            (Action.DOWNLOADED, "rates.csv", {"unit": places.CITY}),
            (Action.SIGNED_IN, "hanh@hanoi.gov.vn", {}),
        ):
            audit.record(session, NOW, "hạnh", action, subject, detail)
    with reading() as session:
        units = [link.event.unit for link in queries.links(session)]
    assert units == [places.WARD, places.OTHER_WARD, places.CITY, None]
    assert flaw() is None
