"""/staff/admin/units: the tree of units; add one, rename it, move it, set its days. None is ever deleted."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain.problems import InvalidError, Problem
from survey.extensions import writing
from survey.services import units as services
from survey.web import access, clock
from survey.web.admin import reach, unit_pages, unit_tree
from survey.web.admin.reach import NEEDED, Reach
from survey.web.figures import options
from survey.wording import Translate
from survey.wording.changes import sentence

blueprint = Blueprint("units", __name__, url_prefix="/staff/admin")
translate: Translate = gettext
# What each form of a unit's page changes.
FORMS = {"name": ("name",), "place": ("kind", "parent_code"), "days": ("valid_from", "valid_to", "replaced_by")}
NEW = ("code", "name", "kind", "parent_code", "valid_from")
LONGEST_SEARCH = 200
ABOUT_CODES = frozenset({"code_taken", "unit_code_bad"})  # complaints about a code itself
FEW = 40  # units of a tree that is shown unfolded


@blueprint.get("/units")
@access.needs(NEEDED)
def show_all() -> str:
    """The units within reach as a tree, or those that a search finds."""
    found, text = reach.mine(), request.args.get("q", "")[:LONGEST_SEARCH].strip()
    every = "closed" in request.args
    shown = found.seen if every else unit_tree.open_on(found.seen, clock.today())
    return render_template(
        "staff/admin/units.html",
        reach=found,
        text=text,
        every=every,
        hits=unit_tree.search(shown, text) if text else (),
        tree=() if text else unit_tree.tree(shown),
        unfolded=len(shown) <= FEW,
    )


@blueprint.get("/units/<code>")
@access.needs(NEEDED)
def show(code: str) -> str:
    """One unit."""
    return _page(reach.mine(), code)


@blueprint.post("/units/<code>")
@access.needs(NEEDED)
@access.fresh
def change(code: str) -> ResponseReturnValue:
    """Give a unit another name, another place or other days."""
    found, act = reach.mine(), request.form.get("act", "")
    unit = access.unit_or_404(found.governed, code)
    changes = {name: request.form.get(name, "").strip() for name in FORMS.get(act, ())}
    try:
        _refuse_outside(found, changes, is_top=len(unit.path) == 1)
        with writing() as session:
            services.change(session, unit.code, changes, access.me().email, clock.now())
    except InvalidError as error:
        return _page(found, code, sentences(error.problems, found.names), act), 422
    return redirect(url_for(".show", code=unit.code, saved=act), 303)


@blueprint.route("/new-unit", methods=["GET", "POST"])
@access.needs(NEEDED)
@access.fresh
def add() -> ResponseReturnValue:
    """Add a unit below one within reach, then go to its page."""
    found = reach.mine()
    if request.method == "GET":
        return _new_page(found)
    row = {name: request.form.get(name, "").strip() for name in NEW} | {"valid_to": "", "replaced_by": ""}
    try:
        _refuse_outside(found, row, is_top=False)
        with writing() as session:
            made = services.add(session, row, access.me().email, clock.now())
    except InvalidError as error:
        return _new_page(found, sentences(error.problems, found.names)), 422
    return redirect(url_for(".show", code=next(iter(made.added)), saved="new"), 303)


def sentences(problems: Iterable[Problem], names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What is wrong with a form of the catalogue; `names` are those of units, by code, to stand beside their codes."""
    return tuple(dict.fromkeys(sentence(_named(problem, names or {}), translate) for problem in problems))


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    if problem.code in ABOUT_CODES:
        return problem
    values = {name: f"{names[str(text)]} ({text})" if text in names else text for name, text in problem.values.items()}
    return Problem(problem.path, problem.code, values)


def _refuse_outside(found: Reach, changes: dict[str, str], *, is_top: bool) -> None:
    """The unit above is within reach. A new top of a tree is the operator's: here nobody would have a role at it."""
    parent = changes.get("parent_code")
    if parent is None or parent in found.codes or (not parent and is_top):
        return
    raise InvalidError([Problem("unit", "unit_unknown" if parent else "unit_missing", {"value": parent})])


def _page(found: Reach, code: str, complaints: tuple[str, ...] = (), act: str = "") -> str:
    entered = request.form if act else {}
    shown = unit_pages.view(access.unit_or_404(found.seen, code), found, entered, clock.today())
    saved = request.args.get("saved", "")
    return render_template(
        "staff/admin/unit.html",
        view=shown,
        complaints=complaints,
        act=act,
        saved=saved if saved in (*FORMS, "new", "merged") and not complaints else "",
    )


def _new_page(found: Reach, complaints: tuple[str, ...] = ()) -> str:
    wanted = request.form.get("parent_code") or request.args.get("parent", "")
    offered = unit_tree.open_on(found.seen, clock.today())
    parent = next((unit for unit in offered if unit.code == wanted), None)
    return render_template(
        "staff/admin/unit_new.html",
        complaints=complaints,
        entered=request.form,
        parents=options.of_units(offered, parent),
        kinds=unit_pages.new_kinds(parent, request.form.get("kind", "")),
        today=clock.today().isoformat(),
    )
