"""/staff/admin/points: the collection points of one's units; make one, set its hours, pair a kiosk with it."""

import secrets

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import opening, pins
from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.points import PointKind, normal_code
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue, kiosks, questionnaires
from survey.queries import points as queries
from survey.queries.points import Point
from survey.services import audit, points
from survey.services import kiosks as pairing
from survey.web import access, clock
from survey.web.admin import kiosk_rows, posters
from survey.web.citizen import finder
from survey.wording import Translate
from survey.wording.kiosks import KINDS, of_point

blueprint = Blueprint("points", __name__, url_prefix="/staff/admin/points")
translate: Translate = gettext
OFFERED = (PointKind.KIOSK, PointKind.POSTER, PointKind.WEB)  # the others come with what makes them
DEFAULT_QUESTIONNAIRE = "sipas-2024"


@blueprint.get("")
@access.needs(Permission.MANAGE_POINTS)
def show_all() -> str:
    """Every point of one's units, with the state of each kiosk."""
    found = mine()
    states = {row.point.id: row for row in kiosk_rows.rows(found)}
    with reading() as session:
        asked = {version.key: version.name for version in questionnaires.published(session)}  # the newest comes last
    return render_template("staff/points.html", points=found, states=states, kinds=_kinds(), asked=asked)


@blueprint.route("/new", methods=["GET", "POST"])
@access.needs(Permission.MANAGE_POINTS)
def create() -> ResponseReturnValue:
    """Make a point, then go to its page."""
    if request.method == "GET":
        return _new_page()
    try:
        made = _create()
    except InvalidError as error:
        return _new_page(_sentences(error)), 422
    return redirect(url_for(".show", code=made.code), 303)


@blueprint.get("/<code>")
@access.needs(Permission.MANAGE_POINTS)
def show(code: str) -> str:
    """One point: what it asks, its hours, its kiosk."""
    return _page(point_or_404(code))


@blueprint.post("/<code>")
@access.needs(Permission.MANAGE_POINTS)
def change(code: str) -> ResponseReturnValue:
    """Set the hours of a point, and the procedures that its kiosk offers."""
    point, text = point_or_404(code), request.form.get("hours", "")
    try:
        week = opening.parse(text)
    except InvalidError as error:
        return _page(point, _sentences(error), hours=text), 422
    with reading() as session:
        chosen = catalogue.procedures_among(session, request.form.getlist("procedure"))
    with writing() as session:
        pairing.arrange(session, point.id, week, chosen)
        audit.record(
            session,
            clock.now(),
            access.me().email,
            Action.POINT_CHANGED,
            point.code,
            {"hours": opening.written(week), "procedures": len(chosen)},
        )
    return redirect(url_for(".show", code=point.code, saved="yes"), 303)


@blueprint.post("/<code>/pairing")
@access.needs(Permission.MANAGE_POINTS)
def invite(code: str) -> ResponseReturnValue:
    """Make a pairing code and show it, this once."""
    point, pin = _kiosk_or_404(code), request.form.get("pin", "").strip()
    if problems := pins.check(pin):
        return _page(point, _sentences(InvalidError(problems))), 422
    verifier = pins.derive(pin, secrets.token_bytes(pins.SALT_BYTES))
    key, random, now = current_app.config["SETTINGS"].secret_key, secrets.SystemRandom(), clock.now()
    with writing() as session:
        made = pairing.invite(session, point.id, verifier, key, random, now)
        audit.record(session, clock.now(), access.me().email, Action.PAIRING_CREATED, point.code)
    return _page(point, pairing_code=made)


@blueprint.get("/<code>/pairing")
@access.needs(Permission.MANAGE_POINTS)
def shown_once(code: str) -> ResponseReturnValue:
    """Where a reload or another language leads after a code was made: it is not shown again."""
    return redirect(url_for(".show", code=point_or_404(code).code))


