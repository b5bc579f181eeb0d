"""/staff/scorecard: the targets of a plan beside what was measured, and imported indicators, for a unit and year."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from survey.database import REPORT
from survey.domain import scorecard
from survey.domain.access import Permission
from survey.domain.figures import Figure
from survey.domain.handled import NONE, Handled
from survey.domain.periods import FIRST_YEAR, LAST_YEAR, Month, Period
from survey.domain.scorecard import Group, Target
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import handled, rates
from survey.queries import scorecard as queries
from survey.web import access, clock
from survey.web.figures import figures, options
from survey.web.figures.figures import NothingPublishedError
from survey.web.scorecard import lines as scorecard_pages

blueprint = Blueprint("scorecards", __name__, url_prefix="/staff")


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What one unit was asked to reach in a year, and what is known of it."""

    unit: Unit
    year: int
    units: tuple[Unit, ...]
    targets: tuple[Target, ...]
    satisfaction: Figure
    dossiers: Handled
    groups: tuple[Group, ...]


@blueprint.get("/scorecard")
@access.needs(Permission.READ_FIGURES)
def show() -> str:
    """The scorecard of a unit and year."""
    found = _scorecard(request.args)
    return render_template(
        "staff/scorecard.html",
        unit=found.unit,
        year=found.year,
        units=options.of_units(found.units, found.unit),
        years=scorecard_pages.years(found.year, clock.today()),
        lines=scorecard_pages.lines(found.targets, found.satisfaction, found.dossiers),
        questionnaire=found.satisfaction.questionnaire,
        groups=[scorecard_pages.group(each) for each in found.groups],
        manages=bool(access.among((found.unit,), Permission.MANAGE_TARGETS)),
    )


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def year_of(args: Mapping[str, str]) -> int:
    """The year of an address; this one where it names none that exists."""
    text = args.get("year", "").strip()
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return clock.today().year


def _scorecard(args: Mapping[str, str]) -> Scorecard:
    choices = figures.reader_choices()
    code = args.get("unit", "").strip()
    unit = access.unit_or_404(choices.units, code) if code else choices.roots[0]
    year = year_of(args)
    period = Period(Month(year, 1).first, Month(year, 12).last)
    selection = Selection(choices.default(), period)
    below = tuple(found for found in choices.units if found.is_within([unit.id]))
    with reading(REPORT) as session:
        (measured,) = rates.of_units(session, selection, [unit], figures.minimums(), choices.today)
        dossiers = handled.of_units(session, [unit], period).get(unit.id, NONE)
        stored = queries.targets(session, unit)
        groups = scorecard.groups(queries.indicators(session, below), year)
    targets = scorecard.in_force(stored, unit, year)
    return Scorecard(unit, year, choices.units, targets, measured, dossiers, groups)
