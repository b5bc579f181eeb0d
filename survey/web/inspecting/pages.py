"""/staff/flags: batches of flagged answers within reach, and the decisions to keep them out of the figures or not.

Whoever runs a unit reads its flags only when they inspect it too, and never decides on them.
"""

from collections.abc import Mapping

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from survey.domain import quarantine
from survey.domain.access import Permission, may_quarantine
from survey.domain.periods import Month, Period
from survey.domain.points import normal_code
from survey.domain.problems import InvalidError
from survey.domain.quarantine import Batch
from survey.extensions import reading, writing
from survey.queries import catalogue, points, quarantines, shifts
from survey.queries.quarantines import Decision
from survey.services import quarantines as service
from survey.web import access, clock
from survey.web.figures import options
from survey.web.inspecting import lines
from survey.web.inspecting.lines import Desk
from survey.wording import Translate
from survey.wording.quality import PROBLEMS

blueprint = Blueprint("flags", __name__, url_prefix="/staff/flags")
translate: Translate = gettext
NEEDED = Permission.INSPECT
MONTHS = 12  # that the page looks back


@blueprint.get("")
@access.needs(NEEDED)
def show() -> str:
    """What may be decided on, and what was decided."""
    desk = _desk()
    unit = next((one for one in desk.units.values() if one.code == request.args.get("unit", "").strip()), None)
    ids = [one.id for one in desk.units.values() if unit is None or one.is_within([unit.id])]
    today = clock.today()
    with reading() as session:
        counts = quarantines.counts(session, ids, Period(Month.of(today).plus(-MONTHS).first, today))
        found = quarantine.batches(counts, today, _minimum())
        decided = quarantines.decisions(session, ids)
        waiting = shifts.due_batches(session, ids)
    return render_template(
        "staff/flags.html",
        units=options.of_units(tuple(desk.units.values()), unit),
        batches=lines.batches(desk, found),
        decisions=[lines.decision(desk, one, waiting) for one in decided if one.batch.point_id in desk.points],
        meanings=lines.meanings(),
        minimum=_minimum(),
        months=MONTHS,
    )


@blueprint.get("/quarantine")
@access.needs(NEEDED)
def ask() -> str | tuple[str, int]:
    """What would be kept out, and why: to be confirmed."""
    desk = _desk()
    try:
        batch = _batch(desk, request.args)
    except InvalidError as error:
        return render_template("staff/flag_refused.html", complaints=_sentences(error)), 422
    return _ask(desk, batch)


@blueprint.post("/quarantine")
@access.needs(NEEDED)
def decide() -> Response | tuple[str, int]:
    """Keep a batch out of the figures."""
    desk = _desk()
    try:
        batch = _batch(desk, request.form)
    except InvalidError as error:
        return render_template("staff/flag_refused.html", complaints=_sentences(error)), 422
    if batch.unit_id not in desk.deciding:
        abort(403)
    try:
        with writing() as session:
            reason, by = request.form.get("reason", ""), access.me().email
            service.decide(session, batch, _minimum(), reason, by, clock.now())
    except InvalidError as error:
        return _ask(desk, batch, _sentences(error)), 422
    return redirect(url_for(".show"), 303)


@blueprint.get("/decisions/<int:row_id>")
@access.needs(NEEDED)
def decision(row_id: int) -> str:
    """One decision, with the way to take it back."""
    desk = _desk()
    return _decision_page(desk, _decision(desk, row_id))


@blueprint.post("/decisions/<int:row_id>")
@access.needs(NEEDED)
def release(row_id: int) -> Response | tuple[str, int]:
    """Take a decision back."""
    desk = _desk()
    found = _decision(desk, row_id)
    if found.batch.unit_id not in desk.deciding:
        abort(403)
    try:
        with writing() as session:
            service.release(session, found, request.form.get("reason", ""), access.me().email, clock.now())
    except InvalidError as error:
        return _decision_page(desk, _decision(desk, row_id), _sentences(error)), 422
    return redirect(url_for(".decision", row_id=row_id), 303)


def _desk() -> Desk:
    with reading() as session:
        units = access.among(catalogue.units(session), NEEDED)
        found = points.of_units(session, [unit.id for unit in units])
    grants = access.me().grants
    deciding = frozenset(unit.id for unit in units if may_quarantine(grants, unit))
    return Desk({unit.id: unit for unit in units}, deciding, {point.id: point for point in found})


def _batch(desk: Desk, given: Mapping[str, str]) -> Batch:
    """The batch that is named; 404 for one out of reach, as for one that does not exist. Raises InvalidError.

    The unit is named too: a point may have gone to another one since, its answers have not.
    """
    code, flag = normal_code(given.get("point", "")), quarantine.NAMES.get(given.get("flag", ""))
    point = next((one for one in desk.points.values() if one.code == code), None)
    unit = next((one for one in desk.units.values() if one.code == given.get("unit", "").strip()), None)
    if point is None or flag is None or unit is None:
        abort(404)
    return Batch(unit.id, point.id, flag, quarantine.span_of(flag, given.get("span", ""), clock.today()))


def _decision(desk: Desk, row_id: int) -> Decision:
    with reading() as session:
        found = quarantines.decision(session, row_id)
    if found is None or found.batch.unit_id not in desk.units or found.batch.point_id not in desk.points:
        abort(404)
    return found


def _ask(desk: Desk, batch: Batch, complaints: tuple[str, ...] = ()) -> str:
    with reading() as session:
        answers = quarantines.size(session, batch)
    return render_template(
        "staff/flag_ask.html",
        line=lines.batch(desk, batch, answers),
        enough=answers >= _minimum(),
        minimum=_minimum(),
        reason=request.form.get("reason", ""),
        complaints=complaints,
    )


def _decision_page(desk: Desk, found: Decision, complaints: tuple[str, ...] = ()) -> str:
    reason = request.form.get("reason", "")
    with reading() as session:
        waiting = shifts.due_batches(session, [found.batch.unit_id])
    line = lines.decision(desk, found, waiting)
    return render_template("staff/flag_decision.html", line=line, reason=reason, complaints=complaints)


def _minimum() -> int:
    least: int = current_app.config["SETTINGS"].shown_minimum
    return least


def _sentences(error: InvalidError) -> tuple[str, ...]:
    return tuple(translate(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
