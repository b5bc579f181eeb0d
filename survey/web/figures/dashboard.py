"""/staff/ and /staff/units/<code>: figures to read. Filters are the address; nothing is kept between two pages."""

from flask import Blueprint, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.problems import Problem
from survey.web import access
from survey.web.figures import figures, links, options, pictures, presenters, revised, rollups
from survey.web.figures.figures import NothingPublishedError
from survey.web.freezing import lines as frozen_pages
from survey.wording import Translate
from survey.wording.filters import PROBLEMS

blueprint = Blueprint("dashboard", __name__, url_prefix="/staff")
translate: Translate = gettext


@blueprint.get("/")
@access.needs(Permission.READ_FIGURES)
def overview() -> str:
    """The chosen unit's answer, and the units right below it."""
    found = figures.overview(request.args)
    scale = pictures.axis((*found.units, *((found.head,) if found.head else ())))
    return render_template(
        "staff/overview.html",
        filters=found.filters,
        options=options.of(found.choices, found.filters),
        headline=presenters.headline(found.head, scale) if found.head else None,
        arrived=presenters.arrived(found.arrived),
        groups=presenters.groups(found.units, scale, found.filters.sort),
        columns=presenters.columns(),
        provisional=presenters.provisional(found.units),
        links=links.of_overview(found.filters),
        duties=presenters.duties(access.me().grants, found.choices.units),
        axis=scale,
        standing=frozen_pages.live(found.filters.unit, found.filters.selection),
        revised=revised.said(found.filters.selection, found.filters.unit),
        rollup=rollups.of_overview(found.filters.selection, found.head, found.units) if found.head else None,
    )


@blueprint.get("/units/<code>")
@access.needs(Permission.READ_FIGURES)
def unit(code: str) -> str:
    """Everything of one unit."""
    found = figures.unit_page(code, request.args)
    inner = (*found.figures.factors, *found.figures.items)
    scale = pictures.axis((found.figures.overall, *inner))
    months = [presenters.row(figure, scale) for figure in found.trend]
    return render_template(
        "staff/unit.html",
        unit=found.figures.unit,
        filters=found.filters,
        options=options.of(found.choices, found.filters),
        headline=presenters.headline(found.figures.overall, scale),
        beside=presenters.besides(found.figures.beside),
        factors=[presenters.row(figure, scale) for figure in found.figures.factors],
        items=[presenters.row(figure, scale) for figure in found.figures.items],
        spread=pictures.spread(found.figures.items),
        months=months,
        trend=pictures.trend(found.trend, [presenters.reading(row) for row in months]),
        links=links.of_unit(found.filters),
        axis=scale,
        standing=frozen_pages.live(found.figures.unit, found.filters.selection),
        revised=revised.said(found.filters.selection, found.figures.unit),
        rollup=rollups.of_unit(found.filters.selection, found.figures.overall),
    )


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


@blueprint.app_template_global()
def complaint(problem: Problem) -> str:
    """What is wrong with a filter, as a sentence."""
    return translate(PROBLEMS[problem.code], **problem.values)


@blueprint.app_template_global()
def explanations() -> tuple[tuple[str, str], ...]:
    """Every note with its sentence."""
    return presenters.explanations(figures.minimums())


blueprint.add_app_template_global(presenters.closed)
blueprint.add_app_template_global(presenters.level_names)
