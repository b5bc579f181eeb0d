"""What staff do with a batch of comments: themes, which comment belongs to which, and the public answer to each."""

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import comments as queries
from survey.queries.comments import Batch
from survey.services import themes as services
from survey.web import access
from survey.web.comments import pages
from survey.web.comments.lines import Sent
from survey.wording import Translate
from survey.wording.comments import PROBLEMS

blueprint = Blueprint("comment_answers", __name__, url_prefix="/staff/comments")
translate: Translate = gettext
LONGEST_NUMBER = 9  # digits
PREFIX = "theme."  # of the fields that say which comment has which theme


@blueprint.post("/<int:batch_id>/themes")
@access.needs(pages.NEEDED)
def add(batch_id: int) -> Response | tuple[str, int]:
    """A new theme; one of the suggestions takes the comments with it that hold its words."""
    batch, unit = pages.batch_or_404(batch_id)
    name, phrase = request.form.get("name", ""), request.form.get("phrase", "")
    try:
        with writing() as session:
            services.add(session, batch.id, name, phrase, pages.act())
    except InvalidError as error:
        return pages.page(batch, unit, Sent(None, name, _sentence(error))), 422
    return _back(batch, "themes-title")


@blueprint.post("/<int:batch_id>/sort")
@access.needs(pages.NEEDED)
def sort(batch_id: int) -> Response | tuple[str, int]:
    """Which comment belongs to which theme."""
    batch, unit = pages.batch_or_404(batch_id)
    chosen = {
        _number(name.removeprefix(PREFIX)): _number(value) if value else None
        for name, value in request.form.items()
        if name.startswith(PREFIX)
    }
    try:
        with writing() as session:
            services.sort(session, batch.id, chosen, pages.act())
    except InvalidError as error:
        return pages.page(batch, unit, Sent(None, "", _sentence(error))), 422
    return _back(batch, "comments-title")


@blueprint.post("/themes/<int:theme_id>/answer")
@access.needs(pages.NEEDED)
def answer(theme_id: int) -> Response | tuple[str, int]:
    """Publish the answer to a theme, or another one in its place."""
    batch_id = _batch_of(theme_id)
    batch, unit = pages.batch_or_404(batch_id)
    note = request.form.get("note", "")
    try:
        with writing() as session:
            services.answer(session, theme_id, note, pages.act())
    except InvalidError as error:
        return pages.page(batch, unit, Sent(theme_id, note, _sentence(error))), 422
    return _back(batch, f"theme-{theme_id}")


@blueprint.post("/themes/<int:theme_id>/withdraw")
@access.needs(pages.NEEDED)
def withdraw(theme_id: int) -> Response:
    """Take an answer off the board."""
    batch, _ = pages.batch_or_404(_batch_of(theme_id))
    with writing() as session:
        services.withdraw(session, theme_id, pages.act())
    return _back(batch, f"theme-{theme_id}")


def _batch_of(theme_id: int) -> int:
    with reading() as session:
        found = queries.theme(session, theme_id)
    if found is None:
        abort(404)
    return found[0]


def _back(batch: Batch, place: str) -> Response:
    return redirect(url_for("comments.show", batch_id=batch.id, _anchor=place), 303)


def _number(text: str) -> int:
    """0, which is no theme's and no comment's, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _sentence(error: InvalidError) -> str:
    return " ".join(translate(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
