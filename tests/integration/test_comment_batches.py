"""Comments wait, and are read in batches from which nothing follows about who wrote what."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select

from survey.cli import refresher
from survey.domain import batches
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.models import AuditEvent, BatchComment, Comment, CommentBatch, Pending, Response
from survey.queries import catalogue
from survey.queries import comments as queries
from survey.services import comments
from tests.support import places
from tests.support.commenters import NEXT_MONTH, Said, say, several
from tests.support.places import CITY, KIOSK, OTHER_POINT, POINT, WARD, World


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


def batch(moment: datetime = NEXT_MONTH, seed: int = 3) -> int:
    """How many comments the job of that moment put into batches."""
    month = batches.month_due(local_day(moment))
    with writing() as session:
        made = comments.put_together(session, month, 10, "test", moment, Random(seed))
    return sum(len(each.keys) for each in made)


def read() -> dict[tuple[str, bool], list[str]]:
    """The texts of every batch, by unit and pool."""
    with reading() as session:
        units = {unit.id: unit.code for unit in catalogue.units(session)}
        found = queries.batches(session, units)
        return {
            (units[each.unit_id], each.pooled): [one.text for one in queries.comments(session, each.id)]
            for each in found
        }


def waiting() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_ten_of_a_unit_are_read_together_and_nine_wait(app: Flask, world: World, clock: time_machine.Traveller) -> None:
    say(world, several("Chờ lâu", 10))
    say(world, several("Ghế hỏng", 9, point=OTHER_POINT), 2)
    run = app.test_cli_runner()
    clock.move_to(NEXT_MONTH)
    assert "1 batches of 10 comments\nNothing was written" in run.invoke(args=["comments", "batch"]).output
    assert read() == {}
    for made in (1, 0):
        result = run.invoke(args=["comments", "batch", "--commit"])
        assert result.output == f"{made} batches of {10 * made} comments\n"
    assert {place: sorted(texts) for place, texts in read().items()} == {
        (WARD, False): sorted(f"Chờ lâu {number}" for number in range(10))
    }
    assert waiting() == 9
    with reading() as session:
        assert session.scalar(select(AuditEvent.action)) == "comments_batched"


def test_what_came_in_the_month_itself_waits_however_late_one_looks(world: World) -> None:
    say(world, several("Cũ", 9))
    say(world, [Said("Mới", date(2026, 12, 1)), Said("Trễ", date(2026, 11, 30), late=3)], 2)
    assert [batch(datetime(2026, 12, day, 2, tzinfo=UTC)) for day in (1, 5, 31)] == [0, 0, 0]
    assert batch(datetime(2027, 1, 4, 2, tzinfo=UTC)) == 11


def test_few_are_pooled_at_the_level_above_when_the_quarter_is_over(world: World) -> None:
    say(world, several("Phường", 6))
    say(world, several("Kia", 5, point=OTHER_POINT), 2)
    assert batch() == 0
    assert batch(datetime(2027, 1, 4, 2, tzinfo=UTC)) == 11
    assert {place: len(texts) for place, texts in read().items()} == {(CITY, True): 11}


def test_the_refresher_makes_them_on_the_first_working_day(app: Flask, world: World) -> None:
    say(world, several("Chờ lâu", 10, day=date(2026, 10, 20)))
    sunday = datetime(2026, 11, 1, 2, tzinfo=UTC)
    released_on = refresher.one_round(None, sunday)
    assert read() == {}
    refresher.one_round(released_on, sunday.replace(day=2))
    assert list(read()) == [(WARD, False)]


def test_nothing_follows_about_who_wrote_what(world: World) -> None:
    """Who wrote it, when, where, for what and what they answered are exchanged between people: the same is read."""
    texts = [f"Góp ý {number}" for number in range(12)]
    circumstances = [
        Said("", date(2026, 11, 1 + number), KIOSK if number % 3 else POINT, "1.001193" if number % 2 else None)
        for number in range(12)
    ]
    seen = []
    for order in range(3):
        say(world, [replace(each, text=text) for each, text in zip(circumstances, texts, strict=True)], order)
        batch()
        seen.append(read())
        assert waiting() == 0, "no row says any more whose it was"
        Random(order).shuffle(texts)
        _empty()
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][WARD, False] != sorted(texts), "they are shuffled"


def test_another_draw_is_another_order(world: World) -> None:
    found = []
    for seed in (3, 4):
        say(world, several("Góp ý", 12), seed)
        batch(seed=seed)
        found.append(read()[WARD, False])
        _empty()
    assert found[0] != found[1]
    assert sorted(found[0]) == sorted(found[1])


def test_a_batch_keeps_no_day_and_no_id() -> None:
    columns = {column.name for table in (BatchComment, CommentBatch) for column in table.__table__.columns}
    assert columns == {"id", "unit_id", "month", "pooled", "oldest", "batch_id", "position", "masked", "theme_id"}


def _empty() -> None:
    with writing() as session:
        for table in (BatchComment, CommentBatch, Comment, Pending, Response):
            session.execute(delete(table))
