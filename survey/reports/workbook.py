"""Tables as XLSX: typed cells, a sheet a scope, and the sheet that says how the numbers came about."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from survey.domain.figures import Figure, Scope
from survey.reports import cells, method_sheet
from survey.reports.cells import Paper
from survey.reports.grid import grid
from survey.reports.rows import NAMES, RatesBook, Value, row
from survey.wording import Translate, asked
from survey.wording.asked import begun
from survey.wording.figures import NOTES, VERDICTS
from survey.wording.reports import COLUMNS, SHEETS
from survey.wording.standing import DICTIONARY

# Width in characters. The long texts wrap, so that A4 landscape holds the sheet.
WIDTHS = {"unit_code": 16, "unit_name": 28, "questionnaire": 14, "key": 9, "label": 36, "verdict": 15, "note": 20}
NUMBER_WIDTH = 8.5

# The columns of each sheet: what the others hold says nothing there.
_PLACE = ("unit_code", "unit_name", "questionnaire")
_NUMBERS = ("respondents", "answers", "c1", "c2", "c3", "c4", "c5", "rate", "low", "high")
_AGAINST_TARGET = ("target", "verdict", "note")
SHEET_COLUMNS: dict[str, tuple[str, ...]] = {
    "overall": (*_PLACE, *_NUMBERS, *_AGAINST_TARGET),
    "factor": (*_PLACE, "key", "label", *_NUMBERS, "note"),
    "item": (*_PLACE, "key", "label", *_NUMBERS, "note"),
    "month": (*_PLACE, "key", *_NUMBERS, *_AGAINST_TARGET),
}


def rates(book: RatesBook, translate: Translate, language: str) -> bytes:
    """The workbook; the same book gives the same bytes, because its creation date is the cut-off moment."""
    import xlsxwriter

    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, cells.OPTIONS)
    created = book.cut_off.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.set_properties({"title": book.title, "created": created})
    formats = cells.formats(workbook)
    for name, figures in _sheets(book.figures).items():
        title = translate(SHEETS[name])
        table(workbook.add_worksheet(title), name, figures, formats, paper(title, book), translate, language)
    method(workbook.add_worksheet(translate(SHEETS["method"])), book, formats, translate, language)
    dictionary(workbook.add_worksheet(translate(DICTIONARY)), formats, translate)
    workbook.close()
    return output.getvalue()


def _sheets(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures of each sheet, in the order of sheets; empty sheets are left out, but one remains."""
    found: dict[str, list[Figure]] = {name: [] for name in SHEET_COLUMNS}
    for figure in figures:
        found["month" if figure.month is not None else figure.scope.value].append(figure)
    return {name: own for name, own in found.items() if own} or {Scope.OVERALL.value: []}


def table(
    sheet: Any,
    name: str,
    figures: Sequence[Figure],
    formats: dict[str, Any],
    paper: Paper,
    translate: Translate,
    language: str,
    *,
    printed: int | None = None,
) -> None:
    """Figures of one kind on a sheet, typed; `printed` is how many of them go to paper, where not all do."""
    columns = SHEET_COLUMNS[name]
    heads = [(translate(COLUMNS[column][0]), WIDTHS.get(column, NUMBER_WIDTH)) for column in columns]
    lines = [_line(figure, columns, translate, language) for figure in figures]
    grid(sheet, heads, lines, formats, paper, printed=printed)


def _line(figure: Figure, columns: Sequence[str], translate: Translate, language: str) -> list[Value]:
    values = _in_words(figure, dict(zip(NAMES, row(figure, translate, language), strict=True)), translate)
    return [values[column] for column in columns]


def _in_words(figure: Figure, values: dict[str, Value], translate: Translate) -> dict[str, Value]:
    """The row for a person: verdict and notes in words alone."""
    verdict, notes = figure.shown.verdict, figure.shown.notes
    values["verdict"] = None if verdict is None else begun(translate(VERDICTS[verdict]))
    values["note"] = begun("; ".join(translate(NOTES[code]) for code in notes)) or None
    return values


def paper(name: str, book: RatesBook) -> Paper:
    """What is printed around the sheet of this name."""
    return Paper(name, book.title, asked.span(book.selection.period))


def method(sheet: Any, book: RatesBook, formats: dict[str, Any], translate: Translate, language: str) -> None:
    """What the figures rest on, as names and texts."""
    lines = list(method_sheet.lines(book, translate, language))
    cells.texts(sheet, lines, formats, paper(translate(SHEETS["method"]), book))


def dictionary(sheet: Any, formats: dict[str, Any], translate: Translate) -> None:
    """Every column's code with its heading, and what it holds."""
    texts = [(f"{code} – {heading}", meaning) for code, heading, meaning in method_sheet.dictionary(translate)]
    cells.texts(sheet, texts, formats, Paper(translate(DICTIONARY)))
