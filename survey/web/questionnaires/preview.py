"""A questionnaire as citizens would meet it, on a phone or a kiosk, run by their own scripts and unable to send.

Nothing can leave the page: no ticket is made and no point named, its script hands answers to nobody, and the browser
is told to open no connection and to post no form. It may stand in a frame of ours, and only there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, url_for
from flask_babel import force_locale, gettext
from markupsafe import Markup

from survey.config import LANGUAGES
from survey.domain.points import PointKind
from survey.domain.questionnaire import Version
from survey.domain.units import Unit, UnitKind
from survey.queries.points import Point
from survey.services import questionnaires
from survey.web import access
from survey.web.citizen import sections
from survey.web.citizen.entries import Entries
from survey.web.citizen.survey_page import SurveyPage
from survey.web.headers import CONTENT_SECURITY_POLICY
from survey.web.kiosk.page import IDLE_SECONDS, WARNING_SECONDS
from survey.web.language import NATIVE_NAMES, LanguageLink
from survey.web.questionnaires import drafts, pages
from survey.web.questionnaires.pages import NEEDED
from survey.wording import N_, Translate

blueprint = Blueprint("questionnaire_previews", __name__, url_prefix="/staff/admin/questionnaires")
translate: Translate = gettext
LOOKS = {"phone": PointKind.POSTER, "kiosk": PointKind.KIOSK}
NO_POINT = "XEMTRUOC"  # a code that no point can have: it has letters outside the alphabet of codes
SAMPLE_UNIT = N_("Đơn vị mẫu")
SAMPLE_POINT = N_("Bản xem trước")
# The rule of every page, without a way to send and with our own pages as the only ones that may frame it.
LOCKED = (
    CONTENT_SECURITY_POLICY.replace("connect-src 'self'", "connect-src 'none'")
    .replace("form-action 'self'", "form-action 'none'")
    .replace("worker-src 'self'", "worker-src 'none'")
    .replace("frame-ancestors 'none'", "frame-ancestors 'self'")
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the kiosk's templates ask of a kiosk, for one that does not exist."""

    config: Mapping[str, Any]
    reasons: Mapping[str, str]


@blueprint.get("/<name>/preview/<look>/<code>")
@access.needs(NEEDED)
def of_version(name: str, look: str, code: str) -> Response:
    """A published version."""
    return _preview(pages.or_404(name), look, code, {"name": name})


@blueprint.get("/drafts/<int:draft_id>/preview/<look>/<code>")
@access.needs(NEEDED)
def of_draft(draft_id: int, look: str, code: str) -> Response:
    """A file that waits to be published."""
    draft = drafts.mine_or_404(draft_id)
    return _preview(questionnaires.read(draft.content).version, look, code, {"draft_id": draft_id})


def _preview(version: Version, look: str, code: str, place: Mapping[str, Any]) -> Response:
    """Not by ?lang, which would change the language of the reader's own pages."""
    if look not in LOOKS or code not in LANGUAGES:
        abort(404)
    endpoint = "of_draft" if "draft_id" in place else "of_version"
    links = tuple(
        LanguageLink(one, NATIVE_NAMES[one], url_for(f".{endpoint}", look=look, code=one, **place), one == code)
        for one in LANGUAGES
    )
    with force_locale(code):
        page = _page(version, LOOKS[look])
        body = _kiosk(page, code) if look == "kiosk" else _phone(page, code, links)
    response = make_response(body)
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _page(version: Version, kind: PointKind) -> SurveyPage:
    unit = Unit(0, "", translate(SAMPLE_UNIT), UnitKind.COMMUNE, (0,), None, None, "")
    return SurveyPage(Point(0, NO_POINT, unit, kind, translate(SAMPLE_POINT), version.key), version, ())


def _parts(page: SurveyPage, code: str) -> dict[str, Any]:
    return {
        "page": page,
        "parts": sections.of_version(page.version, code, gettext),
        "domains": (),
        "entries": Entries(),
        "wrong": {},
        "complaints": (),
        "notice": "",
        "retention_months": current_app.config["SETTINGS"].retention_months,
    }


def _phone(page: SurveyPage, code: str, links: tuple[LanguageLink, ...]) -> str:
    return render_template(
        "staff/questionnaires/preview_phone.html", language_links=lambda: links, **_parts(page, code)
    )


def _kiosk(page: SurveyPage, code: str) -> str:
    config = {
        "point": NO_POINT,
        "questionnaire": page.version.name,
        "procedures": [],
        "idle": {"after": IDLE_SECONDS, "warning": WARNING_SECONDS},
        "language": code,
    }
    kiosk, screens = Preview(config, {}), []
    for one in LANGUAGES:
        with force_locale(one):
            named = _page(page.version, PointKind.KIOSK)
            screens.append(Markup(render_template("kiosk/screens.html", kiosk=kiosk, **_parts(named, one))))  # noqa: S704
    return render_template("staff/questionnaires/preview_kiosk.html", page=page, kiosk=kiosk, screens=screens)
