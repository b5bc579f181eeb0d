"""A province of millions is a smaller one whose answers are copied: under ids of the same moments, sums as often."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

from sqlalchemy import Table, insert

from survey.domain import tickets
from survey.extensions import refreshing, writing
from survey.models import Pending, Response
from survey.services import tallies
from tests.bench import databases, province
from tests.support import places
from tests.support.databases import migrate, settings_for
from tests.support.places import NOW

ROWS, WAITS = 4, ("unit_id", "client_id", "day")
TABLE: Table = Response.__table__  # type: ignore[assignment]
WAITING: Table = Pending.__table__  # type: ignore[assignment]


def test_copies_are_answers_of_the_same_moment_and_sums_grow_with_them(tmp_path: Path) -> None:
    file = tmp_path / "small.sqlite3"
    migrate(f"sqlite:///{file}")
    with databases.application(settings_for(f"sqlite:///{file}")):
        with writing() as session:
            world = places.build(session)
            rows = [_response(world, number) for number in range(ROWS)]
            session.connection().execute(insert(TABLE), rows)
            session.connection().execute(insert(WAITING), [{key: row[key] for key in WAITS} for row in rows])
        with refreshing() as session:
            tallies.refresh(session)
    ids, marks, sums = _held(file)
    province._multiply(file, 3)
    more_ids, more_marks, more_sums = _held(file)
    assert len(ids) == ROWS
    assert len(more_ids) == len(set(more_ids)) == 3 * ROWS
    assert set(ids) < set(more_ids)
    assert {tickets.drawn_at(UUID(each)) for each in more_ids} == {NOW}
    assert more_marks == marks == [bytes(32)]
    assert sums == [(ROWS, ROWS)]
    assert more_sums == [(3 * ROWS, 3 * ROWS)]


def _response(world: places.World, number: int) -> dict[str, object]:
    return {
        "unit_id": world.units[places.WARD],
        "client_id": tickets.new_client_id(NOW, number.to_bytes(10, "big")),
        "body_hash": bytes(16),
        "questionnaire_id": world.version.id,
        "point_id": world.points[places.POINT],
        "channel": "poster",
        "assisted": False,
        "day": places.TODAY,
        "received_at": NOW,
        "dossier_hash": None if number else bytes(32),
        "a01": 4,
    }


def _held(file: Path) -> tuple[list[str], list[bytes], list[tuple[int, int]]]:
    """The ids, the marks of dossiers, and the sums of days: people, and those satisfied with the first item."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT client_id, dossier_hash FROM response").fetchall()
        sums = connection.execute("SELECT respondents, s01_c4 FROM tally").fetchall()
    return [row[0] for row in rows], [row[1] for row in rows if row[1] is not None], sums
