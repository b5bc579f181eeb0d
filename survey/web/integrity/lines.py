"""Figures on harassment and fees as their page shows them: small counts as ranges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain import integrity
from survey.domain.integrity import Range
from survey.domain.questionnaire import Question
from survey.domain.units import Unit
from survey.queries.integrity import Figure
from survey.web.language import current
from survey.wording import N_, Translate, numbers

translate: Translate = gettext
BETWEEN = N_("%(low)s–%(high)s")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: how many answered the question, and each option; no options where too few did."""

    unit: str
    respondents: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one questionnaire, with a line for each unit."""

    anchor: str
    text: str
    questionnaire: str
    options: tuple[str, ...]
    lines: tuple[Line, ...]


def asked(figures: Sequence[Figure], units: Mapping[int, Unit], minimum: int) -> tuple[Asked, ...]:
    """The questions, each with its units in Vietnamese order."""
    order = {unit_id: place for place, unit_id in enumerate(units)}
    found = []
    for version in {figure.version.id: figure.version for figure in figures}.values():
        for question in version.facts:
            own = [figure for figure in figures if figure.version == version and figure.fact == question.key]
            if own:
                own.sort(key=lambda figure: order[figure.unit_id])
                lines = tuple(_line(figure, question, units[figure.unit_id], minimum) for figure in own)
                options = tuple(option.text.get(current()) for option in question.options)
                anchor = f"q{version.id}-{question.key}"
                found.append(Asked(anchor, question.text.get(current()), version.name, options, lines))
    return tuple(found)


def _line(figure: Figure, question: Question, unit: Unit, minimum: int) -> Line:
    shown = integrity.shown(figure.counts, minimum)
    if shown is None:
        return Line(unit.name, "", ())
    total = numbers.integer(sum(figure.counts.values()), current())
    return Line(unit.name, total, tuple(_said(shown[option.key]) for option in question.options))


def _said(value: Range) -> str:
    if value.low == value.high:
        return numbers.integer(value.low, current())
    low, high = (numbers.integer(bound, current()) for bound in (value.low, value.high))
    return translate(BETWEEN, low=low, high=high)
