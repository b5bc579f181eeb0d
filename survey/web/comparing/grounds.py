"""What a comparison rests on: how many forms each side has, which are on neither, and what it lacks and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from survey.domain.disclosure import Shown
from survey.domain.disclosure.rounds import quarter
from survey.domain.periods import Period
from survey.web.comparing import rows
from survey.web.comparing.comparisons import Compared, Groups
from survey.web.comparing.sides import Kind
from survey.web.figures import figures
from survey.web.language import current
from survey.wording import Translate, comparing, numbers
from survey.wording.standing import GROUPS_REACH

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Grounds:
    """Sentences, and where a unit tells too little the words and the address of the one above it; else empty."""

    sentences: tuple[str, ...]
    above: str = ""
    above_url: str = ""


def of(found: Compared) -> Grounds:
    """Nothing for two periods, whose table says it all."""
    if not found.lines or found.sides.kind is Kind.PERIOD:
        return Grounds(())
    if found.groups is not None:
        return _of_groups(found, found.groups)
    return Grounds(tuple(_of_sides(found)))


def _of_sides(found: Compared) -> list[str]:
    line, of_channels = found.lines[0], found.sides.kind is Kind.CHANNEL
    least = numbers.integer(figures.minimums().shown, current())
    lacks = comparing.CHANNEL_LACKS if of_channels else comparing.PROCEDURE_LACKS
    told = [
        translate(lacks, channel=name, procedure=name, least=least)
        for name, side in zip(rows.side_names(found), (line.a, line.b), strict=True)
        if side.respondents is None
    ]
    if not told:
        rest = comparing.CHANNELS_REST if of_channels else comparing.PROCEDURES_REST
        told.append(translate(rest, a=_respondents(line.a), b=_respondents(line.b)))
    if found.mixed:
        told.append(translate(comparing.CHANNELS_MIXED, mixed=numbers.integer(found.mixed, current()), least=least))
    return told


def _of_groups(found: Compared, groups: Groups) -> Grounds:
    told, released = (numbers.integer(count, current()) for count in (groups.reach.told, groups.reach.released))
    reach = translate(GROUPS_REACH, told=told, released=released)
    if groups.reach.told:
        return Grounds((reach,))
    today, period = found.choices.today, found.sides.filters.selection.period
    lacks = (
        translate(comparing.GROUPS_LACK, unit=found.unit.name)
        if _has_quarter(period, quarter(today).start)
        else translate(comparing.GROUPS_NO_QUARTER)
    )
    following = translate(comparing.GROUPS_NEXT, day=numbers.day(quarter(today).end + timedelta(days=1)))
    above = next((unit for unit in found.choices.units if unit.path == found.unit.path[:-1]), None)
    if above is None:
        return Grounds((reach, lacks, following))
    asked: dict[str, Any] = {**found.sides.filters.query(sort=None, unit=above.code), "kind": found.sides.kind.value}
    address = url_for("compare.page", **asked, a=found.sides.a, b=found.sides.b)
    return Grounds((reach, lacks, following), translate(comparing.GROUPS_ABOVE, unit=above.name), address)


def _has_quarter(period: Period, open_from: date) -> bool:
    """Whether a quarter that is over lies wholly in the period."""
    spans = (quarter(month.first) for month in period.months)
    return any(period.start <= span.start and span.end <= period.end and span.start < open_from for span in spans)


def _respondents(shown: Shown) -> str:
    return numbers.integer(shown.respondents or 0, current())
