"""The first sheet of an XLSX file as rows of cells, within limits that a made-up file cannot break."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE, Cell, Row
from survey.services import packed_files
from survey.services.packed_files import LARGEST_CONTENT, WorkbookArchive

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and an .xlsx under a password
MOST_ROWS = 100_000
MOST_COLUMNS = 40


def rows(content: bytes) -> Iterator[Row]:
    """The rows of the first sheet by their number; raises InvalidError when the file is broken or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size <= LARGEST_CONTENT:
            yield from _rows(content)
            return
    except InvalidError:
        raise
    except Exception as error:  # openpyxl answers a broken file with whatever its inside happens to raise
        raise InvalidError([Problem(FILE, "xlsx_broken")]) from error
    raise packed_files.too_large()


def _rows(content: bytes) -> Iterator[Row]:
    from openpyxl.reader.excel import ExcelReader  # a slow import that only this path needs

    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.archive = WorkbookArchive(io.BytesIO(content))
    reader.read()
    book = reader.wb
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # as declared they may be wrong
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            if number > MOST_ROWS:
                raise InvalidError([Problem(FILE, "too_many_lines", {"most": MOST_ROWS})])
            yield number, [_cell(cell) for cell in cells]
    finally:
        book.close()


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell(str(value), "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, str):
        return Cell(value)
    if isinstance(value, (bool, time)):
        return Cell(str(value), "value")
    if isinstance(value, datetime):
        return Cell((value.date() if value.time() == time() else value).isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    return Cell(_number(value), "number")


def _number(value: Any) -> str:
    """A number as people write it: 85 for 85.0, never 9.2E+1."""
    return str(int(value)) if value == int(value) else repr(value)
