"""What a report or a whole workbook is made from, for the address of a download: live figures, or frozen ones."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext

from survey.database import REPORT
from survey.domain.frozen import ORIGINAL
from survey.extensions import reading
from survey.queries import report_figures
from survey.queries.report_figures import ReportFigures
from survey.reports import frozen_files
from survey.reports.report import Report
from survey.reports.rows import RatesBook
from survey.web import clock
from survey.web.figures import figures, options, why
from survey.web.figures.figures import Download
from survey.web.freezing.frozen_figures import FrozenDownload
from survey.wording import Translate, freezing

translate: Translate = gettext


def asked(found: Download, args: Mapping[str, str] | None = None) -> Report:
    """What the report is made from; `args` are those of the address where none are given."""
    selection, unit = found.filters.selection, found.unit
    frozen = found if isinstance(found, FrozenDownload) else None
    own = _figures(found)
    book = RatesBook(
        title=_title(unit.name, frozen),
        selection=selection,
        figures=(own.own.overall, *own.own.factors, *own.own.items),
        cut_off=frozen.snapshot.at if frozen else clock.now(),
        minimums=frozen.snapshot.minimums if frozen else figures.minimums(),
        beside=own.own.beside,
        sums=None if frozen else why.read(selection, unit, own.own),
    )
    return Report(
        book=book,
        figures=own,
        asked=options.of(found.choices, found.filters).summary,
        whole=(request.args if args is None else args).get("whole") == "1",
        standing=_standing(frozen) if frozen else "",
    )


def _figures(found: Download) -> ReportFigures:
    if isinstance(found, FrozenDownload):
        return report_figures.frozen(found.snapshot, found.own)
    selection, every = found.filters.selection, found.choices.units
    with reading(REPORT) as session:
        return report_figures.live(session, selection, found.unit, every, figures.minimums(), found.choices.today)


def _title(unit: str, frozen: FrozenDownload | None) -> str:
    if frozen is None:
        return str(gettext("Tỷ lệ hài lòng – %(unit)s", unit=unit))
    return translate(frozen_files.TITLE, unit=unit, standing=_standing(frozen))


def _standing(found: FrozenDownload) -> str:
    number = found.snapshot.number
    return translate(freezing.ORIGINAL) if number == ORIGINAL else translate(freezing.SUPPLEMENT, number=number)
