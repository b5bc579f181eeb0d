"""The whole of a report as XLSX: every unit and every item, ranks, levels, the period before, and charts of Excel."""

import io
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from typing import Any

from survey.domain.figures import Figure
from survey.domain.rates import percent
from survey.queries.report_figures import Compared
from survey.reports import cells, group_sheet, ranking_files, sheet_charts, workbook
from survey.reports.cells import Paper
from survey.reports.grid import grid
from survey.reports.report import Report
from survey.reports.rows import HUNDREDTH, Value, inert, label
from survey.wording import Translate, asked, standing
from survey.wording import documents as words
from survey.wording import reports as wording
from survey.wording.asked import begun
from survey.wording.figures import LEVELS

UNIT, TEXT, NUMBER = 30, 40, 11  # widths in characters


def made(report: Report, translate: Translate, language: str) -> bytes:
    """The workbook; the same report gives the same bytes."""
    import xlsxwriter

    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, cells.OPTIONS)
    created = report.book.cut_off.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": report.book.title, "created": created})
    formats = cells.formats(book)
    figures, names = report.figures, wording.SHEETS
    scopes: dict[str, list[Figure]] = {
        "overall": [found.overall for found in figures.every],
        "factor": [figure for found in figures.every for figure in found.factors],
        "item": [figure for found in figures.every for figure in found.items],
        "month": list(figures.own.months),
    }
    long = {"factor": len(figures.own.factors), "item": len(figures.own.items)}
    for name, given in scopes.items():
        sheet, own = book.add_worksheet(translate(names[name])), long.get(name)
        paper = _paper(translate(names[name]), report, translate, len(given), own)
        workbook.table(sheet, name, given, formats, paper, translate, language, printed=own)
        if name == "overall":
            charts = book.add_worksheet(translate(words.SHEETS["charts"]))
    ranks = translate(standing.SHEET)
    paper = workbook.paper(ranks, report.book)
    ranking_files.table(book.add_worksheet(ranks), figures.rankings, formats, paper, translate)
    _levels(book.add_worksheet(translate(words.SHEETS["levels"])), report, formats, translate, language)
    _comparison(book.add_worksheet(translate(words.SHEETS["comparison"])), report, formats, translate)
    groups = translate(words.SHEETS["groups"])
    paper = workbook.paper(groups, report.book)
    group_sheet.fill(book.add_worksheet(groups), figures.groups, formats, paper, translate, language)
    workbook.method(book.add_worksheet(translate(names["method"])), report.book, formats, translate, language)
    workbook.dictionary(book.add_worksheet(translate(words.SHEETS["dictionary"])), formats, translate)
    sheet_charts.draw(book, charts, report, translate)
    book.close()
    return output.getvalue()


def _paper(name: str, report: Report, translate: Translate, lines: int, own: int | None) -> Paper:
    """A long table of all units is printed for the report's own unit alone, and says so: nobody reads 200 pages."""
    whole = workbook.paper(name, report.book)
    if own is None or own >= lines:
        return whole
    return replace(whole, name=translate(words.OWN_ALONE, sheet=name, unit=report.figures.unit.name))


def _levels(sheet: Any, report: Report, formats: dict[str, Any], translate: Translate, language: str) -> None:
    """Each level's share of the answers to each item of the report's own unit, then of every unit below."""
    heads = [
        (translate(wording.COLUMNS["unit_code"][0]), 16),
        (translate(words.UNIT), UNIT),
        (translate(wording.COLUMNS["key"][0]), 8),
        (translate(words.ITEM), TEXT),
        *((f"{translate(name)} (%)", NUMBER) for name in LEVELS.values()),
    ]
    lines = [_spread(figure, translate, language) for found in report.figures.every for figure in found.items]
    own = len(report.figures.own.items)
    paper = _paper(translate(words.SHEETS["levels"]), report, translate, len(lines), own)
    grid(sheet, heads, lines, formats, paper, printed=own)


def _spread(figure: Figure, translate: Translate, language: str) -> tuple[Value, ...]:
    shown = figure.shown
    shares: tuple[Value, ...] = (None,) * len(LEVELS)
    if shown.counts is not None and shown.answers:
        total = shown.answers
        shares = tuple((Decimal(count) * 100 / total).quantize(HUNDREDTH, "ROUND_HALF_UP") for count in shown.counts)
    unit, words_of = figure.unit, inert(label(figure, translate, language))
    return inert(unit.code), inert(unit.name), inert(figure.key or ""), words_of, *shares


def _comparison(sheet: Any, report: Report, formats: dict[str, Any], translate: Translate) -> None:
    """Each unit beside the period before; without one, the headings alone."""
    heads = [
        (translate(wording.COLUMNS["unit_code"][0]), 16),
        (translate(words.UNIT), UNIT),
        (f"{translate(words.BEFORE)} (%)", NUMBER),
        (f"{translate(words.NOW)} (%)", NUMBER),
        (translate(words.DIFFERENCE), 14),
        (f"{translate(words.DIFFERENCE)} – {translate(wording.COLUMNS['low'][0])}", 16),
        (f"{translate(words.DIFFERENCE)} – {translate(wording.COLUMNS['high'][0])}", 16),
        (translate(words.CHANGE), 24),
    ]
    found = report.figures
    lines = [_compared(one, translate) for one in found.compared] if found.comparable else []
    why = translate(words.NO_COMPARISON)
    if found.earlier is not None:
        why = translate(words.NOT_COMPARED, period=asked.span(found.earlier))
    paper = workbook.paper(translate(words.SHEETS["comparison"]), report.book)
    grid(sheet, heads, lines, formats, paper, empty=why)


def _compared(one: Compared, translate: Translate) -> tuple[Value, ...]:
    found, unit = one.difference, one.after.unit
    points = (found.value, found.low, found.high)
    return (
        inert(unit.code),
        inert(unit.name),
        one.before.shown.rate,
        one.after.shown.rate,
        *(None if value is None else percent(value) for value in points),
        begun(translate(standing.CHANGES_IN_TIME[found.change])),
    )
