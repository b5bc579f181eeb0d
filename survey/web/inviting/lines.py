"""The draws of one's units as lines of a table. How many answered is said as everywhere: in released lots of ten.

Of a single draw it is never counted, nor of a day: who asks before and after would read who answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.invitations import Span, Standing
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.extensions import reading
from survey.queries import questionnaires, rates
from survey.queries.invitations import Draw
from survey.services.invitations import Plan
from survey.web import clock
from survey.web.figures import figures
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.figures import NOTES
from survey.wording.invitations import REVOKED, STANDINGS, WAYS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw in words; `answered` are the released answers of the unit's invitations in the months of its links."""

    id: int
    unit: str
    way: str
    drawn: str
    population: str
    closed: str
    valid: str
    state: str
    ended: bool
    answered: str
    figures: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What a file would bring to a unit."""

    unit: str
    drawn: str
    population: str
    held: str
    closed: str


def of_draws(draws: Sequence[Draw]) -> tuple[DrawLine, ...]:
    """A line a draw, in the order given."""
    today, known = clock.today(), dict[tuple[int, Period, str], str]()
    found = []
    for draw in draws:
        months = _months(draw)
        key = draw.unit.id, months, draw.questionnaire_key
        if key not in known:
            known[key] = _answered(draw, months, today)
        found.append(_line(draw, months, known[key], today))
    return tuple(found)


def _line(draw: Draw, months: Period, answered: str, today: date) -> DrawLine:
    revoked, standing = draw.revoked_at is not None, draw.standing(today)
    way = translate(WAYS[draw.way])
    asked = {"from": str(Month.of(months.start)), "to": str(Month.of(months.end)), "channel": Channel.INVITE.value}
    return DrawLine(
        id=draw.id,
        unit=draw.unit.name,
        way=f"{way} ({draw.seed})" if draw.seed else way,
        drawn=numbers.integer(draw.drawn, current()),
        population=numbers.integer(draw.population, current()),
        closed=_span(draw.closed),
        valid=_span(draw.valid),
        state=translate(REVOKED if revoked else STANDINGS[standing]),
        ended=standing is Standing.OVER,
        answered=answered,
        figures=url_for("dashboard.unit", code=draw.unit.code, **asked),  # type: ignore[arg-type]
    )


def of_plans(plans: Sequence[Plan]) -> tuple[PlanLine, ...]:
    """A line a unit."""
    return tuple(
        PlanLine(
            plan.unit.name,
            numbers.integer(len(plan.chosen), current()),
            numbers.integer(plan.population, current()),
            numbers.integer(plan.held, current()),
            _span(plan.closed),
        )
        for plan in plans
    )


def _months(draw: Draw) -> Period:
    """The whole months in which a link of the draw opens."""
    return Period(Month.of(draw.valid.first).first, Month.of(draw.valid.last).last)


def _answered(draw: Draw, months: Period, today: date) -> str:
    with reading(REPORT) as session:
        version = questionnaires.latest(session, draw.questionnaire_key)
        assert version is not None
        selection = Selection(version, months, Channel.INVITE)
        (figure,) = rates.of_units(session, selection, [draw.unit], figures.minimums(), today)
    if figure.shown.respondents is None:
        return translate(NOTES[figure.shown.notes[0]])
    counted: str = gettext("%(count)s phiếu", count=numbers.integer(figure.shown.respondents, current()))
    return counted


def _span(span: Span) -> str:
    first, last = numbers.day(span.first), numbers.day(span.last)
    return first if span.first == span.last else f"{first} – {last}"
