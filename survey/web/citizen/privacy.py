"""/privacy: what is kept of whom, why, who sees it, how long; made from what the tables declare and the settings."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.config import Settings
from survey.domain.privacy import Kept, What, Whose
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
    """One kind of data in words, and the columns that hold it."""

    what: str
    why: str
    who: str
    kept: str
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
    """A line for each kind of data and time of keeping, in the order in which the kinds are declared."""
    settings: Settings = current_app.config["SETTINGS"]
    values = {
        "months": settings.retention_months,
        "minimum": settings.shown_minimum,
        "ranked": settings.ranked_minimum,
    }
    held: dict[tuple[What, Kept], list[str]] = {}
    for column in sorted(privacy.of_persons(whose), key=lambda column: list(SAID).index(column.holding.what)):
        place = column.holding.what, column.holding.kept
        held.setdefault(place, []).append(f"{column.table}.{column.name}")
    return tuple(_line(what, kept, names, values) for (what, kept), names in held.items())


def _line(what: What, kept: Kept, names: list[str], values: dict[str, int]) -> Line:
    said = SAID[what]
    what_, why, who, until = (translate(text, **values) for text in (said.what, said.why, said.who, KEPT[kept]))
    return Line(what_, why, who, until, ", ".join(names))
