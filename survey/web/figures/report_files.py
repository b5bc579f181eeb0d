"""/staff/rates.pdf, .docx and charts.zip: the report of a unit, with the query string of the page that links to it.

`whole=1` adds a part on every unit below. With `frozen=<id>` it is made from frozen figures alone.
"""

from flask import Blueprint, Response, request

from survey.domain.access import Permission
from survey.web import access
from survey.web.figures import downloads, reporting
from survey.web.freezing import frozen_figures

blueprint = Blueprint("report_files", __name__, url_prefix="/staff")
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


@blueprint.get("/rates.<any(pdf, docx):fmt>")
@access.needs(Permission.READ_FIGURES)
def report(fmt: str) -> Response:
    """The report as PDF, or as DOCX to go on writing."""
    return _file("rates", fmt)


@blueprint.get("/charts.zip")
@access.needs(Permission.READ_FIGURES)
def charts() -> Response:
    """Every picture of the report as PNG."""
    return _file("charts", "zip")


def _file(name: str, fmt: str) -> Response:
    found = frozen_figures.download(request.args)
    return downloads.answer(found, name, fmt, KINDS[fmt], lambda: downloads.made(reporting.order(found, fmt)))
