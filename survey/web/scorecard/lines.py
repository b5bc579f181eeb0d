"""The scorecard as its template shows it: targets with what was measured, groups with highest and lowest named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flask_babel import gettext

from survey.domain import rates
from survey.domain.disclosure import Note
from survey.domain.figures import Figure
from survey.domain.handled import Handled
from survey.domain.scorecard import Group, Indicator, Target
from survey.queries.catalogue import ON_TIME, SATISFACTION
from survey.web.figures import presenters
from survey.web.figures.options import Option
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.figures import NOTES, VERDICTS
from survey.wording.plans import INDICATOR_GROUPS, INDICATORS

translate: Translate = gettext
FIRST_OFFERED = 2021  # the first plan with these targets


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a target: the value, on what it rests, and the verdict where there is one. Empty: nothing."""

    value: str = ""
    basis: str = ""
    verdict: str = ""
    verdict_code: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of the plan."""

    kind: str
    name: str
    percent: str
    source: str
    measured: Measured


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with its published value."""

    unit: str
    value: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of an imported indicator."""

    title: str
    kind: str
    year: int
    highest: tuple[Named, ...]
    lowest: tuple[Named, ...]
    members: tuple[Named, ...]
    sourced: bool


def years(chosen: int, today: date) -> tuple[Option, ...]:
    """Newest first, next year's plan too; the chosen one is among them."""
    offered = {*range(FIRST_OFFERED, today.year + 2), chosen}
    return tuple(Option(str(year), str(year), year == chosen) for year in sorted(offered, reverse=True))


def lines(targets: Iterable[Target], satisfaction: Figure, dossiers: Handled) -> tuple[TargetLine, ...]:
    """The targets: what the product measures first, then the others in the order of their kinds."""
    measured = {SATISFACTION: _satisfaction(satisfaction)}
    open_year = Note.PROVISIONAL in satisfaction.shown.notes
    order = (SATISFACTION, ON_TIME)
    ranked = sorted(targets, key=lambda each: (order.index(each.kind) if each.kind in order else len(order), each.kind))
    return tuple(
        TargetLine(
            each.kind,
            each.name,
            presenters.target(each.percent),
            gettext("%(unit)s, từ năm %(year)s", unit=each.unit.name, year=each.year),
            _on_time(dossiers, each, open_year) if each.kind == ON_TIME else measured.get(each.kind, Measured()),
        )
        for each in ranked
    )


def group(found: Group) -> GroupView:
    """A group with its places named."""
    return GroupView(
        title=translate(INDICATOR_GROUPS[found.group]) if found.group in INDICATOR_GROUPS else found.group,
        kind=translate(INDICATORS[found.kind]) if found.kind in INDICATORS else found.kind,
        year=found.year,
        highest=_named(found.highest),
        lowest=_named(found.lowest),
        members=_named(found.members),
        sourced=found.sourced,
    )


def _named(indicators: Iterable[Indicator]) -> tuple[Named, ...]:
    return tuple(Named(each.unit.name, numbers.decimal(each.value, current())) for each in indicators)


def _satisfaction(figure: Figure) -> Measured:
    shown = figure.shown
    notes = tuple(translate(NOTES[note]) for note in shown.notes)
    if shown.rate is None or shown.respondents is None:
        return Measured(notes=notes)
    basis = gettext(
        "%(interval)s, %(count)s phiếu",
        interval=presenters.interval(shown),
        count=numbers.integer(shown.respondents, current()),
    )
    verdict = "" if shown.verdict is None else translate(VERDICTS[shown.verdict])
    code = "" if shown.verdict is None else shown.verdict.value
    return Measured(presenters.percent(shown.rate), basis, verdict, code, notes)


def _on_time(dossiers: Handled, target: Target, open_year: bool) -> Measured:
    """All dossiers are counted, none is drawn: the share is exact, so it is reached or it is not."""
    share = dossiers.share_on_time
    if share is None:
        return Measured()
    met = share * 100 >= Fraction(target.percent)
    count = numbers.integer(dossiers.handled, current())
    return Measured(
        presenters.percent(rates.percent(share)),
        gettext("%(count)s hồ sơ", count=count),
        gettext("đạt") if met else gettext("chưa đạt"),
        "met" if met else "not_met",
        (translate(NOTES[Note.PROVISIONAL]),) if open_year else (),
    )
