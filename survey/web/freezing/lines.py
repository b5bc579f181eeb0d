"""Frozen figures as templates show them: lines of the list, which figures a page shows, what a supplement changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from survey.domain import named_periods
from survey.domain.figures import Scope
from survey.domain.frozen import ORIGINAL, Change
from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import frozen as queries
from survey.queries.frozen import Entry
from survey.web.figures import options
from survey.web.figures.links import File, Offer
from survey.web.figures.options import Option, OptionGroup
from survey.web.freezing.frozen_figures import FrozenDownload
from survey.web.language import current
from survey.wording import Translate, freezing, numbers
from survey.wording.audit import ACTORS
from survey.wording.figures import SCOPES

translate: Translate = gettext
OFFERED_MONTHS = 26  # back from the last full month: two years and the quarter before
MOST_CHANGES = 50  # that a page lists; the files and the stored text have all


@dataclass(frozen=True, slots=True)
class Standing:
    """Which frozen figures these are."""

    title: str
    period: str
    moment: str
    by: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """One frozen period in the list."""

    unit: str
    standing: Standing
    questionnaire: str
    url: str


@dataclass(frozen=True, slots=True)
class Form:
    """What may be frozen, and by which choices; no units: the reader freezes nothing."""

    units: tuple[OptionGroup, ...]
    periods: tuple[Option, ...]
    questionnaires: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a supplement shows otherwise, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class View:
    """The frozen units to choose from, and what a supplement changed of this one."""

    units: tuple[Option, ...]
    changes: tuple[Changed, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Live:
    """What a live page says of its figures: they are released ones, and whether this very period is also frozen."""

    frozen: Standing | None = None
    url: str = ""


def period_name(name: str) -> str:
    """A month, quarter or year in words."""
    year, _, rest = name.partition("-")
    if not rest:
        return translate(freezing.YEAR, year=year)
    if rest.startswith("Q"):
        return translate(freezing.QUARTER, quarter=rest[1], year=year)
    return translate(freezing.MONTH, month=numbers.month(Month(int(year), int(rest))))


def standing(entry: Entry) -> Standing:
    """Number, moment and hash in words."""
    first = entry.number == ORIGINAL
    title = translate(freezing.ORIGINAL) if first else translate(freezing.SUPPLEMENT, number=entry.number)
    by = translate(ACTORS[entry.by]) if entry.by in ACTORS else entry.by
    return Standing(title, period_name(entry.period), numbers.moment(entry.at), by, entry.sha256)


def lines(entries: Iterable[Entry], units: Iterable[Unit]) -> tuple[Line, ...]:
    """The list."""
    unit_names = {unit.code: unit.name for unit in units}
    return tuple(
        Line(
            unit_names[entry.unit_code],
            standing(entry),
            entry.questionnaire,
            url_for("freezes.show", row_id=entry.id),
        )
        for entry in entries
    )


def form(units: Sequence[Unit], versions: Sequence[Version], spans: Sequence[Period], today: date) -> Form:
    """The choices of the form, the newest full month first; `spans` are the days that there are figures of."""
    ended = named_periods.over(today, OFFERED_MONTHS)
    offered = [each for each in ended if any(each.period.overlaps(span) for span in spans)]
    return Form(
        options.of_units(tuple(units), _highest(units)),
        tuple(Option(each.name, period_name(each.name), False) for each in offered),
        tuple(Option(v.name, f"{v.title.get(current())} ({v.name})", v == versions[-1]) for v in versions),
    )


def _highest(units: Sequence[Unit]) -> Unit | None:
    """The unit to begin with: the one with most below it, as all below are frozen with it."""
    return min(units, key=lambda unit: len(unit.path), default=None)


def view(found: FrozenDownload) -> View:
    """What the reader may choose and what changed: only of units that they may see."""
    own = [change for change in found.snapshot.changes if change.place[0] == found.own.unit.code]
    chosen = tuple(Option(unit.code, unit.name, unit.code == found.own.unit.code) for unit in found.units)
    return View(chosen, tuple(_changed(change) for change in own[:MOST_CHANGES]), max(0, len(own) - MOST_CHANGES))


def links(found: FrozenDownload) -> tuple[Offer, ...]:
    """The files of this unit, made from the frozen figures."""
    query: dict[str, Any] = {"frozen": found.entry.id, "unit": found.own.unit.code, "lang": current()}
    splits: list[tuple[str, dict[str, Any]]] = [
        (gettext("Bảng số liệu của đơn vị"), {}),
        (gettext("Bảng theo tháng"), {"by": "month"}),
    ]
    if found.snapshot.below(found.own.unit):
        splits.append((gettext("Bảng các đơn vị"), {"by": "unit"}))
    report = {**query, "whole": "1"}
    documents = [File(fmt.upper(), url_for("report_files.report", fmt=fmt, **report)) for fmt in ("pdf", "docx")]
    pictures = File("ZIP (PNG)", url_for("report_files.charts", **query))
    return (Offer(gettext("Báo cáo"), (*documents, pictures)), *_tables(query, splits))


def _tables(query: dict[str, Any], splits: list[tuple[str, dict[str, Any]]]) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            name,
            (
                File("CSV", url_for("downloads.rates_csv", **query, **split)),
                File("XLSX", url_for("downloads.rates_xlsx", **query, **split)),
            ),
        )
        for name, split in splits
    )


def live(unit: Unit | None, selection: Selection) -> Live:
    """Whether the figures of a live page are also frozen: same unit, whole period, every channel and procedure."""
    name = named_periods.name_of(selection.period)
    if unit is None or name is None or selection.channel or selection.procedure or selection.flagged:
        return Live()
    with reading() as session:
        found = queries.of_period(session, unit, selection.version, name)
    if not found:
        return Live()
    return Live(standing(found[0]), url_for("freezes.show", row_id=found[0].id))


def _changed(change: Change) -> Changed:
    _, scope, key, month = change.place
    name = " ".join(filter(None, (translate(SCOPES[scope]), key if scope is not Scope.OVERALL else None, month)))
    return Changed(name, _said(change.respondents[0], change.rate[0]), _said(change.respondents[1], change.rate[1]))


def _said(respondents: int | None, rate: Decimal | None) -> str:
    if respondents is None or rate is None:
        return translate(freezing.WITHHELD)
    answers = numbers.integer(respondents, current())
    return translate(freezing.SHOWN, rate=numbers.percent(rate, current()), count=answers)
