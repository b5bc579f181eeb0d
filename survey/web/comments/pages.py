"""/staff/comments: the batches that one may read, one of them, and its file. Looking at comments is recorded."""

import re

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import comments as queries
from survey.queries.comments import Batch
from survey.reports import comment_files
from survey.services import themes as services
from survey.services.themes import Act
from survey.web import access, clock
from survey.web.comments import lines
from survey.web.comments.lines import Sent
from survey.web.figures import options
from survey.web.figures.downloads import CSV
from survey.wording import Translate

blueprint = Blueprint("comments", __name__, url_prefix="/staff/comments")
translate: Translate = gettext
NEEDED = Permission.MANAGE_COMMENTS


@blueprint.get("")
@access.needs(NEEDED)
def show_all() -> str:
    """The batches of one unit, or of all that one may read."""
    units = {unit.id: unit for unit in _units()}
    code = request.args.get("unit", "").strip()
    chosen = access.unit_or_404(tuple(units.values()), code) if code else None
    with reading() as session:
        found = queries.batches(session, units if chosen is None else [chosen.id])
    return render_template(
        "staff/comments.html",
        batches=lines.batches(found, units),
        units=options.of_units(tuple(units.values()), chosen),
    )


@blueprint.get("/<int:batch_id>")
@access.needs(NEEDED)
def show(batch_id: int) -> str:
    """The comments of a batch, its themes and their answers."""
    batch, unit = batch_or_404(batch_id)
    with writing() as session:
        services.viewed(session, batch.id, act())
    return page(batch, unit)


@blueprint.get("/<int:batch_id>/comments.csv")
@access.needs(NEEDED)
def download(batch_id: int) -> Response:
    """The comments with their themes as a file."""
    batch, unit = batch_or_404(batch_id)
    with reading() as session:
        found, known = queries.comments(session, batch.id), queries.themes(session, batch.id)
    with writing() as session:
        services.downloaded(session, batch.id, act())
    response = make_response(comment_files.as_csv(found, known, translate))
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"comments_{unit.code}_{batch.month}")
    response.headers["Content-Type"] = CSV
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def page(batch: Batch, unit: Unit, sent: Sent = lines.NOTHING) -> str:
    """The page of a batch, with what was refused of a form."""
    with reading() as session:
        found, known = queries.comments(session, batch.id), queries.themes(session, batch.id)
    return render_template(
        "staff/comment_batch.html",
        batch=lines.line(batch, unit),
        unit=unit,
        comments=lines.of_batch(found, known),
        themes=lines.themes(known, sent),
        suggestions=lines.suggestions(found, known),
        sent=sent,
    )


def batch_or_404(batch_id: int) -> tuple[Batch, Unit]:
    """The batch and its unit; one that the reader may not see does not exist for them."""
    units = {unit.id: unit for unit in _units()}
    with reading() as session:
        batch = queries.batch(session, batch_id)
    if batch is None or batch.unit_id not in units:
        abort(404)
    return batch, units[batch.unit_id]


def act() -> Act:
    """Who acts, now."""
    return Act(access.me().email, clock.now())


def _units() -> tuple[Unit, ...]:
    with reading() as session:
        return access.among(catalogue.units(session), NEEDED)
