"""A report as a tagged PDF: the parts of the document as JSON, set by the template "report"."""

from typing import Any

from survey.reports import progress, typesetting
from survey.reports.document import Document, Heading, PageBreak, Part, Picture, Table, Text
from survey.reports.heat_chart import DARK_FROM, SHADES


def written(document: Document) -> bytes:
    """The PDF; the same document gives the same bytes."""
    head = document.letterhead
    return typesetting.pdf(
        "report",
        {
            "language": document.language,
            "title": document.title,
            "author": document.author,
            "head": {name: getattr(head, name) for name in head.__slots__},
            "answer": [_part(part) for part in document.answer],
            "parts": [_part(part) for part in progress.each(document.parts)],
            "page": document.page,
            "footer": document.footer,
            "shades": SHADES,
            "dark_from": DARK_FROM,
        },
    )


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"is": "heading", "level": part.level, "text": part.text}
    if isinstance(part, Text):
        return {"is": "text", "text": part.text, "lead": part.lead}
    if isinstance(part, Picture):
        return {"is": "picture", "words": part.words, "svg": part.draw("svg").decode()}
    if isinstance(part, PageBreak):
        return {"is": "break"}
    return _table(part)


def _table(part: Table) -> dict[str, Any]:
    columns = [{"name": one.name, "width": one.width, "align": one.align} for one in part.columns]
    return {"is": "table", "title": part.title, "columns": columns, "rows": part.rows, "shades": part.shades}
