"""A sheet that is one table: headings that stay, typed cells, filters, and paper to print it on."""

from collections.abc import Sequence
from typing import Any

from survey.reports import cells
from survey.reports.cells import Paper
from survey.reports.rows import Value

Line = Sequence[Value]


def grid(
    sheet: Any,
    heads: Sequence[tuple[str, float]],
    lines: Sequence[Line],
    formats: Any,
    paper: Paper,
    *,
    empty: str = "",
    printed: int | None = None,
) -> None:
    """A table of typed cells under headings that are printed on every page; each head with its greatest width.

    `empty` says why there is no line. Of a long table only the first `printed` lines go to paper, where that is given.
    """
    widths = cells.fitted([width for _, width in heads], lines)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    cells.tall(sheet, 0, [head for head, _ in heads], widths)
    for position, (head, _) in enumerate(heads):
        sheet.write_string(0, position, head, formats["head"])
    for number, line in enumerate(lines, 1):
        cells.tall(sheet, number, line, widths)
        for position, value in enumerate(line):
            cells.write(sheet, number, position, value, formats)
    if not lines and empty:
        sheet.write_string(1, 0, empty, formats["plain"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    cells.printable(sheet, paper)
    sheet.repeat_rows(0)
    if printed is not None and printed < len(lines):
        sheet.print_area(0, 0, printed, len(heads) - 1)
