"""/staff/admin/merge-units: choose, see what it will do, type the name, and it is done; and the way back.

The preview is a page with everything in its address. What is then sent carries a seal of what was shown.
"""

from secrets import SystemRandom

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import names
from survey.domain.differences import ChangedError
from survey.domain.problems import InvalidError, Problem
from survey.domain.uploads import FileKind
from survey.extensions import reading, writing
from survey.queries import mergers as queries
from survey.services import mergers, unmerging
from survey.services.mergers import Preview
from survey.web import access, clock
from survey.web.admin import change_lines, merge_pages, reach
from survey.web.admin.change_lines import Names
from survey.web.admin.merge_pages import Choice
from survey.web.admin.reach import NEEDED, Reach
from survey.web.admin.units import sentences
from survey.wording import Translate
from survey.wording.roles import ROLES

blueprint = Blueprint("merging", __name__, url_prefix="/staff/admin")
translate: Translate = gettext


@blueprint.get("/merge-units")
@access.needs(NEEDED)
@access.fresh
def show() -> ResponseReturnValue:
    """The wizard, with the preview once everything is chosen."""
    choice, found = merge_pages.read(request.args), reach.mine()
    if not choice.asked:
        return _page(choice, found)
    try:
        return _page(choice, found, told=_preview(choice, found))
    except InvalidError as error:
        return _page(choice, found, sentences(error.problems, found.names)), 422


@blueprint.post("/merge-units")
@access.needs(NEEDED)
@access.fresh
def merge() -> ResponseReturnValue:
    """Do what the preview showed, when the name of the unit that takes over was typed."""
    choice, found, random = merge_pages.read(request.form), reach.mine(), SystemRandom()
    try:
        told = _preview(choice, found)
        if names.normal(request.form.get("typed", "")) != told.name:
            raise InvalidError([Problem("typed", "name_differs", {"name": told.name})])
        wanted, carried = merge_pages.wanted(choice, found)
        with writing() as session:
            seal, me = request.form.get("seal", ""), access.me().email
            done = mergers.merge(session, wanted, carried, seal, me, random, clock.now())
    except InvalidError as error:
        return _again(choice, found, error.problems), 422
    except ChangedError:
        return _again(choice, found, (Problem("seal", "changed_meanwhile"),)), 409
    return redirect(url_for("merging.past", done=done.id, refused=len(done.refused) or None), 303)


@blueprint.get("/mergers")
@access.needs(NEEDED)
def past() -> str:
    """The mergers that were made."""
    return _past_page()


@blueprint.post("/mergers")
@access.needs(NEEDED)
@access.fresh
def undo() -> ResponseReturnValue:
    """Take one back."""
    number = request.form.get("merger", "")
    mine = {line.id for line in merge_pages.lines(_every(), reach.mine())}
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    try:
        with writing() as session:
            unmerging.undo(session, chosen if chosen in mine else 0, access.me().email, clock.now())
    except InvalidError as error:
        return _past_page(sentences(error.problems, reach.mine().names)), 422
    return redirect(url_for(".past", undone=chosen), 303)


def _every() -> tuple[queries.Made, ...]:
    with reading() as session:
        return queries.every(session)


def _preview(choice: Choice, found: Reach) -> Preview:
    wanted, carried = merge_pages.wanted(choice, found)
    with reading() as session:
        return mergers.preview(session, wanted, carried, access.me().email)


def _again(choice: Choice, found: Reach, problems: tuple[Problem, ...]) -> str:
    """The page with the preview as it is now, where there is one, and what was wrong."""
    try:
        told = _preview(choice, found)
    except InvalidError:
        told = None
    return _page(choice, found, sentences(problems, found.names), told)


def _page(choice: Choice, found: Reach, complaints: tuple[str, ...] = (), told: Preview | None = None) -> str:
    return render_template(
        "staff/admin/merge.html",
        choice=choice,
        offers=merge_pages.offers(choice, found, clock.today()),
        complaints=complaints,
        told=told,
        changes=() if told is None else change_lines.lines(told.difference, Names(FileKind.UNITS, found.names, {})),
        roles={role: translate(words) for role, words in ROLES.items()},
    )


def _past_page(complaints: tuple[str, ...] = ()) -> str:
    args = request.args
    return render_template(
        "staff/admin/mergers.html",
        lines=merge_pages.lines(_every(), reach.mine()),
        complaints=complaints,
        done=args.get("done", ""),
        refused=args.get("refused", ""),
        undone=args.get("undone", ""),
    )
