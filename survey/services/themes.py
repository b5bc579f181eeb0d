"""Themes of a batch of comments and the public answers to them. Every change is audited, taking an answer back too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import themes
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.models import BatchComment, CommentBatch, CommentTheme, Unit
from survey.queries import comments as queries
from survey.services import audit


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and when."""

    actor: str
    now: datetime


def add(session: Session, batch_id: int, name: str, phrase: str, act: Act) -> int:
    """A new theme; its id. Comments without a theme that hold the phrase are put to it; an empty phrase puts none.

    Raises InvalidError: of the name's form, or theme_exists.
    """
    checked = themes.checked_name(name)
    row = CommentTheme(batch_id=batch_id, name=checked, published=False)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise InvalidError([Problem("name", "theme_exists", {"name": checked})]) from error
    holding = [
        comment.position
        for comment in queries.comments(session, batch_id)
        if comment.theme_id is None and themes.holds(comment.text, phrase)
    ]
    _put(session, batch_id, holding, row.id)
    _record(session, batch_id, Action.THEME_ADDED, checked, act, {})
    return row.id


def sort(session: Session, batch_id: int, chosen: Mapping[int, int | None], act: Act) -> int:
    """Put comments, by their positions, to themes of the batch, None for no theme; how many changed.

    Raises InvalidError with theme_unknown for a theme of another batch.
    """
    known = {theme.id for theme in queries.themes(session, batch_id)}
    if unknown := {theme_id for theme_id in chosen.values() if theme_id is not None} - known:
        raise InvalidError([Problem("theme", "theme_unknown", {"text": str(min(unknown))})])
    before = {comment.position: comment.theme_id for comment in queries.comments(session, batch_id)}
    changed = {place: theme_id for place, theme_id in chosen.items() if place in before and before[place] != theme_id}
    for theme_id in set(changed.values()):
        _put(session, batch_id, [place for place, wanted in changed.items() if wanted == theme_id], theme_id)
    if changed:
        _record(session, batch_id, Action.COMMENTS_SORTED, "", act, {"count": len(changed)})
    return len(changed)


def answer(session: Session, theme_id: int, note: str, act: Act) -> None:
    """Publish an answer, or another one in its place. Raises InvalidError with what is wrong about it."""
    checked = themes.checked_note(note)
    _change(session, theme_id, Action.ANSWER_PUBLISHED, act, note=checked, published=True)


def withdraw(session: Session, theme_id: int, act: Act) -> None:
    """Take an answer off the board. Its text stays for staff."""
    _change(session, theme_id, Action.ANSWER_WITHDRAWN, act, published=False)


def _change(session: Session, theme_id: int, action: Action, act: Act, **values: str | bool) -> None:
    row = session.scalars(select(CommentTheme).where(CommentTheme.id == theme_id)).one()
    changed = update(CommentTheme).where(CommentTheme.id == theme_id)
    session.execute(changed.values(**values, answered_by=act.actor, answered_at=act.now))
    _record(session, row.batch_id, action, row.name, act, {})


def _put(session: Session, batch_id: int, positions: list[int], theme_id: int | None) -> None:
    where = (BatchComment.batch_id == batch_id, BatchComment.position.in_(positions))
    session.execute(update(BatchComment).where(*where).values(theme_id=theme_id))


def viewed(session: Session, batch_id: int, act: Act) -> None:
    """Record that somebody looked at the comments of a batch."""
    _record(session, batch_id, Action.COMMENTS_VIEWED, "", act, {})


def downloaded(session: Session, batch_id: int, act: Act) -> None:
    """Record that somebody took the comments of a batch away as a file."""
    _record(session, batch_id, Action.DOWNLOADED, "comments.csv", act, {})


def _record(session: Session, batch_id: int, action: Action, subject: str, act: Act, more: Mapping[str, int]) -> None:
    """The batch stands in the detail, by unit and month."""
    code, month = session.execute(
        select(Unit.code, CommentBatch.month)
        .join(CommentBatch, CommentBatch.unit_id == Unit.id)
        .where(CommentBatch.id == batch_id)
    ).one()
    audit.record(session, act.now, act.actor, action, subject, {"unit": code, "month": month, **more})
