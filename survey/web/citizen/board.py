"""/board/<unit>: what a unit answers in public to what citizens wrote. Nobody says who they are to read it."""

from itertools import groupby

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.extensions import reading
from survey.queries import catalogue
from survey.queries import comments as queries
from survey.web import compression
from survey.web.access import public
from survey.wording import Translate
from survey.wording.comments import received

blueprint = Blueprint("board", __name__)
blueprint.after_request(compression.compress)
translate: Translate = gettext


@blueprint.get("/board/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The answers of a unit, by the month up to which comments had come."""
    with reading() as session:
        unit = catalogue.unit(session, code)
        if unit is None:
            abort(404)
        notices = queries.board(session, unit)
    months = [
        (f"m{month}", received(month, translate), list(found))
        for month, found in groupby(notices, lambda notice: notice.month)
    ]
    return render_template("citizen/board.html", unit=unit, months=months)
