"""The links of invitations as CSV, for messages and letters: made once, when they are drawn."""

import csv
import io
from collections.abc import Iterable

from survey.domain.invitations import Letter, Terms
from survey.reports.rows import inert

COLUMNS = ("line", "unit_code", "procedure_code", "url", "code", "opens", "expires")
GROUP = 4  # letters of a code that are read together


def csv_file(letters: Iterable[Letter], terms: Terms, public_url: str) -> bytes:
    """UTF-8 with BOM; `line` is the number of the dossier's line in the file that was handed in, `code` for typing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for letter in letters:
        url = f"{public_url.rstrip('/')}/i/{letter.token}"
        days = (terms.opens.isoformat(), terms.expires.isoformat())
        codes = (inert(letter.unit_code), inert(letter.procedure or ""))
        writer.writerow((letter.line, *codes, url, spaced(letter.token), *days))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def spaced(token: str) -> str:
    """A token as one reads it out: K7QA-MX3C-…"""
    return "-".join(token[start : start + GROUP] for start in range(0, len(token), GROUP))
