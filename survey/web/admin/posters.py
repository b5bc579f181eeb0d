"""/staff/admin/sheets: choose posters with QR codes of one's units, and take them as PDF or SVG.

The address on a poster is the one that citizens can open, from the settings; without it, the one that this page has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.datastructures import MultiDict

from survey.config import LANGUAGES
from survey.domain import posters as rules
from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.points import normal_code
from survey.domain.posters import MOST_POSTERS, PaperSize
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue, points
from survey.queries.points import Point
from survey.reports import orders, process
from survey.services import audit
from survey.web import access, clock
from survey.web.figures import options
from survey.web.language import current
from survey.wording import Translate
from survey.wording.posters import NOTHING_CHOSEN, TOO_MANY, PosterLines, lines

blueprint = Blueprint("posters", __name__, url_prefix="/staff/admin")
translate: Translate = gettext
PDF, SVG, ZIP = "application/pdf", "image/svg+xml; charset=utf-8", "application/zip"

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one may print, what of it is listed, what is chosen, on which paper, and what is wrong with the choice."""

    units: tuple[Unit, ...]
    unit: Unit | None
    listed: tuple[Point, ...]
    chosen: tuple[Point, ...]
    size: PaperSize
    everything: bool

    @property
    def complaint(self) -> str:
        if not self.chosen:
            return translate(NOTHING_CHOSEN)
        return translate(TOO_MANY, most=MOST_POSTERS) if len(self.chosen) > MOST_POSTERS else ""

    @property
    def posters(self) -> tuple[rules.Poster, ...]:
        return rules.posters(self.chosen, public_url())


@blueprint.get("/sheets")
@access.needs(Permission.PRINT_POINTS)
def choose() -> str:
    """The posters that one may print."""
    return _page(_asked())


@blueprint.get("/sheets.pdf")
@access.needs(Permission.PRINT_POINTS)
def sheets_pdf() -> ResponseReturnValue:
    """The chosen posters, a page each."""
    asked = _asked()
    return _file(asked, "pdf", PDF, lambda: _made(asked, "pdf"))


@blueprint.get("/sheets.svg")
@access.needs(Permission.PRINT_POINTS)
def sheets_svg() -> ResponseReturnValue:
    """The chosen poster as a picture; several come as a ZIP of pictures."""
    asked = _asked()
    fmt, kind = ("svg", SVG) if len(asked.chosen) == 1 else ("zip", ZIP)
    return _file(asked, fmt, kind, lambda: _made(asked, fmt))


def public_url() -> str:
    """Where citizens find the pages."""
    stated: str | None = current_app.config["SETTINGS"].public_url
    return stated or request.url_root.rstrip("/")


def both_languages() -> tuple[PosterLines, ...]:
    """The lines of a poster in every language, Vietnamese first, whatever the reader's own is."""

    def spoken(language: str) -> PosterLines:
        with force_locale(language):
            return lines(gettext, language)

    return tuple(spoken(language) for language in LANGUAGES)


def _asked() -> Asked:
    """404 for a unit or a point that one may not print, as for one that does not exist."""
    args, today = request.args, clock.today()
    with reading() as session:
        units = tuple(u for u in access.among(catalogue.units(session), Permission.PRINT_POINTS) if u.is_open(today))
        found = points.of_units(session, [unit.id for unit in units])
    mine = {point.code: point for point in found if rules.has_poster(point, today)}
    unit = _known({unit.code: unit for unit in units}, args["unit"].strip()) if args.get("unit") else None
    listed = tuple(point for point in mine.values() if unit is None or point.unit.is_within([unit.id]))
    everything = "all" in args
    size = _known({size.value: size for size in PaperSize}, args.get("size", PaperSize.A4.value))
    return Asked(units, unit, listed, listed if everything else _chosen(args, mine), size, everything)


def _chosen(args: MultiDict[str, str], mine: Mapping[str, Point]) -> tuple[Point, ...]:
    """In the order of the list; a point that is named twice is printed once."""
    named = {_known(mine, normal_code(code)).code for code in args.getlist("point")}
    return tuple(point for point in mine.values() if point.code in named)


def _known(known: Mapping[str, Known], text: str) -> Known:
    if text not in known:
        abort(404)
    return known[text]


def _page(asked: Asked, complaint: str = "") -> str:
    return render_template(
        "staff/posters.html",
        asked=asked,
        complaint=complaint,
        units=options.of_units(asked.units, asked.unit),
        sizes=tuple(PaperSize),
        chosen={point.code for point in asked.chosen},
        sample=f"{public_url()}/p/",
        out_of_reach=rules.is_out_of_reach(public_url()),
    )


def _made(asked: Asked, fmt: str) -> bytes:
    return process.made(orders.Posters(asked.posters, asked.size, both_languages(), fmt), current())


def _file(asked: Asked, suffix: str, kind: str, content: Callable[[], bytes]) -> ResponseReturnValue:
    """The file as an attachment; the page again where the choice cannot be printed."""
    if complaint := asked.complaint:
        return _page(asked, complaint), 400
    one = asked.chosen[0].code if len(asked.chosen) == 1 else f"{len(asked.chosen)}"
    response = make_response(content())
    with writing() as session:
        detail: dict[str, str | int] = {"unit": asked.chosen[0].unit.code, "points": len(asked.chosen)}
        audit.record(session, clock.now(), access.me().email, Action.DOWNLOADED, f"qr.{suffix}", detail)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="qr_{one}_{asked.size.value}.{suffix}"'
    response.headers["Cache-Control"] = "no-store"
    return response
