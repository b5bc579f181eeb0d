"""Files and pictures of figures, with the query string of the page that links to them. Every one is audited.

All but CSV are ordered from the report process: the process that serves citizens never loads what they are made with.
"""

import re
from collections.abc import Callable
from typing import Literal, Protocol

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import force_locale, gettext

from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.periods import Month
from survey.domain.units import Unit
from survey.extensions import writing
from survey.reports import csv_files, orders, process
from survey.reports.process import Order, ReportError
from survey.reports.rows import RatesBook
from survey.services import audit
from survey.web import access, clock
from survey.web.figures import figures, options, reporting, revised
from survey.web.figures.figures import Download, NothingPublishedError
from survey.web.figures.filters import By, Filters
from survey.web.freezing import frozen_figures
from survey.web.freezing.frozen_figures import FrozenDownload
from survey.web.language import current
from survey.wording import Translate

blueprint = Blueprint("downloads", __name__, url_prefix="/staff")
translate: Translate = gettext
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES: dict[str, str] = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
# Files that a job makes too, for whoever waited in vain.
REPORTS = {"/staff/rates.pdf": "pdf", "/staff/rates.docx": "docx", "/staff/charts.zip": "zip"}
NOT_MADE = {"busy": 503, "slow": 504, "broken": 500}
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
    found = frozen_figures.download(request.args)
    return answer(found, "rates", "csv", CSV, lambda: _csv(found))


@blueprint.get("/rates.xlsx")
@access.needs(Permission.READ_FIGURES)
def rates_xlsx() -> Response:
    """The table as a workbook with its method sheet."""
    found = frozen_figures.download(request.args)
    return answer(found, "rates", "xlsx", XLSX, lambda: made(_table(found)))


@blueprint.get("/charts/<any(overview, factors, levels, trend):name>.<any(svg, png):fmt>")
@access.needs(Permission.READ_FIGURES)
def chart(name: str, fmt: Literal["svg", "png"]) -> Response:
    """A picture for a report, SVG or PNG."""
    live = name == "trend" and "frozen" not in request.args
    found = figures.trend(request.args) if live else frozen_figures.download(request.args, CHARTS[name])
    return answer(found, name, fmt, PICTURES[fmt], lambda: made(_picture(name, found, fmt)))


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> tuple[str, int]:
    """Before the first questionnaire there is nothing to download."""
    return render_template("staff/empty.html"), 404


@blueprint.app_errorhandler(ReportError)
def not_made(error: ReportError) -> tuple[str, int]:
    """A page that says so, in place of the file. Why is for the log."""
    current_app.logger.error("no report: %s", error)
    args = {**request.args, "fmt": REPORTS[request.path]} if request.path in REPORTS else {}
    page = render_template("staff/unmade.html", code=error.code, again=request.full_path, job=args)
    return page, NOT_MADE[error.code]


def answer(found: Asked, name: str, suffix: str, kind: str, content: Callable[[], bytes]) -> Response:
    """The file as an attachment once it is recorded; a page that says what is wrong when the address is."""
    if found.filters.complaints:
        return make_response(render_template("staff/refused.html", filters=found.filters), 400)
    with force_locale(frozen_figures.language(found)):
        body = content()
    with writing() as session:
        frozen = str(found.entry.id) if isinstance(found, FrozenDownload) else None
        asked = found.filters.query(by=found.filters.by, frozen=frozen)
        audit.record(session, clock.now(), access.me().email, Action.DOWNLOADED, f"{name}.{suffix}", asked)
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, name, suffix)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def file_name(found: Asked, name: str, suffix: str) -> str:
    """Unit and period in plain letters: rates_HN-SO-Y-TE_2025-12_2026-11.csv; of frozen ones also number, language."""
    period = found.filters.selection.period
    frozen = (f"chot-{found.entry.number}", found.language) if isinstance(found, FrozenDownload) else ()
    parts = (name, found.unit.code, str(Month.of(period.start)), str(Month.of(period.end)), *frozen)
    return "_".join(re.sub(r"[^A-Za-z0-9.-]+", "-", part) for part in parts) + f".{suffix}"


def made(order: Order) -> bytes:
    """The file that is ordered, in the reader's language."""
    return process.made(order, current())


def _csv(found: Download) -> bytes:
    return csv_files.rates(found.figures, translate, current())


def _table(found: Download) -> Order:
    if found.filters.by is None or isinstance(found, FrozenDownload):
        return reporting.order(found, "xlsx")
    book = RatesBook(
        title=gettext("Tỷ lệ hài lòng – %(unit)s", unit=found.unit.name),
        selection=found.filters.selection,
        figures=found.figures,
        cut_off=clock.now(),
        minimums=figures.minimums(),
        revision=revised.of_unit(found.filters.selection, found.unit),
    )
    return orders.Table(book)


def _picture(name: str, found: Download, fmt: Literal["svg", "png"]) -> Order:
    return orders.Picture(name, found.figures, options.of(found.choices, found.filters).summary, fmt)
