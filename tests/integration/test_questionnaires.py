"""Publishing on both databases: numbers, hashes, races, and that what is published never changes."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.exc import DBAPIError

from survey.domain import authoring
from survey.domain.authoring import Draft
from survey.domain.questionnaire import Version
from survey.extensions import db, reading, writing
from survey.models import Questionnaire
from survey.queries import questionnaires as published
from survey.services import questionnaires
from tests.unit.test_authoring import good

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def draft(title: str = "Phiếu nhỏ", key: str = "mini") -> Draft:
    return authoring.check(good() | {"key": key, "title": {"vi": title, "en": "Small"}})


def publish(one: Draft) -> Version:
    with writing() as session:
        return questionnaires.publish(session, one, NOW)


def test_the_first_version_is_number_one_and_reads_back_as_drafted(app: Flask) -> None:
    version = publish(draft())
    with reading() as session:
        row = session.execute(select(Questionnaire.published_at, Questionnaire.sha256)).one()
        assert published.by_name(session, "mini@1") == version
        assert published.content(session, version) == draft().content

    assert version == replace(draft().version, id=version.id, number=1)
    assert version.name == "mini@1"
    assert tuple(row) == (NOW, draft().sha256)


def test_unchanged_content_keeps_its_version(app: Flask) -> None:
    assert publish(draft()) == publish(draft())


def test_new_content_gets_the_next_number_of_its_own_key(app: Flask) -> None:
    names = [publish(draft(title)).name for title in ("một", "hai")]
    names.append(publish(draft("một", "other")).name)

    assert names == ["mini@1", "mini@2", "other@1"]


def test_going_back_to_earlier_content_is_a_version_of_its_own(app: Flask) -> None:
    for title in ("một", "hai", "một"):
        publish(draft(title))
    with reading() as session:
        latest = published.latest(session, "mini")

    assert latest is not None
    assert (latest.number, latest.title.vi) == (3, "một")


def test_all_versions_come_by_key_and_number(app: Flask) -> None:
    for number in range(11):
        publish(draft(f"số {number}"))
    publish(draft(key="alpha"))
    with reading() as session:
        names = [version.name for version in published.published(session)]

    assert names == ["alpha@1", *(f"mini@{number}" for number in range(1, 12))]


@pytest.mark.parametrize(
    "name",
    ["mini", "mini@", "mini@0", "mini@01", "mini@2", "mini@-1", "mini@١", "other@1", "@1", "", "mini@" + "9" * 30],
)
def test_a_name_of_nothing_finds_nothing(app: Flask, name: str) -> None:
    publish(draft())
    with reading() as session:
        assert published.by_name(session, name) is None
        assert published.latest(session, "other") is None


def test_a_version_is_parsed_once_a_process(app: Flask) -> None:
    name = publish(draft("một lần")).name
    statements: list[str] = []
    event.listen(db.get_engine("read"), "before_cursor_execute", lambda *event: statements.append(event[2]))
    with reading() as session:
        first = published.by_name(session, name)
        seen = len(statements)
        assert published.by_name(session, name) is first
        assert not any("questionnaire.content" in statement for statement in statements[seen:])


@pytest.mark.parametrize(
    "change",
    [update(Questionnaire).values(content="{}"), update(Questionnaire).values(version=9), delete(Questionnaire)],
)
def test_the_database_refuses_to_change_what_is_published(app: Flask, change: object) -> None:
    version = publish(draft())
    with pytest.raises(DBAPIError, match="never changes"), writing() as session:
        session.execute(change)  # type: ignore[call-overload]
    with reading() as session:
        assert published.content(session, version) == draft().content


def test_an_object_of_the_session_cannot_be_changed_either(app: Flask) -> None:
    publish(draft())
    with pytest.raises(DBAPIError, match="never changes"), writing() as session:
        session.scalars(select(Questionnaire)).one().content = "{}"


def together(app: Flask, drafts: list[Draft]) -> list[Version]:
    """Publish at the same moment from as many threads; any exception is raised here."""
    barrier, found, errors = threading.Barrier(len(drafts)), [], []

    def run(one: Draft) -> None:
        try:
            with app.app_context():
                barrier.wait()
                found.append(publish(one))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    return found


def test_publishers_of_the_same_at_once_share_one_version(app: Flask) -> None:
    versions = together(app, [draft()] * 8)

    assert {version.name for version in versions} == {"mini@1"}
    with reading() as session:
        assert session.scalar(text("SELECT count(*) FROM questionnaire")) == 1


def test_publishers_of_different_content_at_once_get_different_numbers(app: Flask) -> None:
    versions = together(app, [draft(f"số {number}") for number in range(8)])

    assert sorted(version.number for version in versions) == list(range(1, 9))
    with reading() as session:
        stored = {version.number: version.title.vi for version in published.published(session)}
    assert stored == {version.number: version.title.vi for version in versions}


def test_a_number_taken_between_looking_and_writing_is_no_error(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The race without luck: the first look is answered as if the other publisher had not committed yet."""
    publish(draft("một"))
    look, answers = published.latest, [None]
    monkeypatch.setattr(published, "latest", lambda session, key: answers.pop() if answers else look(session, key))
    with writing() as session:
        version = questionnaires.publish(session, draft("hai"), NOW)
        rows = session.scalar(text("SELECT count(*) FROM questionnaire"))

    assert (version.name, rows) == ("mini@2", 2)


def test_a_refused_transaction_publishes_nothing(app: Flask) -> None:
    def interrupted() -> None:
        with writing() as session:
            questionnaires.publish(session, draft(), NOW)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with reading() as session:
        assert published.published(session) == ()
