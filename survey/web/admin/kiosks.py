"""/staff/admin/kiosks: which kiosks live, what waits in them, and the import of a stuck kiosk's exported answers."""

from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import queues
from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.domain.queues import Entry
from survey.extensions import reading, writing
from survey.services import audit
from survey.services import queues as service
from survey.services.queues import BATCH, Judged
from survey.web import access, clock
from survey.web.admin import kiosk_rows, points
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.kiosks import of_queue

blueprint = Blueprint("kiosks", __name__, url_prefix="/staff/admin/kiosks")
translate: Translate = gettext
LONGEST_UPLOAD = 10_000_000  # bytes; longer queues go by the command line
SHOWN = 50  # refused records that are listed


@blueprint.url_value_preprocessor
def _allow_long_files(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Before the form is parsed, which the check of its CSRF token does."""
    if endpoint == "kiosks.take":
        request.max_content_length = LONGEST_UPLOAD


@blueprint.get("")
@access.needs(Permission.MANAGE_POINTS)
def show_all() -> str:
    """The kiosks of one's units, those that are quiet first."""
    found = points.mine()
    return render_template(
        "staff/kiosks.html", kiosks=kiosk_rows.rows(found), left_behind=kiosk_rows.left_behind(found)
    )


@blueprint.get("/import")
@access.needs(Permission.MANAGE_POINTS)
def show_import() -> str:
    """Where a kiosk's exported answers are handed in."""
    return _page()


@blueprint.post("/import")
@access.needs(Permission.MANAGE_POINTS)
def take() -> ResponseReturnValue:
    """Check a file, and store what is right in it when asked to."""
    upload, commit = request.files.get("file"), request.form.get("act") == "commit"
    try:
        if upload is None or not upload.filename:
            raise InvalidError([Problem("file", "file_missing")])
        judged = _judged(queues.read(upload.read()))
    except InvalidError as error:
        return _page([of_queue(problem, translate) for problem in error.problems]), 422
    if commit:
        judged = _stored(judged, upload.filename)
    return _page(judged=judged, commit=commit, name=upload.filename)


def _judged(entries: Sequence[Entry]) -> tuple[Judged, ...]:
    allowed = {point.id for point in points.mine()}
    key = current_app.config["SETTINGS"].secret_key
    with reading() as session:
        return service.judge(session, entries, lambda point: point.id in allowed, key, clock.now())


def _stored(judged: Sequence[Judged], name: str) -> tuple[Judged, ...]:
    found: list[Judged] = []
    for start in range(0, len(judged), BATCH):
        with writing() as session:
            found += service.accept(session, judged[start : start + BATCH])
    with writing() as session:
        detail = service.counts(found)
        audit.record(session, clock.now(), access.me().email, Action.QUEUE_IMPORTED, name, detail)
    return tuple(found)


def _page(complaints: Sequence[str] = (), judged: Sequence[Judged] = (), commit: bool = False, name: str = "") -> str:
    refused = [one for one in judged if one.problems]
    counted = service.counts(judged)
    return render_template(
        "staff/kiosk_import.html",
        complaints=complaints,
        done=bool(judged),
        commit=commit,
        name=name,
        counts={verdict: numbers.integer(count, current()) for verdict, count in counted.items()},
        refused=[(one.number, [of_queue(problem, translate) for problem in one.problems]) for one in refused[:SHOWN]],
        unlisted=max(0, len(refused) - SHOWN),
    )
