"""How every sheet of a workbook looks: formats of cells, typed cells, and a page that prints on A4 landscape."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from survey.reports.rows import Value, inert

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
LINE, LOOSE = 15, 1.25  # points of a line, and how much wider than measured a text may turn out
TEXT_WIDTHS = (36, 96)  # characters: a name, and what it says


def formats(workbook: Any) -> dict[str, Any]:
    """The formats of this workbook by name."""
    top = {"valign": "top"}
    head = {"bold": True, "text_wrap": True, "indent": 1, "bottom": 1, "bg_color": "#E8EDF2", "valign": "vcenter"}
    return {
        "head": workbook.add_format(head),
        # Indented: a text right of a number would stick to it.
        "text": workbook.add_format({**top, "num_format": "@", "text_wrap": True, "indent": 1}),
        "count": workbook.add_format({**top, "num_format": "#,##0"}),
        "percent": workbook.add_format({**top, "num_format": "0.00"}),
        "name": workbook.add_format({**top, "bold": True, "text_wrap": True}),
    }


def tall(sheet: Any, line: int, values: Iterable[Value], widths: Iterable[float]) -> None:
    """Make a row as tall as its longest wrapped text, before its cells: not every program does so itself."""
    lines = max(
        (
            -(-len(value) * LOOSE // width)
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    sheet.set_row(line, LINE * max(int(lines), 1))


def write(sheet: Any, line: int, position: int, value: Value, formats: dict[str, Any]) -> None:
    """One cell by the kind of its value; nothing for None."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(line, position, value, formats["text"])
    elif isinstance(value, Decimal):
        sheet.write_number(line, position, value, formats["percent"])
    else:
        sheet.write_number(line, position, value, formats["count"])


def texts(sheet: Any, lines: Iterable[tuple[str, str]], formats: dict[str, Any], title: str) -> None:
    """A sheet of names and texts, inert and whole. No merged cells: their rows would not grow with the text."""
    for position, width in enumerate(TEXT_WIDTHS):
        sheet.set_column(position, position, width)
    for line, (name, text) in enumerate(lines):
        tall(sheet, line, (name, text), TEXT_WIDTHS)
        sheet.write_string(line, 0, name, formats["name"])
        sheet.write_string(line, 1, inert(text), formats["text"])
    printable(sheet, title)


def printable(sheet: Any, name: str) -> None:
    """A4 landscape, as wide as one page, with name and page number below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L{name}&R&P / &N")
