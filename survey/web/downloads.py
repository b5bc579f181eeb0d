"""Files and pictures of figures, with the query string of the page that links to them. Every one is audited.

The reports, and with them pandas and matplotlib, are imported inside the views: the process that serves citizens
never loads them unless somebody asks it for a file.
"""

import re
from collections.abc import Callable
from typing import Literal, Protocol

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.periods import Month
from survey.domain.units import Unit
from survey.extensions import writing
from survey.services import audit
from survey.web import access, clock, figures, options
from survey.web.figures import Download, NothingPublishedError
from survey.web.filters import By, Filters
from survey.web.language import current
from survey.wording import Translate

blueprint = Blueprint("downloads", __name__, url_prefix="/staff")
translate: Translate = gettext
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES: dict[str, str] = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
# A chart's rows: how the figures are split, or the months of a unit's page.
CHARTS: dict[str, By] = {"overview": By.UNIT, "factors": By.FACTOR, "levels": By.ITEM, "trend": By.MONTH}


class Asked(Protocol):
    """What a file is of: the filters of its address, and the unit that names it."""

    @property
    def filters(self) -> Filters: ...

    @property
    def unit(self) -> Unit: ...


@blueprint.get("/rates.csv")
@access.needs(Permission.READ_FIGURES)
def rates_csv() -> Response:
    """The table as CSV."""
    found = figures.download(request.args)
    return answer(found, "rates", "csv", CSV, lambda: _csv(found))


@blueprint.get("/rates.xlsx")
@access.needs(Permission.READ_FIGURES)
def rates_xlsx() -> Response:
    """The table as a workbook with its method sheet."""
    found = figures.download(request.args)
    return answer(found, "rates", "xlsx", XLSX, lambda: _xlsx(found))


@blueprint.get("/charts/<any(overview, factors, levels, trend):name>.<any(svg, png):fmt>")
@access.needs(Permission.READ_FIGURES)
def chart(name: str, fmt: Literal["svg", "png"]) -> Response:
    """A picture for a report, SVG or PNG."""
    found = figures.trend(request.args) if name == "trend" else figures.download(request.args, CHARTS[name])
    return answer(found, name, fmt, PICTURES[fmt], lambda: _picture(name, found, fmt))


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> tuple[str, int]:
    """Before the first questionnaire there is nothing to download."""
    return render_template("staff/empty.html"), 404


def answer(found: Asked, name: str, suffix: str, kind: str, content: Callable[[], bytes]) -> Response:
    """The file as an attachment once it is recorded; a page that says what is wrong when the address is."""
    if found.filters.complaints:
        return make_response(render_template("staff/refused.html", filters=found.filters), 400)
    body = content()
    with writing() as session:
        asked = found.filters.query(by=found.filters.by)
        audit.record(session, clock.now(), access.me().email, Action.DOWNLOADED, f"{name}.{suffix}", asked)
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found, name, suffix)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _file_name(found: Asked, name: str, suffix: str) -> str:
    """Unit and period in plain letters: rates_HN-SO-Y-TE_2025-12_2026-11.csv."""
    period = found.filters.selection.period
    parts = (name, found.unit.code, str(Month.of(period.start)), str(Month.of(period.end)))
    return "_".join(re.sub(r"[^A-Za-z0-9.-]+", "-", part) for part in parts) + f".{suffix}"


def _csv(found: Download) -> bytes:
    from survey.reports import csv_files

    return csv_files.rates(found.figures, translate, current())


def _xlsx(found: Download) -> bytes:
    from survey.reports import workbook
    from survey.reports.rows import RatesBook

    book = RatesBook(
        title=gettext("Tỷ lệ hài lòng – %(unit)s", unit=found.unit.name),
        selection=found.filters.selection,
        figures=found.figures,
        cut_off=clock.now(),
        minimums=figures.minimums(),
        beside=found.beside,
    )
    return workbook.rates(book, translate, current())


def _picture(name: str, found: Download, fmt: Literal["svg", "png"]) -> bytes:
    from survey.reports import charts

    draw = {"overview": charts.overview, "factors": charts.factors, "levels": charts.levels, "trend": charts.trend}
    subtitle = options.of(found.choices, found.filters).summary
    return draw[name](found.figures, translate, current(), fmt, subtitle=subtitle)
