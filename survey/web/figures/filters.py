"""The filters of a staff address: unit, from, to, questionnaire, channel, procedure, flagged, by, sort. Parsing only.

Whatever cannot be used is replaced by its default and named in `complaints`: a wrong address is a page that says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from survey.domain import periods
from survey.domain.periods import Month, Period, PeriodError
from survey.domain.points import Channel
from survey.domain.problems import Problem
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.queries.catalogue import Procedure

MOST_MONTHS = 120  # ten years: more is a slip of the keyboard
ECHO_LENGTH = 60  # characters of a wrong value that a complaint repeats

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)


class By(StrEnum):
    """Into which rows a download is split."""

    UNIT = "unit"
    FACTOR = "factor"
    ITEM = "item"
    MONTH = "month"


class Sort(StrEnum):
    """In which order the units of the overview stand."""

    NAME = "name"
    RATE = "rate"
    RESPONDENTS = "n"


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: units that the reader may see, published versions, procedures. `default` is asked once."""

    units: tuple[Unit, ...]
    versions: tuple[Version, ...]
    procedures: tuple[Procedure, ...]
    default: Callable[[], Version]
    today: date

    @property
    def roots(self) -> tuple[Unit, ...]:
        """The highest units that the reader may see."""
        seen = {unit.id for unit in self.units}
        return tuple(unit for unit in self.units if seen.isdisjoint(unit.path[:-1]))


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address asks for. `unit` is None when the reader sees several trees and chose none."""

    unit: Unit | None
    selection: Selection
    by: By | None
    sort: Sort
    complaints: tuple[Problem, ...]

    def query(self, **changes: str | None) -> dict[str, str]:
        """The filters as a query string again, with changes; None takes one out."""
        chosen = self.selection
        values = {
            "unit": self.unit.code if self.unit else None,
            "from": str(Month.of(chosen.period.start)),
            "to": str(Month.of(chosen.period.end)),
            "questionnaire": chosen.version.name,
            "channel": chosen.channel.value if chosen.channel else None,
            "procedure": chosen.procedure,
            "flagged": "1" if chosen.flagged else None,
            "sort": self.sort.value if self.sort is not Sort.NAME else None,
        }
        return {key: value for key, value in (values | changes).items() if value is not None}


def read(args: Mapping[str, str], choices: Choices) -> Filters:
    """The filters of this query string, each checked against what may be chosen."""
    reader = _Reader({key: value.strip() for key, value in args.items()})
    selection = _cut(
        reader,
        Selection(
            version=_version(reader, choices),
            period=_period(reader, choices.today),
            channel=reader.member("channel", Channel),
            procedure=reader.known("procedure", {procedure.code: procedure.code for procedure in choices.procedures}),
            flagged=reader.known("flagged", {"1": True}) or False,
        ),
    )
    unit = reader.known("unit", {unit.code: unit for unit in choices.units})
    if unit is None and len(choices.roots) == 1:
        unit = choices.roots[0]
    by, sort = reader.member("by", By), reader.member("sort", Sort) or Sort.NAME
    return Filters(unit, selection, by, sort, tuple(reader.complaints))


def _cut(reader: "_Reader", selection: Selection) -> Selection:
    """One cut at a time: two together leave so few people that they could be made out (METHOD §6)."""
    cuts = (selection.channel is not None, selection.procedure is not None, selection.flagged)
    if sum(cuts) <= 1:
        return selection
    reader.complaints.append(Problem("channel", "cuts_combined", {}))
    return replace(selection, channel=None, procedure=None, flagged=False)


def _version(reader: "_Reader", choices: Choices) -> Version:
    found = reader.known("questionnaire", {version.name: version for version in choices.versions})
    return choices.default() if found is None else found


def _period(reader: "_Reader", today: date) -> Period:
    start, end = reader.args.get("from", ""), reader.args.get("to", "")
    usual = periods.year_to(today)
    if not start and not end:
        return usual
    try:
        period = periods.parse(start, end or str(Month.of(today))) if start else _year_to(end)
    except PeriodError as error:
        reader.complain("from" if start else "to", error.code, error.text)
        return usual
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if months > MOST_MONTHS:
        reader.complaints.append(Problem("from", "period_long", {"most": MOST_MONTHS}))
        return usual
    return period.whole_months


def _year_to(end: str) -> Period:
    return periods.year_to(periods.parse(end, end).end)


class _Reader:
    """Takes one filter after the other and collects what is wrong."""

    def __init__(self, args: Mapping[str, str]) -> None:
        self.args = args
        self.complaints: list[Problem] = []

    def complain(self, name: str, code: str, text: str) -> None:
        shown = "".join(char for char in text[:ECHO_LENGTH] if char.isprintable())
        self.complaints.append(Problem(name, code, {"text": shown}))

    def known(self, name: str, known: Mapping[str, T]) -> T | None:
        text = self.args.get(name, "")
        if text and text not in known:
            self.complain(name, f"{name}_unknown", text)
        return known.get(text)

    def member(self, name: str, kind: type[Choice]) -> Choice | None:
        return self.known(name, {member.value: member for member in kind})
