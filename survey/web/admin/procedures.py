"""/staff/admin/procedures: the procedures that citizens choose from; add, rename, retire. None is ever deleted."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import names
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries.catalogue import Procedure
from survey.services import procedures as services
from survey.web import access, clock
from survey.web.admin import reach
from survey.web.admin.reach import NEEDED
from survey.web.admin.units import LONGEST_SEARCH, sentences
from survey.web.citizen import finder
from survey.wording import Translate, numbers

blueprint = Blueprint("procedures", __name__, url_prefix="/staff/admin/procedures")
translate: Translate = gettext


@blueprint.get("")
@access.needs(NEEDED)
def show_all() -> str:
    """Every procedure by its domain, or those that a search finds."""
    return _list_page()


@blueprint.post("")
@access.needs(NEEDED)
@access.fresh
def add() -> ResponseReturnValue:
    """Add a procedure."""
    _decide_or_403()
    code, name, domain = (request.form.get(field, "") for field in ("code", "name", "domain"))
    try:
        with writing() as session:
            services.save(session, code, name, domain, access.me().email, clock.now(), new=True)
    except InvalidError as error:
        return _list_page(sentences(error.problems)), 422
    return redirect(url_for(".show", code=names.normal(code), saved="new"), 303)


@blueprint.get("/<code>")
@access.needs(NEEDED)
def show(code: str) -> str:
    """One procedure."""
    return _page(_or_404(code))


@blueprint.post("/<code>")
@access.needs(NEEDED)
@access.fresh
def change(code: str) -> ResponseReturnValue:
    """Give a procedure another name or domain, retire it from today on, or offer it again."""
    _decide_or_403()
    held, act, now, me = _or_404(code), request.form.get("act"), clock.now(), access.me().email
    try:
        with writing() as session:
            if act == "retire":
                services.retire(session, held.code, clock.today(), me, now)
            elif act == "restore":
                services.retire(session, held.code, None, me, now)
            else:
                name, domain = request.form.get("name", ""), request.form.get("domain", "")
                services.save(session, held.code, name, domain, me, now, new=False)
    except InvalidError as error:
        return _page(held, sentences(error.problems)), 422
    return redirect(url_for(".show", code=held.code, saved="yes"), 303)


def _decide_or_403() -> None:
    """All units share the procedures."""
    if not reach.mine().whole:
        abort(403)


def _or_404(code: str) -> Procedure:
    with reading() as session:
        return next((one for one in catalogue.procedures(session) if one.code == code), None) or abort(404)


def _list_page(complaints: tuple[str, ...] = ()) -> str:
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    wanted = names.fold(text).split()
    with reading() as session:
        every = catalogue.procedures(session)
    found = [one for one in every if one.code.startswith(text) or (wanted and _has(one, wanted))] if text else every
    return render_template(
        "staff/admin/procedures.html",
        text=text,
        domains=finder.by_domain(found),
        known_domains=sorted({one.domain_name for one in every}, key=names.sort_key),
        whole=reach.mine().whole,
        complaints=complaints,
        entered=request.form,
        today=clock.today(),
    )


def _has(procedure: Procedure, wanted: list[str]) -> bool:
    folded = f" {names.fold(procedure.name)} {names.fold(procedure.domain_name)}"
    return all(f" {word}" in folded for word in wanted)


def _page(procedure: Procedure, complaints: tuple[str, ...] = ()) -> str:
    return render_template(
        "staff/admin/procedure.html",
        procedure=procedure,
        retired="" if procedure.retired_on is None else numbers.day(procedure.retired_on),
        whole=reach.mine().whole,
        complaints=complaints,
        entered=request.form,
        saved="saved" in request.args and not complaints,
    )
