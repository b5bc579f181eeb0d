"""Appending to the record, alone and from several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from survey.domain import audit as rules
from survey.extensions import reading, writing
from survey.models import AuditEvent
from survey.queries import audit as queries
from survey.services import audit
from tests.support.places import NOW

WRITERS, EACH = 8, 6


def first_break() -> int | None:
    with reading() as session:
        return rules.first_break(queries.links(session))


def test_what_was_recorded_reads_back_in_order(app: Flask) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(
                session, NOW + timedelta(seconds=number), "hạnh", "downloaded", f"{number}", {"đơn vị": "00166"}
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
                    audit.record(session, NOW, f"writer {writer}", "downloaded", str(number))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(append, range(WRITERS)))
    with reading() as session:
        assert len(list(queries.links(session))) == WRITERS * EACH
    assert first_break() is None


def test_a_row_altered_in_the_database_is_found(app: Flask) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(session, NOW, "hạnh", "downloaded", str(number))
    with writing() as session:
        session.execute(update(AuditEvent).where(AuditEvent.subject == "1").values(actor="ai đó"))
        altered = session.scalar(select(AuditEvent.id).where(AuditEvent.subject == "1"))
    assert first_break() == altered
