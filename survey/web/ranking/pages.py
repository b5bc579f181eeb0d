"""/staff/ranking: rank ranges within groups, the funnel, and both as files."""

from typing import Literal

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.reports import orders, ranking_files
from survey.reports.process import Order
from survey.web import access, clock
from survey.web.figures import downloads, figures, links, options
from survey.web.figures.figures import NothingPublishedError
from survey.web.ranking import rows as rank_rows
from survey.web.ranking import standings
from survey.web.ranking.standings import Standings
from survey.wording import Translate, standing

blueprint = Blueprint("ranking", __name__, url_prefix="/staff")
translate: Translate = gettext


@blueprint.get("/ranking")
@access.needs(Permission.READ_FIGURES)
def page() -> str:
    """The ranking of every group below the chosen unit."""
    found = standings.read(request.args)
    return render_template(
        "staff/ranking.html",
        unit=found.unit,
        filters=found.filters,
        options=options.of(found.choices, found.filters),
        groups=rank_rows.groups(found.rankings, figures.minimums().full),
        links=links.of_ranking(found.filters, [one.kind for one in found.rankings]),
    )


@blueprint.get("/ranking.csv")
@access.needs(Permission.READ_FIGURES)
def as_csv() -> Response:
    """The ranking as CSV."""
    found = standings.read(request.args)
    return downloads.answer(found, "ranking", "csv", downloads.CSV, lambda: _csv(found))


@blueprint.get("/ranking.xlsx")
@access.needs(Permission.READ_FIGURES)
def as_xlsx() -> Response:
    """The ranking as a workbook."""
    found = standings.read(request.args)
    return downloads.answer(found, "ranking", "xlsx", downloads.XLSX, lambda: downloads.made(_table(found)))


@blueprint.get("/charts/funnel.<any(svg, png):fmt>")
@access.needs(Permission.READ_FIGURES)
def funnel(fmt: Literal["svg", "png"]) -> Response:
    """The funnel of one group, chosen by `group`, else of the largest."""
    found = standings.read(request.args)
    return downloads.answer(found, "funnel", fmt, downloads.PICTURES[fmt], lambda: downloads.made(_funnel(found, fmt)))


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def _csv(found: Standings) -> bytes:
    return ranking_files.as_csv(found.rankings, translate)


def _table(found: Standings) -> Order:
    title = translate(standing.RANK_TITLE, unit=found.unit.name)
    asked = options.of(found.choices, found.filters).summary
    return orders.RankingTable(found.rankings, title, asked, clock.now())


def _funnel(found: Standings, fmt: Literal["svg", "png"]) -> Order:
    kind, members = standings.of_kind(found, request.args.get("group", ""))
    return orders.Funnel(kind, members, options.of(found.choices, found.filters).summary, fmt)


@blueprint.app_template_global()
def rank_method() -> tuple[str, ...]:
    """How ranks and funnel are made, a sentence each."""
    return tuple(translate(words) for words in standing.METHOD)
