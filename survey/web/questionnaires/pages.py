"""/staff/admin/questionnaires: the published versions, what each asks and looks like, and what differs between two."""

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission, governs_all
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue, points
from survey.queries import questionnaires as queries
from survey.services import documents
from survey.web import access
from survey.web.headers import CONTENT_SECURITY_POLICY
from survey.web.questionnaires import rows
from survey.wording import Translate

blueprint = Blueprint("questionnaires", __name__, url_prefix="/staff/admin/questionnaires")
translate: Translate = gettext
NEEDED = Permission.MANAGE_QUESTIONNAIRES
LISTED = 100  # points that a page names


def framing(response: Response) -> Response:
    """Let a page hold frames of our own: the previews."""
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


blueprint.after_request(framing)


@blueprint.get("")
@access.needs(NEEDED)
def show_all() -> str:
    """Every questionnaire with its versions, and where a new file is handed in."""
    return list_page()


@blueprint.get("/compare")
@access.needs(NEEDED)
def compare() -> str:
    """What one version asks otherwise than another."""
    with reading() as session:
        every = queries.published(session)
    by_name = {version.name: version for version in every}
    old, new = (by_name.get(request.args.get(name, "")) for name in ("old", "new"))
    return render_template(
        "staff/questionnaires/compare.html",
        versions=every,
        old=old,
        new=new,
        found=rows.comparison(old, new) if old and new else None,
    )


@blueprint.get("/<name>")
@access.needs(NEEDED)
def show(name: str) -> str:
    """One version: how it looks, what it asks, which points ask it."""
    version = or_404(name)
    with reading() as session:
        others = [one for one in queries.published(session) if one.key == version.key]
    newest = others[-1]
    asking = rows.points_asking(version.key, units()) if newest == version else ()
    return render_template(
        "staff/questionnaires/version.html",
        version=version,
        newest=newest,
        others=[one for one in others if one.id != version.id],
        asked=rows.asked(version),
        asking=asking[:LISTED],
        unlisted=max(0, len(asking) - LISTED),
    )


@blueprint.get("/<name>/file")
@access.needs(NEEDED)
def download(name: str) -> Response:
    """A version as the file that it could have been published from: to change it and hand it in again."""
    version = or_404(name)
    with reading() as session:
        content = queries.content(session, version)
    response = Response(documents.written(content), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.key}-{version.number}.yaml"'
    return response


def or_404(name: str) -> Version:
    """The published version of that name."""
    with reading() as session:
        return next((one for one in queries.published(session) if one.name == name), None) or abort(404)


def units() -> tuple[Unit, ...]:
    """The units whose questionnaires the reader looks after."""
    with reading() as session:
        return access.among(catalogue.units(session), NEEDED)


def may_publish() -> bool:
    """All units share the questionnaires: only who administers all of them publishes one."""
    with reading() as session:
        return governs_all(access.me().grants, NEEDED, catalogue.units(session))


def list_page(complaints: tuple[str, ...] = ()) -> str:
    """The list, with what is wrong with a file that was handed in."""
    mine = units()
    with reading() as session:
        every = queries.published(session)
        asking = points.of_units(session, [unit.id for unit in mine])
    return render_template(
        "staff/questionnaires/list.html",
        families=rows.families(every, asking),
        complaints=complaints,
        published=next((one for one in every if one.name == request.args.get("published")), None),
        whole=may_publish(),
    )
