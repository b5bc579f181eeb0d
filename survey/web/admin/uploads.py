"""/staff/admin/imports: hand a file in, see what it changes as the command line shows it, confirm exactly that."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import names
from survey.domain.differences import ChangedError, Difference, digest
from survey.domain.problems import InvalidError, Problem
from survey.domain.uploads import LARGEST, SHAPES, SHARED, Beside, FileKind, beside
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import uploads as queries
from survey.queries.uploads import Upload
from survey.services import uploads as services
from survey.web import access, clock
from survey.web.admin import change_lines, reach
from survey.web.admin.change_lines import Names
from survey.web.admin.reach import NEEDED, Reach
from survey.web.admin.units import sentences
from survey.web.figures import options
from survey.wording import Translate
from survey.wording.changes import KINDS, PROBLEMS

blueprint = Blueprint("uploads", __name__, url_prefix="/staff/admin/imports")
translate: Translate = gettext
LARGEST_ID = 2**31 - 1  # that a database looks for
FORM_BYTES = 20_000  # of the form around a file
MOST_COMPLAINTS = 100


@blueprint.url_value_preprocessor
def _allow_long_files(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Before the form is parsed, which the check of its CSRF token does."""
    if endpoint == "uploads.take":
        request.max_content_length = LARGEST + FORM_BYTES


@blueprint.get("")
@access.needs(NEEDED)
def show_form() -> str:
    """Where a file is handed in."""
    return _form(reach.mine())


@blueprint.post("")
@access.needs(NEEDED)
def take() -> ResponseReturnValue:
    """Check a file and keep it until it is confirmed; a file with a bad line is told about and not kept."""
    found, sent, now = reach.mine(), request.files.get("file"), clock.now()
    try:
        kind, said = _kind(found)
        if sent is None or not sent.filename:
            raise InvalidError([Problem("file", "file_missing")])
        content = sent.read()
        with reading() as session:
            services.compare(session, kind, said, content, found.codes, clock.today())
        with writing() as session:
            made = services.keep(session, access.me().id, kind, _name(sent.filename), said, content, now)
    except InvalidError as error:
        return _form(found, sentences(error.problems)), 422
    return redirect(url_for(".show", upload_id=made), 303)


@blueprint.get(f"/<int(max={LARGEST_ID}):upload_id>")
@access.needs(NEEDED)
def show(upload_id: int) -> str:
    """What a file that waits would change now."""
    return _page(_mine_or_404(upload_id))


@blueprint.post(f"/<int(max={LARGEST_ID}):upload_id>")
@access.needs(NEEDED)
@access.fresh
def decide(upload_id: int) -> ResponseReturnValue:
    """Write exactly what was shown, or let go of the file."""
    upload, found, me = _mine_or_404(upload_id), reach.mine(), access.me()
    if request.form.get("act") != "confirm":
        with writing() as session:
            services.drop(session, upload.id, me.id)
        return redirect(url_for(".show_form"), 303)
    _check_kind(upload.kind, found)
    try:
        with writing() as session:
            seal = request.form.get("seal", "")
            services.confirm(session, upload, seal, found.codes, me.email, clock.today(), clock.now())
    except (ChangedError, InvalidError):
        return _page(upload, (translate(PROBLEMS["changed_meanwhile"]),)), 409
    return redirect(url_for(".show_form", done=upload.kind.value), 303)


def _name(text: str) -> str:
    """A file's name without what no database keeps."""
    return "".join(char for char in names.normal(text) if char.isprintable())


def _kind(found: Reach) -> tuple[FileKind, Beside]:
    kind = next((one for one in FileKind if one == request.form.get("kind")), None)
    if kind is None:
        raise InvalidError([Problem("kind", "kind_missing")])
    _check_kind(kind, found)
    said, problems = beside(kind, *(request.form.get(name, "").strip() for name in ("unit", "year", "source")))
    if problems:
        raise InvalidError(problems)
    return kind, said


def _check_kind(kind: FileKind, found: Reach) -> None:
    """What all units share is for those who administer all."""
    if kind in SHARED and not found.whole:
        abort(403)


def _mine_or_404(upload_id: int) -> Upload:
    with reading() as session:
        return queries.waiting(session, upload_id, access.me().id, clock.now()) or abort(404)


def _form(found: Reach, complaints: Sequence[str] = ()) -> str:
    done = next((one for one in FileKind if one == request.args.get("done")), None)
    wanted = request.form.get("unit", "")
    return render_template(
        "staff/admin/imports.html",
        complaints=complaints[:MOST_COMPLAINTS],
        unlisted=max(0, len(complaints) - MOST_COMPLAINTS),
        kinds=[(k, translate(KINDS[k]), _columns(k)) for k in FileKind if found.whole or k not in SHARED],
        units=options.of_units(found.seen, next((unit for unit in found.seen if unit.code == wanted), None)),
        entered=request.form,
        done="" if done is None else translate(KINDS[done]),
        megabytes=LARGEST // 1_000_000,
    )


def _columns(kind: FileKind) -> str:
    return ", ".join((*SHAPES[kind].columns, *SHAPES[kind].optional))


def _page(upload: Upload, complaints: tuple[str, ...] = ()) -> str:
    """The difference as it is now; a file that has come to be wrong says why and can only be let go."""
    mine = reach.mine()
    try:
        found: Difference | None = _compared(upload, mine)
    except InvalidError as error:
        found, complaints = None, (*complaints, *sentences(error.problems)[:MOST_COMPLAINTS])
    return render_template(
        "staff/admin/import.html",
        upload=upload,
        kind=translate(KINDS[upload.kind]),
        complaints=complaints,
        found=found,
        seal="" if found is None else digest(found),
        unit=mine.names.get(upload.beside.unit, upload.beside.unit),
        lines=() if found is None else change_lines.lines(found, _names(upload, mine)),
        counts=None if found is None else change_lines.counts(found),
    )


def _compared(upload: Upload, mine: Reach) -> Difference:
    with reading() as session:
        return services.compare(session, upload.kind, upload.beside, upload.content, mine.codes, clock.today())


def _names(upload: Upload, mine: Reach) -> Names:
    """What the codes in the file are called; of procedures only where the file names them."""
    named = upload.kind in (FileKind.PROCEDURES, FileKind.HANDLED)
    with reading() as session:
        procedures = {one.code: one.name for one in catalogue.procedures(session)} if named else {}
    return Names(upload.kind, mine.names, procedures)
