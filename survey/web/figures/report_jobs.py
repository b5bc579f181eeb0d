"""/staff/reports: a report that takes long is begun here, its page says how far it is, and then hands it over.

The page asks again by itself, without a script. A job is seen by the one who began it and by nobody else.
"""

import threading
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Flask, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.report_jobs import Job, State
from survey.extensions import reading, writing
from survey.queries import report_jobs as queries
from survey.reports import process
from survey.reports.process import Order, ReportError
from survey.services import audit, report_jobs
from survey.web import access, clock
from survey.web.figures import downloads, reporting
from survey.web.figures.report_files import KINDS
from survey.web.freezing import frozen_figures

blueprint = Blueprint("report_jobs", __name__, url_prefix="/staff/reports")
SECONDS = 600.0  # that a report may take when its reader is told how far it is
AFTER = 30  # seconds, when one has begun as many as one may
BETWEEN = 1.0  # seconds at least between two notes of how far it is
REFRESH = 3  # seconds until the page asks again
# What a report can be asked with. Whatever else a form brings is neither kept nor recorded.
ASKED = (
    *("unit", "from", "to", "questionnaire", "channel", "procedure", "flagged"),
    *("by", "sort", "frozen", "lang", "whole"),
)
LONGEST = 60  # characters of one of them
MOST_AT_ONCE = 3  # reports of one person that are being made: each holds its figures while it waits


@blueprint.post("")
@access.needs(Permission.READ_FIGURES)
def begin() -> Response | tuple[str, int]:
    """Read the figures, and begin to make the report of them."""
    fmt = request.form.get("fmt", "")
    if fmt not in KINDS:
        abort(400)
    with reading() as session:
        if queries.being_made(session, access.me().id, clock.now()) >= MOST_AT_ONCE:
            raise TooManyRequests(retry_after=AFTER)
    asked = {name: request.form[name][:LONGEST] for name in ASKED if name in request.form}
    found = frozen_figures.download(asked)
    if found.filters.complaints:
        return render_template("staff/refused.html", filters=found.filters), 400
    name = downloads.file_name(found, "rates", fmt)
    language = frozen_figures.language(found)
    with force_locale(language):
        order = reporting.order(found, fmt, asked)
    with writing() as session:
        job_id = report_jobs.begin(session, access.me().id, name, urlencode(asked), clock.now())
        audit.record(session, clock.now(), access.me().email, Action.DOWNLOADED, f"rates.{fmt}", asked)
    _start(job_id, order, language)
    return redirect(url_for("report_jobs.show", job_id=job_id), 303)


@blueprint.get("/<job_id>")
@access.needs(Permission.READ_FIGURES)
def show(job_id: str) -> Response:
    """How far the report is; the way to it once it is there; why there is none where it failed."""
    job = _mine(job_id)
    state = job.seen(clock.now())
    again = dict(parse_qsl(job.again))
    response = make_response(render_template("staff/report_job.html", job=job, state=state.value, again=again))
    if state is State.MAKING:
        response.headers["Refresh"] = str(REFRESH)
    return response


@blueprint.get("/<job_id>/file")
@access.needs(Permission.READ_FIGURES)
def file(job_id: str) -> Response:
    """The report."""
    job = _mine(job_id)
    with reading() as session:
        content = queries.content(session, job_id, access.me().id)
    if content is None:
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = KINDS[job.name.rpartition(".")[2]]
    response.headers["Content-Disposition"] = f'attachment; filename="{job.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _mine(job_id: str) -> Job:
    with reading() as session:
        job = queries.of(session, job_id, access.me().id)
    if job is None:
        abort(404)
    return job


def _start(job_id: str, order: Order, language: str) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    threading.Thread(target=_make, args=(app, job_id, order, language), name=f"report {job_id}", daemon=True).start()


def _make(app: Flask, job_id: str, order: Order, language: str) -> None:
    """What the thread does: it waits for the process that makes the report, and writes down what that says."""
    with app.app_context():
        told_at = 0.0

        def told(done: int, total: int) -> None:
            nonlocal told_at
            if done < total and time.monotonic() - told_at < BETWEEN:
                return
            told_at = time.monotonic()
            with writing() as session:
                report_jobs.tell(session, job_id, done, total, datetime.now(UTC))

        try:
            content = process.made(order, language, SECONDS, told)
            with writing() as session:
                report_jobs.end(session, job_id, content, datetime.now(UTC))
        except ReportError as error:
            app.logger.error("no report: %s", error)
            _fail(app, job_id, error.code)
        except Exception:  # a full disk, a database that is away: the reader is told, and tries again
            app.logger.exception("the report could not be kept")
            _fail(app, job_id, "broken")


def _fail(app: Flask, job_id: str, complaint: str) -> None:
    """Write down that there will be no file; where even that fails, the job's silence tells it."""
    try:
        with writing() as session:
            report_jobs.fail(session, job_id, complaint, datetime.now(UTC))
    except Exception:
        app.logger.exception("the failure of a report could not be written down")
