"""The comments of a batch as CSV: their order is the one that was drawn, and nothing else of them is known."""

import csv
import io
from collections.abc import Iterable

from survey.queries.comments import Comment, Theme
from survey.reports.csv_files import BOM
from survey.reports.rows import inert
from survey.wording import N_, Translate

NAMES = (N_("Số"), N_("Góp ý"), N_("Chủ đề"))


def as_csv(comments: Iterable[Comment], themes: Iterable[Theme], translate: Translate) -> bytes:
    """A row a comment; texts that a spreadsheet would take for formulas are made inert."""
    names = {theme.id: theme.name for theme in themes}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([translate(name) for name in NAMES])
    for comment in comments:
        theme = "" if comment.theme_id is None else names[comment.theme_id]
        writer.writerow([comment.position, inert(comment.text), inert(theme)])
    return BOM + text.getvalue().encode()
