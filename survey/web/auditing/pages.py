"""/staff/admin/audit: the record of acts at one's units, newest first, as sentences; and the same as a file."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.extensions import reading, writing
from survey.queries import audit as queries
from survey.queries.audit import Entry
from survey.reports import audit_files
from survey.services import audit
from survey.web import access, clock
from survey.web.auditing import asked as filters
from survey.web.auditing.asked import Asked
from survey.wording import Translate, numbers
from survey.wording.audit import told

blueprint = Blueprint("auditing", __name__, url_prefix="/staff/admin")
translate: Translate = gettext
NEEDED = Permission.READ_AUDIT
SHOWN = 50  # events a page
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the page shows it."""

    number: int
    moment: str
    sentence: str
    rest: tuple[tuple[str, str], ...]


@blueprint.get("/audit")
@access.needs(NEEDED)
def show() -> str:
    """A page of events."""
    asked = filters.read(request.args)
    with reading() as session:
        found = queries.entries(session, asked.wanted, asked.reach, asked.before, SHOWN + 1)
    lines = [_line(entry, asked) for entry in found[:SHOWN]]
    older = asked.query(before=str(found[SHOWN - 1].id)) if len(found) > SHOWN else None
    return render_template(
        "staff/audit.html",
        asked=asked,
        lines=lines,
        older=older,
        query=asked.query(),
    )


@blueprint.get("/audit.csv")
@access.needs(NEEDED)
def as_csv() -> Response:
    """Everything that the filters ask for, oldest first; that it was taken is recorded too."""
    asked = filters.read(request.args)
    with reading() as session:
        links = queries.links(session, asked.wanted, asked.reach)
        body = b"".join(audit_files.as_csv(links, translate, asked.names))
    with writing() as session:
        audit.record(session, clock.now(), access.me().email, Action.DOWNLOADED, "audit.csv", asked.query())
    response = make_response(body)
    response.headers["Content-Type"] = CSV
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _line(entry: Entry, asked: Asked) -> Line:
    words = told(entry.event, translate, asked.names)
    return Line(entry.id, numbers.moment(entry.event.at), words.sentence, words.rest)
