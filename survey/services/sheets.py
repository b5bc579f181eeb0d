"""Bytes of a CSV or XLSX file into rows of cells. What cannot be read becomes problems, never another error."""

import csv
import io
from collections.abc import Iterator

from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE, Cell, Line, Row, Shape, at, lines
from survey.services import encodings, workbooks

LARGEST_FILE = 20 * 1024 * 1024  # bytes; a line of the catalogue has about 80


def table(content: bytes, shape: Shape) -> tuple[Line, ...]:
    """The lines of the table, bad ones with their problems; raises InvalidError when the file is no such table."""
    if len(content) > LARGEST_FILE:
        raise InvalidError([Problem(FILE, "file_too_large", {"megabytes": LARGEST_FILE // 1024 // 1024})])
    if content.startswith(workbooks.OLD_EXCEL):
        raise InvalidError([Problem(FILE, "old_excel")])
    rows = workbooks.rows(content) if content.startswith(workbooks.ZIP) else _csv_rows(encodings.text(content))
    return lines(rows, shape)


def _csv_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [Cell(cell) for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise InvalidError([Problem(at(number), "csv_broken", {"reason": str(error)})]) from error


def _delimiter(text: str) -> str:
    """What the header is separated by: a Vietnamese Excel writes semicolons, "Unicode text" tabs."""
    header = text.lstrip().partition("\n")[0]
    return max(",;\t", key=header.count)
