"""Batches of comments as their pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain import phrases
from survey.domain import themes as rules
from survey.domain.phrases import Phrase
from survey.domain.units import Unit
from survey.queries.comments import Batch, Comment, Theme
from survey.web.figures.options import Option
from survey.wording import Translate, comments, numbers

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in the list."""

    id: int
    unit: str
    title: str
    pooled: bool
    comments: int
    themes: int
    answered: int


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with its answer, as stored or as it was sent, and what is wrong with that."""

    id: int
    name: str
    comments: int
    note: str
    published: bool
    answered: str
    wrong: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment with the choice of its theme."""

    position: int
    text: str
    themes: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What was typed into a form that was refused: nothing of it is lost. `theme_id` is None for a new theme."""

    theme_id: int | None = None
    text: str = ""
    sentence: str = ""


NOTHING = Sent()


def batches(found: Iterable[Batch], units: Mapping[int, Unit]) -> tuple[BatchLine, ...]:
    """The list, newest first."""
    return tuple(line(each, units[each.unit_id]) for each in found)


def line(batch: Batch, unit: Unit) -> BatchLine:
    """One batch in words."""
    title = comments.received(batch.month, translate)
    return BatchLine(batch.id, unit.name, title, batch.pooled, batch.comments, batch.themes, batch.answered)


def themes(found: Iterable[Theme], sent: Sent) -> tuple[ThemeLine, ...]:
    """The themes with their answers."""
    return tuple(_theme(theme, sent if sent.theme_id == theme.id else NOTHING) for theme in found)


def _theme(theme: Theme, sent: Sent) -> ThemeLine:
    answered = ""
    if theme.answered_at is not None:
        answered = f"{theme.answered_by}, {numbers.moment(theme.answered_at)}"
    note = sent.text if sent.sentence else theme.note or ""
    return ThemeLine(theme.id, theme.name, theme.comments, note, theme.published, answered, sent.sentence)


def of_batch(found: Sequence[Comment], known: Sequence[Theme]) -> tuple[CommentLine, ...]:
    """The comments, each with every theme to choose from."""
    return tuple(
        CommentLine(
            each.position,
            each.text,
            tuple(Option(str(theme.id), theme.name, theme.id == each.theme_id) for theme in known),
        )
        for each in found
    )


def suggestions(found: Iterable[Comment], known: Iterable[Theme]) -> tuple[Phrase, ...]:
    """Words that several comments share and that name no theme yet."""
    taken = [theme.name for theme in known]
    often = phrases.frequent(each.text for each in found)
    return tuple(phrase for phrase in often if not any(rules.holds(name, phrase.text) for name in taken))
