"""The sheet of groups of citizens: each with its rate, and what it has more than the first group of its question."""

from collections.abc import Sequence
from typing import Any

from survey.domain.rates import percent
from survey.queries.group_figures import GroupFigure
from survey.reports.cells import Paper
from survey.reports.grid import grid
from survey.reports.rows import Value, inert
from survey.wording import Translate, standing
from survey.wording import documents as words
from survey.wording import reports as wording
from survey.wording.asked import begun
from survey.wording.figures import NOTES

QUESTION, NUMBER = 40, 11  # widths in characters


def fill(
    sheet: Any,
    groups: Sequence[GroupFigure],
    formats: dict[str, Any],
    paper: Paper,
    translate: Translate,
    language: str,
) -> None:
    """A line a group; without any, a sentence that says why."""
    low, high = (translate(wording.COLUMNS[name][0]) for name in ("low", "high"))
    heads: list[tuple[str, float]] = [
        (translate(words.QUESTION), QUESTION),
        (translate(words.GROUP), 30),
        *((translate(wording.COLUMNS[name][0]), NUMBER) for name in ("respondents", "rate", "low", "high")),
        (translate(words.FROM_FIRST), 16),
        (f"{translate(words.FROM_FIRST)} – {low}", 16),
        (f"{translate(words.FROM_FIRST)} – {high}", 16),
        (translate(words.CHANGE), 24),
        (translate(wording.COLUMNS["note"][0]), 30),
    ]
    lines = [_line(one, translate, language) for one in groups]
    grid(sheet, heads, lines, formats, paper, empty=translate(words.NO_GROUPS))


def _line(one: GroupFigure, translate: Translate, language: str) -> tuple[Value, ...]:
    shown, found = one.shown, one.difference
    points = (None, None, None) if found is None else (found.value, found.low, found.high)
    return (
        inert(one.question.text.get(language)),
        inert(one.option.text.get(language)),
        shown.respondents,
        shown.rate,
        shown.low,
        shown.high,
        *(None if value is None else percent(value) for value in points),
        "" if found is None else begun(translate(standing.GROUP_CHANGES[found.change])),
        begun("; ".join(translate(NOTES[note]) for note in shown.notes)),
    )
