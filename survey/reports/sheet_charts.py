"""Charts that Excel draws itself from the sheets beside them, a page each, so that staff can restyle and copy them."""

from typing import Any

from survey.domain.scale import LEVELS as SCALE
from survey.reports import cells, workbook
from survey.reports.legend import PAINTS
from survey.wording import Translate
from survey.wording import documents as words
from survey.wording import reports as wording

UNITS = 25  # lines of a chart that can be read on a printed page
ROW, WIDTH, LINE = 20, 1040, 24  # pixels: a row of the sheet, a chart, a line of it
HEAD = 150  # title, axis and key
LINES = 18  # the height of columns with their slanted names


def draw(book: Any, sheet: Any, units: int, items: int, translate: Translate) -> None:
    """Rates against the target, some units a page, then the levels of the first unit's items."""
    sheet.hide_gridlines(2)
    overall = translate(wording.SHEETS["overall"])
    column = {name: number for number, name in enumerate(workbook.SHEET_COLUMNS["overall"])}
    top, breaks = 0, []
    for first in range(1, units + 1, UNITS):
        last = min(first + UNITS - 1, units)
        chart = _rates(book, overall, column, (first, last), translate)
        top = _put(sheet, chart, top, LINES)
        breaks.append(top)
    _put(sheet, _levels(book, translate(words.SHEETS["levels"]), items, translate), top, items + 6)
    sheet.set_h_pagebreaks(breaks)
    cells.printable(sheet, translate(words.SHEETS["charts"]))


def _put(sheet: Any, chart: Any, top: int, lines: int) -> int:
    height = HEAD + LINE * lines
    chart.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(top, 0, chart)
    return top + height // ROW + 2


def _rates(book: Any, name: str, column: dict[str, int], lines: tuple[int, int], translate: Translate) -> Any:
    """Columns of rates, and the target as a line across them."""
    chart, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    first, last = lines

    def cells_of(which: str) -> list[Any]:
        return [name, first, column[which], last, column[which]]

    def series(which: str, title: str, style: dict[str, Any]) -> dict[str, Any]:
        return {"name": translate(title), "categories": cells_of("unit_name"), "values": cells_of(which), **style}

    bars = {"fill": {"color": "#a9c8de"}, "border": {"color": "#1a1a1a"}, "gap": 60}
    label = {"value": True, "num_format": "0.00", "font": {"size": 8, "rotation": -90}}
    chart.add_series(series("rate", wording.COLUMNS["rate"][0], {**bars, "data_labels": label}))
    stroke = {"line": {"color": "#1a1a1a", "width": 1.75, "dash_type": "dash"}, "marker": {"type": "none"}}
    line.add_series(series("target", words.TARGET, stroke))
    chart.combine(line)
    chart.set_title({"name": translate(words.CHART_RATES), "name_font": {"size": 13}})
    chart.set_x_axis({"num_font": {"size": 9, "rotation": -60}, "interval_unit": 1})
    chart.set_y_axis({"min": 0, "max": 100, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    return chart


def _levels(book: Any, name: str, items: int, translate: Translate) -> Any:
    """The levels of each item, stacked to a hundred."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for number, level in enumerate(SCALE):
        series = {
            "name": [name, 0, 4 + number],
            "categories": [name, 1, 3, max(items, 1), 3],
            "values": [name, 1, 4 + number, max(items, 1), 4 + number],
            "fill": {"color": PAINTS[level].colour},
            "border": {"color": "#1a1a1a"},
            "gap": 50,
        }
        chart.add_series(series)
    chart.set_title({"name": translate(words.CHART_LEVELS), "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    chart.set_x_axis({"label_position": "high"})
    chart.set_legend({"position": "bottom"})
    return chart
