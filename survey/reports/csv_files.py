"""Tables as CSV: UTF-8 with BOM, comma, CRLF, numbers with a decimal point, no `sep=` line."""

import csv
import io
from collections.abc import Iterable

from survey.domain.figures import Figure
from survey.reports.rows import NAMES, rows
from survey.wording import Translate

BOM = "\ufeff".encode()  # without it Excel takes the file for an old code page and breaks the diacritics


def rates(figures: Iterable[Figure], translate: Translate, language: str) -> bytes:
    """One row a figure under the fixed header; labels and words of notes in `language` ("vi" or "en")."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(NAMES)
    writer.writerows(rows(figures, translate, language))  # None becomes an empty field, a Decimal keeps its zeros
    return BOM + text.getvalue().encode()
