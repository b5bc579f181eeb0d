"""/staff/admin/targets: the targets of a unit, its own and those from above, and the way to set its own."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from survey.domain import plans
from survey.domain.access import Permission
from survey.domain.plans import Wanted
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import scorecard as queries
from survey.services import plans as services
from survey.web import access, clock
from survey.web.admin import plan_pages
from survey.wording import Translate
from survey.wording.plans import PROBLEMS

blueprint = Blueprint("plans", __name__, url_prefix="/staff/admin")
translate: Translate = gettext


@blueprint.get("/targets")
@access.needs(Permission.MANAGE_TARGETS)
def show() -> str:
    """The targets of one of the reader's units."""
    return _page(*_units(request.args.get("unit", "")))


@blueprint.post("/targets")
@access.needs(Permission.MANAGE_TARGETS)
def set_target() -> Response | tuple[str, int]:
    """Set a target of the unit itself."""
    unit, units = _units(request.form.get("unit", ""))
    fields = ("kind", "name", "year", "percent")
    wanted = Wanted(*(request.form.get(field, "") for field in fields))
    sound, problems = plans.read(_named(wanted, unit))
    if sound is None:
        return _page(unit, units, wanted, problems), 422
    try:
        with writing() as session:
            services.set_target(session, unit, sound, access.me().email, clock.now())
    except InvalidError as error:
        return _page(unit, units, wanted, error.problems), 422
    return redirect(url_for("plans.show", unit=unit.code), 303)


@blueprint.post("/targets/remove")
@access.needs(Permission.MANAGE_TARGETS)
def remove_target() -> Response | tuple[str, int]:
    """Take a target of the unit itself away."""
    unit, units = _units(request.form.get("unit", ""))
    kind, year = request.form.get("kind", ""), request.form.get("year", "")
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    try:
        with writing() as session:
            services.remove_target(session, unit, kind, number, access.me().email, clock.now())
    except InvalidError as error:
        return _page(unit, units, problems=error.problems), 422
    return redirect(url_for("plans.show", unit=unit.code), 303)


def _units(code: str) -> tuple[Unit, tuple[Unit, ...]]:
    """The unit that is named, or the first; and all at which the reader sets targets. 404 for any other."""
    with reading() as session:
        units = access.among(catalogue.units(session), Permission.MANAGE_TARGETS)
    roots = [unit for unit in units if {other.id for other in units}.isdisjoint(unit.path[:-1])]
    return (access.unit_or_404(units, code.strip()) if code.strip() else roots[0]), units


def _named(wanted: Wanted, unit: Unit) -> Wanted:
    """With the name that the kind already has, where none was typed."""
    if wanted.name.strip():
        return wanted
    with reading() as session:
        known = {target.kind: target.name for target in queries.targets(session, unit)}
    return Wanted(wanted.kind, known.get(wanted.kind, ""), wanted.year, wanted.percent)


def _page(
    unit: Unit,
    units: tuple[Unit, ...],
    wanted: Wanted | None = None,
    problems: tuple[Problem, ...] | list[Problem] = (),
) -> str:
    with reading() as session:
        stored = queries.targets(session, unit)
    return render_template(
        "staff/targets.html",
        unit=unit,
        view=plan_pages.view(unit, units, stored, wanted, clock.today()),
        wrong={problem.path: translate(PROBLEMS[problem.code], **problem.values) for problem in problems},
    )
