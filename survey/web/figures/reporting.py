"""What a report or a whole workbook is made from, for the address of a download: live figures, or frozen ones."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext

from survey.database import REPORT
from survey.extensions import reading
from survey.queries import report_figures
from survey.reports import orders
from survey.reports.process import Order
from survey.reports.report import Report
from survey.reports.rows import RatesBook
from survey.web import clock
from survey.web.figures import figures, options, revised, why
from survey.web.figures.figures import Download
from survey.web.freezing.frozen_figures import FrozenDownload


def order(found: Download, fmt: str, args: Mapping[str, str] | None = None) -> Order:
    """The file to be made; `args` are those of the address where none are given."""
    whole = (request.args if args is None else args).get("whole") == "1"
    if isinstance(found, FrozenDownload):  # the same bytes at every download
        return orders.Frozen(found.part(whole=whole), fmt)
    return orders.Document(_live(found, whole), fmt)


def _live(found: Download, whole: bool) -> Report:
    selection, unit, every = found.filters.selection, found.unit, found.choices.units
    with reading(REPORT) as session:
        read = report_figures.live(session, selection, unit, every, figures.minimums(), found.choices.today)
    own = read.own
    book = RatesBook(
        title=gettext("Tỷ lệ hài lòng – %(unit)s", unit=unit.name),
        selection=selection,
        figures=(own.overall, *own.factors, *own.items),
        cut_off=clock.now(),
        minimums=figures.minimums(),
        beside=own.beside,
        sums=why.read(selection, unit, own),
        revision=revised.of_unit(selection, unit),
    )
    return Report(book, read, options.of(found.choices, found.filters).summary, whole)
