"""/staff/why: every way in which people add the same answers up, side by side, with its formula and its n."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.access import Permission
from survey.domain.figures import UnitFigures
from survey.domain.selections import Selection
from survey.domain.sums import Sum, SumKind
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue, rates, sums
from survey.queries.sums import UnitSums
from survey.web import access, clock
from survey.web.figures import figures, filters, options, presenters
from survey.web.figures.figures import NothingPublishedError
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.sums import COUNTED, FORMULAS, INDICATOR_CAVEAT, INDICATOR_FORMULA, NAMES

blueprint = Blueprint("why", __name__, url_prefix="/staff")
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class SumRow:
    """One sum, written out."""

    name: str
    value: str
    formula: str
    counted: str


@blueprint.get("/why")
@access.needs(Permission.READ_FIGURES)
def page() -> str:
    """The sums of the chosen unit."""
    choices = figures.reader_choices()
    unit, chosen = _asked(request.args, choices)
    found = read(chosen.selection, unit)
    return render_template(
        "staff/why.html",
        unit=unit,
        filters=chosen,
        options=options.of(choices, chosen),
        rows=[_row(line) for line in found.lines],
        indicator=found.indicator,
        indicator_percent=presenters.percent(found.indicator.percent),
        indicator_points=numbers.decimal(found.indicator.points, current()),
        indicator_content=numbers.integer(found.indicator.content, current()),
        indicator_dossiers=numbers.integer(found.indicator.dossiers, current()),
    )


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def read(selection: Selection, unit: Unit, known: UnitFigures | None = None) -> UnitSums:
    """The sums of a unit; `known` are its figures where the caller has them."""
    with reading(REPORT) as session:
        least, today = figures.minimums(), clock.today()
        found = known or rates.of_unit(session, selection, unit, least, today)
        below = [
            one for one in catalogue.units(session) if one.path[:-1] == unit.path and one.overlaps(selection.period)
        ]
        parts = rates.of_units(session, selection, below, least, today) if below else ()
        return sums.of_unit(session, selection, found, parts)


def _asked(args: Mapping[str, str], choices: filters.Choices) -> tuple[Unit, filters.Filters]:
    """The unit, 404 where the reader may not see it, and the filters."""
    if args.get("unit"):
        access.unit_or_404(choices.units, args["unit"].strip())
    chosen = filters.read(args, choices)
    return chosen.unit or choices.roots[0], chosen


def _row(line: Sum) -> SumRow:
    value = line.value
    if value is None:
        written = ""
    elif line.kind is SumKind.MEAN_SCORE:
        written = numbers.decimal(value, current())
    else:
        written = presenters.percent(value)
    counted = "" if line.n is None else translate(COUNTED[line.kind], n=numbers.integer(line.n, current()))
    return SumRow(translate(NAMES[line.kind]), written, translate(FORMULAS[line.kind]), counted)


@blueprint.app_template_global()
def indicator_formula() -> str:
    """How Decision 766's indicator is made."""
    return translate(INDICATOR_FORMULA)


@blueprint.app_template_global()
def indicator_caveat() -> str:
    """Why it stands apart."""
    return translate(INDICATOR_CAVEAT)
