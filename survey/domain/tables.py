"""Tables as read from a file: header and cells checked, turned into numbered lines of text. No file is opened here."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.domain.problems import InvalidError, Problem

FILE = "file"  # the path of a problem that belongs to no line
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, formatting, surrogate, private, unassigned


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell. `flaw` is what a spreadsheet made of it: number, formula, error, value, or nothing."""

    text: str
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a table, all but the `optional` ones required, in any order.

    A number cell is refused in `codes`: it lost its zeros.
    """

    columns: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header: its number in the file (the header is usually 1) and its text by column.

    With `problems` it cannot be read; its text is kept, so that other lines may name its code.
    """

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


Row = tuple[int, Sequence[Cell]]


def at(number: int) -> str:
    """The path of a problem in that line."""
    return f"line {number}"


def lines(rows: Iterable[Row], shape: Shape) -> tuple[Line, ...]:
    """The lines below the header, each with what is wrong with its cells. Blank lines are left out.

    Raises InvalidError when the header is wrong or nothing follows it: then no line means anything.
    """
    filled = ((number, cells) for number, cells in rows if any(cell.text.strip() or cell.flaw for cell in cells))
    first = next(filled, None)
    if first is None:
        raise InvalidError([Problem(FILE, "file_empty")])
    header = _header(first, shape)
    found = tuple(
        Line(
            number,
            {name: cell.text for name, cell in zip(header, cells, strict=False)},
            tuple(_complaints(number, cells, header, shape)),
        )
        for number, cells in filled
    )
    if not found:
        raise InvalidError([Problem(FILE, "no_lines")])
    return found


def _header(row: Row, shape: Shape) -> list[str]:
    number, cells = row
    names = [cell.text.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()  # spreadsheets leave empty columns at the right
    problems = [Problem(at(number), "column_missing", {"column": name}) for name in shape.columns if name not in names]
    known = (*shape.columns, *shape.optional)
    problems += [
        Problem(at(number), "column_unknown", {"column": name, "known": ", ".join(known)})
        for name in dict.fromkeys(names)
        if name not in known
    ]
    problems += [
        Problem(at(number), "column_twice", {"column": name}) for name, times in Counter(names).items() if times > 1
    ]
    if problems:
        raise InvalidError(problems)
    return names


def _complaints(number: int, cells: Sequence[Cell], header: Sequence[str], shape: Shape) -> list[Problem]:
    count = len(cells)
    while count > len(header) and not cells[count - 1].text.strip():
        count -= 1
    if count != len(header):
        return [Problem(at(number), "cells_wrong", {"count": count, "expected": len(header)})]
    problems = []
    for column, cell in zip(header, cells, strict=False):
        flaw = "" if cell.flaw == "number" and column not in shape.codes else cell.flaw
        if flaw:
            problems.append(Problem(at(number), f"cell_{flaw}", {"column": column, "value": cell.text}))
        elif char := strange(cell.text):
            problems.append(Problem(at(number), "character_bad", {"column": column, "character": char}))
    return problems


def strange(text: str) -> str:
    """The first character that no name or code has, as U+0000; "" when there is none. Tabs and line ends are space."""
    if text.isascii() and text.isprintable():
        return ""
    for char in text:
        if char == "\ufffd" or (unicodedata.category(char) in _INVISIBLE and char not in "\t\r\n"):
            return f"U+{ord(char):04X}"
    return ""
