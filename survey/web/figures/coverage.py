"""/staff/coverage: respondents beside dossiers handled, a line a unit, and the same as a picture to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.access import Permission
from survey.domain.figures import Figure
from survey.domain.handled import Handled
from survey.domain.rates import percent
from survey.extensions import reading
from survey.queries import handled, rates
from survey.reports import orders
from survey.web import access
from survey.web.figures import below, downloads, figures, links, options, presenters
from survey.web.figures.below import Tree
from survey.web.figures.figures import NothingPublishedError
from survey.web.language import current
from survey.wording import N_, Translate, numbers
from survey.wording.figures import NOTES

blueprint = Blueprint("coverage", __name__, url_prefix="/staff")
translate: Translate = gettext
WHOLE = 100  # percent
NO_DOSSIERS, INCOMPLETE = N_("chưa có số hồ sơ"), N_("số hồ sơ chưa đủ")


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's respondents, dossiers and coverage, written out; `width` is the bar's, in percent of the table's."""

    figure: Figure
    respondents: str
    dossiers: str
    share: str
    width: float
    note: str


@blueprint.get("/coverage")
@access.needs(Permission.READ_FIGURES)
def page() -> str:
    """The coverage of the chosen unit and of every unit below it."""
    found = below.read(request.args)
    return render_template(
        "staff/coverage.html",
        unit=found.unit,
        filters=found.filters,
        options=options.of(found.choices, found.filters),
        lines=[_line(figure, dossiers) for figure, dossiers in _read(found)],
        links=links.of_coverage(found.filters),
    )


@blueprint.get("/charts/coverage.<any(svg, png):fmt>")
@access.needs(Permission.READ_FIGURES)
def picture(fmt: Literal["svg", "png"]) -> Response:
    """The units of which respondents and dossiers are both known."""
    found = below.read(request.args)
    kind = downloads.PICTURES[fmt]
    return downloads.answer(found, "coverage", fmt, kind, lambda: downloads.made(_order(found, fmt)))


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def _read(found: Tree) -> Sequence[tuple[Figure, Handled]]:
    selection = found.filters.selection
    with reading(REPORT) as session:
        shown = rates.of_units(session, selection, found.units, figures.minimums(), found.choices.today)
        dossiers = handled.of_units(session, found.units, selection.period, selection.procedure)
    return [(figure, dossiers[figure.unit.id]) for figure in shown]


def _order(found: Tree, fmt: Literal["svg", "png"]) -> orders.Coverage:
    known = [
        (figure, dossiers.handled)
        for figure, dossiers in _read(found)
        if figure.shown.respondents is not None and dossiers.handled
    ]
    return orders.Coverage(tuple(known), found.asked, fmt)


def _line(figure: Figure, dossiers: Handled) -> Line:
    respondents = figure.shown.respondents
    share = None if respondents is None or not dossiers.handled else percent(Fraction(respondents, dossiers.handled))
    return Line(
        figure=figure,
        respondents="" if respondents is None else numbers.integer(respondents, current()),
        dossiers="" if not dossiers.handled else numbers.integer(dossiers.handled, current()),
        share=presenters.percent(share),
        width=0.0 if share is None else round(min(float(share), WHOLE), 2),
        note=_note(figure, dossiers),
    )


def _note(figure: Figure, dossiers: Handled) -> str:
    if not dossiers.handled:
        return translate(NO_DOSSIERS)
    respondents = figure.shown.respondents
    if respondents is None:
        return translate(NOTES[figure.shown.notes[0]])
    return translate(INCOMPLETE) if respondents >= dossiers.handled else ""
