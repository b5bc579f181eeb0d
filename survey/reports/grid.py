"""A sheet that is one table: headings that stay, typed cells, filters, and paper to print it on."""

from collections.abc import Sequence
from typing import Any

from survey.reports import cells
from survey.reports.rows import Value


def grid(
    sheet: Any, heads: Sequence[tuple[str, float]], lines: Sequence[tuple[Value, ...]], formats: Any, name: str
) -> None:
    """A table of typed cells under headings that are printed on every page."""
    for position, (_, width) in enumerate(heads):
        sheet.set_column(position, position, width)
    widths = [width for _, width in heads]
    cells.tall(sheet, 0, [head for head, _ in heads], widths)
    for position, (head, _) in enumerate(heads):
        sheet.write_string(0, position, head, formats["head"])
    for number, line in enumerate(lines, 1):
        cells.tall(sheet, number, line, widths)
        for position, value in enumerate(line):
            cells.write(sheet, number, position, value, formats)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    cells.printable(sheet, name)
    sheet.repeat_rows(0)
