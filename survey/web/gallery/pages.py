"""/gallery: every component in every state, the tokens with their contrast, the typeface. Not there in production."""

import unicodedata

from flask import Blueprint, Flask, Response, abort, render_template
from flask_babel import gettext

from survey.web.access import public
from survey.web.gallery import specimens, stylesheets
from survey.wording import N_

blueprint = Blueprint("gallery", __name__, url_prefix="/gallery")
VOWELS = "aăâeêioôơuưy"
CONSONANTS = "bcdđghklmnpqrstvx"
PARTS = {"citizen": N_("Trang của người dân"), "staff": N_("Trang của cán bộ"), "kiosk": N_("Máy khảo sát")}
STATES = {
    "": N_("bình thường"),
    "is-hover": N_("con trỏ ở trên"),
    "is-focus": N_("đang được chọn bằng bàn phím"),
    "disabled": N_("không dùng được"),
}
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def init_app(app: Flask) -> None:
    """Outside production only."""
    if not app.config["SETTINGS"].production:
        app.register_blueprint(blueprint)


@blueprint.context_processor
def _names() -> dict[str, object]:
    return {
        "parts": tuple(PARTS),
        "part_names": {part: gettext(words) for part, words in PARTS.items()},
        "state_names": {state: gettext(words) for state, words in STATES.items()},
    }


@blueprint.get("/")
@public
def tokens() -> str:
    """Tokens and typeface."""
    return render_template(
        "gallery/tokens.html",
        palettes=tuple(stylesheets.palettes(stylesheets.names())),
        surfaces=stylesheets.SURFACES,
        letters=letters(),
        consonants=CONSONANTS,
        missing=specimens.missing(),
        sheets=stylesheets.names()[:1],
    )


@blueprint.get("/<part>")
@public
def components(part: str) -> str:
    """The components of citizens' pages, staff pages or the kiosk."""
    if part not in specimens.PARTS:
        abort(404)
    sheets = specimens.PARTS[part]
    shown = specimens.of_part(part)
    html = "".join(specimen.html for component in shown for specimen in component.specimens)
    unseen = sorted(name for name in stylesheets.classes(sheets[-1:]) if name not in html)
    return render_template(
        "gallery/components.html",
        part=part,
        sheets=sheets,
        components=shown,
        unseen=unseen,
    )


@blueprint.get("/states/<sheet>.css")
@public
def states(sheet: str) -> Response:
    """A style sheet with classes in place of hovering and focus."""
    if sheet not in stylesheets.names():
        abort(404)
    return Response(stylesheets.states(sheet), mimetype="text/css")


def letters() -> tuple[tuple[str, ...], ...]:
    """Every vowel with every tone, a row a vowel."""
    return tuple(tuple(unicodedata.normalize("NFC", vowel + tone) for tone in TONES) for vowel in VOWELS)
