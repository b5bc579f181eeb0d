"""/staff/heat: units down, factors across, each rate in a shaded cell of a table that every reader can read."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.access import Permission
from survey.domain.figures import Figure, UnitFigures
from survey.domain.heat import shade
from survey.extensions import reading
from survey.queries import rates
from survey.web import access
from survey.web.figures import figures, filters, links, options, presenters
from survey.web.figures.figures import NothingPublishedError
from survey.web.language import current
from survey.wording import Translate, documents
from survey.wording.figures import NOTES

blueprint = Blueprint("heat", __name__, url_prefix="/staff")
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Cell:
    """A rate with its shade, or why there is none; `shade` is None then."""

    text: str
    shade: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's overall rate and those of its factors."""

    figure: Figure
    cells: tuple[Cell, ...]


@blueprint.get("/heat")
@access.needs(Permission.READ_FIGURES)
def page() -> str:
    """The chosen unit and all units below it that exist in the period."""
    choices = figures.reader_choices()
    if request.args.get("unit"):
        access.unit_or_404(choices.units, request.args["unit"].strip())
    chosen = filters.read(request.args, choices)
    unit, period = chosen.unit or choices.roots[0], chosen.selection.period
    below = [one for one in choices.units if one.is_within([unit.id]) and one.id != unit.id and one.overlaps(period)]
    with reading(REPORT) as session:
        found = rates.of_each(session, chosen.selection, [unit, *below], figures.minimums(), choices.today)
    return render_template(
        "staff/heat.html",
        unit=unit,
        filters=chosen,
        options=options.of(choices, chosen),
        heads=[factor.title.get(current()) for factor in chosen.selection.version.factors],
        lines=[_line(one) for one in found],
        key=translate(documents.HEAT_KEY),
        links=links.of_overview(chosen),
    )


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def _line(found: UnitFigures) -> Line:
    return Line(found.overall, tuple(_cell(figure) for figure in (found.overall, *found.factors)))


def _cell(figure: Figure) -> Cell:
    shown = figure.shown
    if shown.rate is None:
        return Cell(translate(NOTES[shown.notes[0]]), None)
    return Cell(presenters.percent(shown.rate), shade(shown.rate))
