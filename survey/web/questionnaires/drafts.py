"""Hand a questionnaire file in, see what it changes and how it looks, publish exactly that."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain.differences import ChangedError
from survey.domain.names import normal
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import drafts as queries
from survey.queries import questionnaires as published
from survey.queries.drafts import DraftFile
from survey.services import drafts, questionnaires
from survey.services.documents import LARGEST
from survey.web import access, clock
from survey.web.questionnaires import pages, rows
from survey.web.questionnaires.pages import NEEDED
from survey.wording import N_, Translate
from survey.wording.authoring import sentence
from survey.wording.changes import PROBLEMS

blueprint = Blueprint("questionnaire_drafts", __name__, url_prefix="/staff/admin/questionnaires")
translate: Translate = gettext
blueprint.after_request(pages.framing)
FORM_BYTES = 20_000  # of the form around a file
NO_FILE = N_("Hãy chọn tệp.")
CHANGED = N_("Có người vừa ban hành một bản khác của phiếu này, nên chưa ban hành gì. Hãy xem lại rồi xác nhận.")


@blueprint.url_value_preprocessor
def _allow_long_files(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Before the form is parsed, which the check of its CSRF token does."""
    if endpoint == "questionnaire_drafts.take":
        request.max_content_length = LARGEST + FORM_BYTES


@blueprint.post("")
@access.needs(NEEDED)
def take() -> ResponseReturnValue:
    """Check a file: every error at once, or what it would change."""
    _may_or_403()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return pages.list_page((translate(NO_FILE),)), 422
    content = sent.read()
    try:
        questionnaires.read(content)
    except InvalidError as error:
        complaints = tuple(f"{one.path}: {sentence(one, translate)}" for one in error.problems)
        return pages.list_page(complaints), 422
    with writing() as session:
        made = drafts.keep(session, access.me().id, sent.filename, content, clock.now())
    return redirect(url_for(".show", draft_id=made), 303)


@blueprint.get("/drafts/<int:draft_id>")
@access.needs(NEEDED)
def show(draft_id: int) -> str:
    """What the file would change, and how it looks."""
    return _page(mine_or_404(draft_id))


@blueprint.post("/drafts/<int:draft_id>")
@access.needs(NEEDED)
@access.fresh
def decide(draft_id: int) -> ResponseReturnValue:
    """Publish exactly what was shown, or let go of the file."""
    _may_or_403()
    draft, me = mine_or_404(draft_id), access.me()
    if request.form.get("act") != "publish":
        with writing() as session:
            drafts.drop(session, draft.id, me.id)
        return redirect(url_for("questionnaires.show_all"), 303)
    wanted = _next_name(draft)
    if normal(request.form.get("typed", "")) != wanted:
        return _page(draft, (translate(PROBLEMS["name_differs"], name=wanted),)), 422
    try:
        with writing() as session:
            version = drafts.publish(session, draft, request.form.get("seal", ""), me.email, clock.now())
    except ChangedError:
        return _page(draft, (translate(CHANGED),)), 409
    return redirect(url_for("questionnaires.show_all", published=version.name), 303)


def mine_or_404(draft_id: int) -> DraftFile:
    """A file that the reader handed in."""
    with reading() as session:
        return queries.waiting(session, draft_id, access.me().id, clock.now()) or abort(404)


def _may_or_403() -> None:
    if not pages.may_publish():
        abort(403)


def _next_name(draft: DraftFile) -> str:
    """What the version will be called."""
    key = questionnaires.read(draft.content).version.key
    with reading() as session:
        latest = published.latest(session, key)
    return f"{key}@{latest.number + 1 if latest else 1}"


def _page(draft: DraftFile, complaints: tuple[str, ...] = ()) -> str:
    wanted = questionnaires.read(draft.content).version
    with reading() as session:
        latest = published.latest(session, wanted.key)
    return render_template(
        "staff/questionnaires/draft.html",
        draft=draft,
        version=wanted,
        latest=latest,
        number=latest.number + 1 if latest else 1,
        same=latest is not None and latest.sha256 == wanted.sha256,
        found=rows.comparison(latest, wanted) if latest else None,
        asked=rows.asked(wanted),
        points=len(rows.points_asking(wanted.key, pages.units())),
        seal=drafts.seal(latest, wanted.sha256),
        complaints=complaints,
    )
