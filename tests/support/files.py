"""Files of the catalogue, made in memory."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

UNIT_HEADER = "code,name,kind,parent_code,valid_from,valid_to,replaced_by"


def units_csv(*lines: str) -> bytes:
    """A CSV file of units with these lines under the header; the first of them is line 2."""
    return "\n".join([UNIT_HEADER, *lines, ""]).encode()


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX file with these rows in its only sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
