"""Charts that Excel draws itself from the sheets beside them, a page each, so that staff can restyle and copy them."""

from typing import Any

from survey.domain.figures import UnitFigures
from survey.domain.scale import LEVELS as SCALE
from survey.domain.scale import Level
from survey.reports import cells, workbook
from survey.reports.legend import PAINTS
from survey.reports.report import Report
from survey.wording import Translate
from survey.wording import documents as words
from survey.wording import reports as wording

UNITS = 25  # lines of a chart that can be read on a printed page
ROW, WIDTH, LINE = 20, 1040, 24  # pixels: a row of the sheet, a chart, a line of it
HEAD = 150  # title, axis and key
# Those of the drawn pictures, by the names that Excel has for them.
PATTERNS: dict[Level, str] = {
    Level.VERY_DISSATISFIED: "trellis",
    Level.DISSATISFIED: "wide_downward_diagonal",
    Level.NEUTRAL: "",
    Level.SATISFIED: "light_upward_diagonal",
    Level.VERY_SATISFIED: "percent_20",
}
LINES = 18  # the height of columns with their slanted names


def draw(book: Any, sheet: Any, report: Report, translate: Translate) -> None:
    """Of a tree the rates of its units, so many a page and each page saying which; then its own factors and items."""
    sheet.hide_gridlines(2)
    own, units = report.figures.own, len(report.figures.every)
    starts = range(1, units + 1, UNITS) if report.figures.below else ()
    drawn = [(_units(book, (first, min(first + UNITS - 1, units)), units, translate), LINES) for first in starts]
    drawn.append((_factors(book, own, translate), LINES))
    drawn.append((_levels(book, own, translate), len(own.items) + 6))
    top, breaks = 0, []
    for chart, lines in drawn:
        top = _put(sheet, chart, top, lines)
        breaks.append(top)
    sheet.set_h_pagebreaks(breaks[:-1])
    cells.printable(sheet, workbook.paper(translate(words.SHEETS["charts"]), report.book))


def _put(sheet: Any, chart: Any, top: int, lines: int) -> int:
    height = HEAD + LINE * lines
    chart.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(top, 0, chart)
    return top + height // ROW + 2


def _units(book: Any, lines: tuple[int, int], units: int, translate: Translate) -> Any:
    """Columns of rates, and the target as a line across them."""
    name, column = translate(wording.SHEETS["overall"]), _columns("overall")
    first, last = lines
    chart, line = _bars(book, name, "unit_name", lines, column, translate), book.add_chart({"type": "line"})
    stroke = {"line": {"color": "#1a1a1a", "width": 1.75, "dash_type": "dash"}, "marker": {"type": "none"}}
    line.add_series(
        {
            "name": translate(words.TARGET),
            "categories": [name, first, column["unit_name"], last, column["unit_name"]],
            "values": [name, first, column["target"], last, column["target"]],
            **stroke,
        }
    )
    chart.combine(line)
    some = translate(words.CHART_SOME, first=first, last=last, all=units)
    title = translate(words.CHART_RATES) if units <= UNITS else some
    chart.set_title({"name": title, "name_font": {"size": 13}})
    return chart


def _factors(book: Any, own: UnitFigures, translate: Translate) -> Any:
    """The factors of the report's own unit, the first lines of their sheet."""
    lines = (1, max(len(own.factors), 1))
    chart = _bars(book, translate(wording.SHEETS["factor"]), "label", lines, _columns("factor"), translate)
    chart.set_title({"name": translate(words.CHART_FACTORS, unit=own.unit.name), "name_font": {"size": 13}})
    return chart


def _columns(sheet: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(workbook.SHEET_COLUMNS[sheet])}


def _bars(
    book: Any, name: str, labels: str, lines: tuple[int, int], column: dict[str, int], translate: Translate
) -> Any:
    chart = book.add_chart({"type": "column"})
    first, last = lines
    bars = {"fill": {"color": "#a9c8de"}, "border": {"color": "#1a1a1a"}, "gap": 60}
    label = {"value": True, "num_format": "0.00", "font": {"size": 8, "rotation": -90}}
    chart.add_series(
        {
            "name": translate(wording.COLUMNS["rate"][0]),
            "categories": [name, first, column[labels], last, column[labels]],
            "values": [name, first, column["rate"], last, column["rate"]],
            "data_labels": label,
            **bars,
        }
    )
    chart.set_x_axis({"num_font": {"size": 9, "rotation": -60}, "interval_unit": 1})
    chart.set_y_axis({"min": 0, "max": 100, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    return chart


def _levels(book: Any, own: UnitFigures, translate: Translate) -> Any:
    """The levels of each item, stacked to a hundred; patterns tell them apart in black and white."""
    name, items = translate(words.SHEETS["levels"]), len(own.items)
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for number, level in enumerate(SCALE):
        series = {
            "name": [name, 0, 4 + number],
            "categories": [name, 1, 3, max(items, 1), 3],
            "values": [name, 1, 4 + number, max(items, 1), 4 + number],
            **_paint(level),
            "border": {"color": "#1a1a1a"},
            "gap": 50,
        }
        chart.add_series(series)
    chart.set_title({"name": translate(words.CHART_LEVELS, unit=own.unit.name), "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    chart.set_x_axis({"label_position": "high"})
    chart.set_legend({"position": "bottom"})
    return chart


def _paint(level: Level) -> dict[str, Any]:
    colour, pattern = PAINTS[level].colour, PATTERNS[level]
    if not pattern:
        return {"fill": {"color": colour}}
    return {"pattern": {"pattern": pattern, "fg_color": "#1a1a1a", "bg_color": colour}}
