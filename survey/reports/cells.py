"""How every sheet of a workbook looks: formats of cells, typed cells, and a page that prints on A4 landscape."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from survey.reports.rows import Value, inert

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
LINE, LOOSE = 15, 1.2  # points of a line, and how much wider than counted a text may turn out
NARROWEST = 7  # characters: below it a filter's button covers the heading
TEXT_WIDTHS = (36, 96)  # characters: a name, and what it says


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed around a sheet: its name below, and above it whose figures these are, and of when."""

    name: str
    unit: str = ""
    asked: str = ""


def formats(workbook: Any) -> dict[str, Any]:
    """The formats of this workbook by name."""
    top = {"valign": "top"}
    head = {"bold": True, "text_wrap": True, "indent": 1, "bottom": 1, "bg_color": "#E8EDF2", "valign": "vcenter"}
    return {
        "head": workbook.add_format(head),
        # Indented: a text right of a number would stick to it.
        "text": workbook.add_format({**top, "num_format": "@", "text_wrap": True, "align": "left", "indent": 1}),
        "count": workbook.add_format({**top, "num_format": "#,##0"}),
        "percent": workbook.add_format({**top, "num_format": "0.00"}),
        "name": workbook.add_format({**top, "bold": True, "text_wrap": True}),
        "plain": workbook.add_format(top),  # runs on over the empty cells beside it
    }


def tall(sheet: Any, line: int, values: Iterable[Value], widths: Iterable[float]) -> None:
    """Make a row as tall as its longest wrapped text, before its cells: not every program does so itself."""
    texts = ((value, int(width / LOOSE)) for value, width in zip(values, widths, strict=True) if isinstance(value, str))
    lines = max((1 if len(value) <= width else _wrapped(value, max(width, 1)) for value, width in texts), default=1)
    sheet.set_row(line, LINE * lines)


@lru_cache(maxsize=1024)  # every unit's lines hold the same questions
def _wrapped(text: str, width: int) -> int:
    """How many lines of so many characters a text takes, at least one."""
    return max(len(textwrap.wrap(text, width)), 1)


def fitted(widest: Sequence[float], lines: Sequence[Sequence[Value]]) -> list[float]:
    """Widths that hold the texts of these lines, none wider than given: a narrow table prints larger."""
    found: list[float] = []
    for position, most in enumerate(widest):
        texts = [value for line in lines if isinstance(value := line[position], str)]
        needed = max((len(text) for text in texts), default=NARROWEST) * LOOSE + 2
        found.append(max(min(most, needed), NARROWEST) if texts or not lines else most)
    return found


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


def texts(sheet: Any, lines: Iterable[tuple[str, str]], formats: dict[str, Any], paper: Paper) -> None:
    """A sheet of names and texts, inert and whole. No merged cells: their rows would not grow with the text."""
    for position, width in enumerate(TEXT_WIDTHS):
        sheet.set_column(position, position, width)
    for line, (name, text) in enumerate(lines):
        tall(sheet, line, (name, text), TEXT_WIDTHS)
        sheet.write_string(line, 0, name, formats["name"])
        sheet.write_string(line, 1, inert(text), formats["text"])
    printable(sheet, paper)


def printable(sheet: Any, paper: Paper) -> None:
    """A4 landscape, as wide as one page, with the unit and what was asked above, name and page number below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    if paper.unit or paper.asked:
        sheet.set_header(f"&L{_printed(paper.unit)}&R{_printed(paper.asked)}")
    sheet.set_footer(f"&L{_printed(paper.name)}&R&P / &N")


def _printed(text: str) -> str:
    """A text in a header or footer, where & is a command; both hold 255 characters in all."""
    return text[:110].replace("&", "&&")
