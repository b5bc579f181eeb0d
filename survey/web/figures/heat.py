"""/staff/heat: units down, factors across, each rate in a shaded cell of a table that every reader can read."""

from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.access import Permission
from survey.domain.figures import Figure, UnitFigures
from survey.domain.heat import shade
from survey.extensions import reading
from survey.queries import rates
from survey.reports import orders
from survey.web import access
from survey.web.figures import below, downloads, figures, links, options, presenters
from survey.web.figures.below import Tree
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
    found = below.read(request.args)
    chosen = found.filters
    return render_template(
        "staff/heat.html",
        unit=found.unit,
        filters=chosen,
        options=options.of(found.choices, chosen),
        heads=[factor.title.get(current()) for factor in chosen.selection.version.factors],
        lines=[_line(one) for one in _read(found)],
        key=translate(documents.HEAT_STEPS),
        links=links.of_heat(chosen),
    )


@blueprint.get("/charts/heat.<any(svg, png):fmt>")
@access.needs(Permission.READ_FIGURES)
def picture(fmt: Literal["svg", "png"]) -> Response:
    """The heat map as a picture."""
    found = below.read(request.args)
    kind = downloads.PICTURES[fmt]
    return downloads.answer(found, "heat", fmt, kind, lambda: downloads.made(_order(found, fmt)))


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def _read(found: Tree) -> tuple[UnitFigures, ...]:
    selection, today = found.filters.selection, found.choices.today
    with reading(REPORT) as session:
        return rates.of_each(session, selection, found.units, figures.minimums(), today)


def _order(found: Tree, fmt: Literal["svg", "png"]) -> orders.Heat:
    return orders.Heat(_read(found), found.asked, fmt)


def _line(found: UnitFigures) -> Line:
    return Line(found.overall, tuple(_cell(figure) for figure in (found.overall, *found.factors)))


def _cell(figure: Figure) -> Cell:
    shown = figure.shown
    if shown.rate is None:
        return Cell(translate(NOTES[shown.notes[0]]), None)
    return Cell(presenters.percent(shown.rate), shade(shown.rate))
