"""/privacy: what is kept of whom, why, who sees it, how long; made from what the tables declare and the settings."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.config import Settings
from survey.domain.privacy import Column, What, Whose
from survey.queries import privacy
from survey.web import compression
from survey.web.access import public
from survey.wording import Translate
from survey.wording.privacy import KEPT, SAID

blueprint = Blueprint("privacy", __name__)
blueprint.after_request(compression.compress)
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data in words, and the columns that hold it; `kept` are sentences."""

    what: str
    why: str
    who: str
    kept: tuple[str, ...]
    columns: str


@blueprint.get("/privacy")
@public
def show() -> ResponseReturnValue:
    """The data protection notice."""
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "citizen/privacy.html", citizens=_lines(Whose.CITIZEN), staff=_lines(Whose.STAFF), settings=settings
    )


def _lines(whose: Whose) -> tuple[Line, ...]:
    """A line for each kind of data, in the order in which the kinds are declared."""
    held: dict[What, list[Column]] = {}
    for column in sorted(privacy.of_persons(whose), key=lambda column: list(SAID).index(column.holding.what)):
        held.setdefault(column.holding.what, []).append(column)
    return tuple(_line(what, columns) for what, columns in held.items())


def _line(what: What, columns: list[Column]) -> Line:
    """The longest time first where a kind of data lies in several places."""
    settings: Settings = current_app.config["SETTINGS"]
    values = {
        "months": settings.retention_months,
        "minimum": settings.shown_minimum,
        "ranked": settings.ranked_minimum,
    }
    said, kept = SAID[what], {column.holding.kept for column in columns}
    until = [KEPT[each] for each in KEPT if each in kept]
    texts = (said.what, said.why, said.who)
    what_, why, who = (translate(text, **values) for text in texts)
    names = ", ".join(f"{column.table}.{column.name}" for column in columns)
    return Line(what_, why, who, tuple(translate(text, **values) for text in until), names)