@blueprint.post("/<code>/pairing/revoke")
@access.needs(Permission.MANAGE_POINTS)
def cancel(code: str) -> ResponseReturnValue:
    """End an open pairing code."""
    point = _kiosk_or_404(code)
    with writing() as session:
        if pairing.cancel(session, point.id, clock.now()):
            audit.record(session, clock.now(), access.me().email, Action.PAIRING_REVOKED, point.code)
    return redirect(url_for(".show", code=point.code), 303)


@blueprint.post("/<code>/device/revoke")
@access.needs(Permission.MANAGE_POINTS)
@access.fresh
def revoke(code: str) -> ResponseReturnValue:
    """Take the right to send from the kiosk of a point."""
    point = _kiosk_or_404(code)
    with writing() as session:
        if pairing.revoke(session, point.id, clock.now()):
            audit.record(session, clock.now(), access.me().email, Action.DEVICE_REVOKED, point.code)
    return redirect(url_for(".show", code=point.code), 303)


def mine() -> tuple[Point, ...]:
    """The points that the reader manages, by unit."""
    with reading() as session:
        units = access.among(catalogue.units(session), Permission.MANAGE_POINTS)
        return queries.of_units(session, [unit.id for unit in units])


def point_or_404(code: str) -> Point:
    """A point that the reader manages; another is answered like one that does not exist."""
    return next((point for point in mine() if point.code == normal_code(code)), None) or abort(404)


def _kiosk_or_404(code: str) -> Point:
    point = point_or_404(code)
    return point if point.kind is PointKind.KIOSK else abort(404)


def _open_units() -> tuple[Unit, ...]:
    with reading() as session:
        units = access.among(catalogue.units(session), Permission.MANAGE_POINTS)
    return tuple(unit for unit in units if unit.is_open(clock.today()))


def _create() -> Point:
    form, now = request.form, clock.now()
    codes = {unit.code for unit in _open_units()}
    unit, kind = form.get("unit", ""), form.get("kind", "")
    problems = [Problem("unit", "unit_missing")] if unit not in codes else []
    problems += [Problem("kind", "kind_missing")] if kind not in OFFERED else []
    if problems:
        raise InvalidError(problems)
    random, questionnaire = secrets.SystemRandom(), form.get("questionnaire", "")
    with writing() as session:
        made = points.create(
            session, unit, PointKind(kind), form.get("label", ""), questionnaire, random, clock.today()
        )
        detail = {"unit": unit, "kind": kind}
        audit.record(session, now, access.me().email, Action.POINT_CREATED, made.code, detail)
    return made


def _sentences(error: InvalidError) -> tuple[str, ...]:
    return tuple(of_point(problem, translate) for problem in error.problems)


def _kinds() -> dict[PointKind, str]:
    return {kind: translate(words) for kind, words in KINDS.items()}


def _new_page(complaints: tuple[str, ...] = ()) -> str:
    with reading() as session:
        published = questionnaires.published(session)
    newest = {version.key: version for version in published}
    return render_template(
        "staff/point_new.html",
        complaints=complaints,
        entered=request.form,
        units=_open_units(),
        kinds=[(kind, words) for kind, words in _kinds().items() if kind in OFFERED],
        questionnaires=newest.values(),
        default=DEFAULT_QUESTIONNAIRE,
    )


def _page(point: Point, complaints: tuple[str, ...] = (), hours: str | None = None, pairing_code: str = "") -> str:
    with reading() as session:
        week = kiosks.hours(session, [point.id])[point.id]
        chosen = kiosks.procedures(session, point.id)
        procedures = catalogue.offered_procedures(session, clock.today())
    return render_template(
        "staff/point.html",
        point=point,
        kind=translate(KINDS[point.kind]),
        kiosk=kiosk_rows.row(point),
        hours=opening.written(week) if hours is None else hours,
        domains=finder.by_domain(procedures),
        chosen=chosen,
        complaints=complaints,
        saved="saved" in request.args and not complaints and not pairing_code,
        pairing_code=pairing_code,
        address=f"{posters.public_url()}{url_for('kiosk.run')}",
        citizens_address=f"{posters.public_url()}{url_for('citizen.ask', point=point.code)}",
        fewest=pins.FEWEST,
        most=pins.MOST,
    )
