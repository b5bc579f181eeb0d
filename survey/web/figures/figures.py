"""The figures that a staff page or a download asks for: the query string in, disclosed figures out, one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app

from survey.database import REPORT
from survey.domain import periods
from survey.domain.access import Permission
from survey.domain.disclosure import Minimums
from survey.domain.figures import Beside, Figure, UnitFigures
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import answered, catalogue, questionnaires, rates, waiting
from survey.web import access, clock
from survey.web.figures import filters
from survey.web.figures.filters import By, Choices, Filters

DEFAULT_QUESTIONNAIRE = "sipas-2024"


class NothingPublishedError(Exception):
    """There is no questionnaire yet, so there is no figure."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figure of the chosen unit, None where several trees are seen at once, and those of the units below it."""

    choices: Choices
    filters: Filters
    head: Figure | None
    units: tuple[Figure, ...]
    arrived: int = 0  # forms of today at the chosen unit and below it: of these nothing else is seen


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything of one unit, and the months of the period, twelve at least."""

    choices: Choices
    filters: Filters
    figures: UnitFigures
    trend: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """The rows of a file, and what it must say of them."""

    choices: Choices
    filters: Filters
    unit: Unit
    figures: tuple[Figure, ...]
    beside: Beside | None


def minimums() -> Minimums:
    """The least respondents of a cell, as set by the operator."""
    settings = current_app.config["SETTINGS"]
    return Minimums(settings.shown_minimum, settings.ranked_minimum)


def overview(args: Mapping[str, str]) -> Overview:
    """The figures of the overview page."""
    choices = reader_choices()
    chosen = filters.read(args, choices)
    below = _below(choices, chosen)
    heads = () if chosen.unit is None else (chosen.unit,)
    with reading(REPORT) as session:
        found = rates.of_units(session, chosen.selection, (*heads, *below), minimums(), choices.today)
        inside = [unit.id for unit in choices.units if any(unit.is_within([head.id]) for head in heads)]
        arrived = waiting.arrived(session, chosen.selection.version, inside, choices.today)
    return Overview(choices, chosen, found[0] if heads else None, found[len(heads) :], arrived)


def unit_page(code: str, args: Mapping[str, str]) -> UnitPage:
    """The figures of a unit's page; 404 when the reader may not see the unit."""
    choices = reader_choices()
    unit = access.unit_or_404(choices.units, code)
    chosen = filters.read({**args, "unit": unit.code}, choices)
    with reading(REPORT) as session:
        found = rates.of_unit(session, chosen.selection, unit, minimums(), choices.today)
        longer = _longer(chosen.selection)
        trend = (
            found.months
            if longer == chosen.selection
            else rates.of_months(session, longer, unit, minimums(), choices.today)
        )
    return UnitPage(choices, chosen, found, trend)


def download(args: Mapping[str, str], by: By | None = None) -> Download:
    """The rows that an address asks for, split as it says or as `by` does. 404 for a unit that one may not see.

    Without a split: the unit's overall, factors and items.
    """
    choices = reader_choices()
    if args.get("unit"):
        access.unit_or_404(choices.units, args["unit"].strip())
    chosen = filters.read(args, choices)
    unit, split = chosen.unit or choices.roots[0], by or chosen.by
    if split is By.UNIT:
        heads = () if chosen.unit is None else (chosen.unit,)
        wanted = (*heads, *_below(choices, chosen))
        with reading(REPORT) as session:
            rows = rates.of_units(session, chosen.selection, wanted, minimums(), choices.today)
        return Download(choices, chosen, unit, rows, None)
    with reading(REPORT) as session:
        found = rates.of_unit(session, chosen.selection, unit, minimums(), choices.today)
    return Download(choices, chosen, unit, _split(found, split), found.beside if split is None else None)


def trend(args: Mapping[str, str]) -> Download:
    """The months that a unit's page draws. 404 for a unit that one may not see."""
    found = download(args, By.MONTH)
    with reading(REPORT) as session:
        longer = _longer(found.filters.selection)
        months = rates.of_months(session, longer, found.unit, minimums(), clock.today())
    return replace(found, figures=months)


def _split(found: UnitFigures, by: By | None) -> tuple[Figure, ...]:
    if by is None:
        return (found.overall, *found.factors, *found.items)
    return {By.FACTOR: found.factors, By.ITEM: found.items, By.MONTH: found.months}[by]


def reader_choices() -> Choices:
    """What the reader may choose from. Raises NothingPublishedError before the first questionnaire."""
    with reading() as session:
        units = access.among(catalogue.units(session), Permission.READ_FIGURES)
        versions = questionnaires.published(session)
        procedures = catalogue.procedures(session)
    if not versions:
        raise NothingPublishedError
    return Choices(units, versions, procedures, lambda: _default(versions, units), clock.today())


def _default(versions: tuple[Version, ...], units: tuple[Unit, ...]) -> Version:
    """The newest version of the usual questionnaire that was answered, else of any other, else the usual one."""
    usual = [version for version in reversed(versions) if version.key == DEFAULT_QUESTIONNAIRE]
    others = [version for version in reversed(versions) if version.key != DEFAULT_QUESTIONNAIRE]
    with reading(REPORT) as session:
        for version in (*usual, *others):
            if answered.has_answers(session, version, [unit.id for unit in units]):
                return version
    return (*usual, *others)[0]


def _below(choices: Choices, chosen: Filters) -> tuple[Unit, ...]:
    """The units right below the chosen one, or the highest that the reader sees; only those of the period."""
    period = chosen.selection.period
    if chosen.unit is None:
        return tuple(unit for unit in choices.roots if unit.overlaps(period))
    above = chosen.unit.path
    return tuple(unit for unit in choices.units if unit.path[:-1] == above and unit.overlaps(period))


def _longer(selection: Selection) -> Selection:
    """The same over twelve months at least: fewer show no trend."""
    usual = periods.year_to(selection.period.end)
    return replace(selection, period=Period(min(selection.period.start, usual.start), selection.period.end))
