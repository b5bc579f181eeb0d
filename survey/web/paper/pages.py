"""/staff/entry: batches of paper forms, from the count of the stack to its acceptance."""

import secrets
from datetime import date

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.paper import MOST_FORMS, folded
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.submissions import CONTROL
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue, questionnaires
from survey.queries import paper as queries
from survey.queries.paper import Batch
from survey.reports import orders, process
from survey.services import paper
from survey.services.paper import ClosedError, UnreadyError, Wanted
from survey.web import access, clock
from survey.web.figures import options
from survey.web.language import current
from survey.web.paper import lines
from survey.wording import Translate, numbers
from survey.wording import paper as words

blueprint = Blueprint("paper", __name__, url_prefix="/staff/entry")
translate: Translate = gettext
NEEDED = Permission.ENTER_PAPER
DONE_LISTED = 20
DEFAULT_QUESTIONNAIRE = "sipas-2024"


@blueprint.get("")
@access.needs(NEEDED)
def show_all() -> str:
    """The batches of one's units, and where the next one is begun."""
    return _list_page()


@blueprint.post("")
@access.needs(NEEDED)
def begin() -> ResponseReturnValue:
    """Open a batch under the number on its cover, and begin with its first form."""
    try:
        wanted = _wanted()
        with writing() as session:
            made = paper.open_(session, wanted, access.me().email, clock.now(), secrets.SystemRandom())
    except InvalidError as error:
        return _list_page(sentences(error)), 422
    return redirect(url_for("paper_forms.show", batch_id=made, turn=1, place=1), 303)


@blueprint.get("/form.pdf")
@access.needs(NEEDED)
def printed() -> Response:
    """A paper form of a unit to print; with a batch, its number and day stand on it. Nothing of anybody is on it."""
    if request.args.get("batch", "").isdecimal():
        batch = batch_or_404(int(request.args["batch"][:9]))
        order = orders.PaperSheet(batch.version, batch.point.unit.name, batch.number, numbers.day(batch.day))
    else:
        unit = access.unit_or_404(_units(), request.args.get("unit", ""))
        version = _newest().get(request.args.get("questionnaire", "")) or abort(404)
        order = orders.PaperSheet(version, unit.name, "", "")
    response = Response(process.made(order, current()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{order.version.key}.pdf"'
    return response


@blueprint.get("/<int:batch_id>")
@access.needs(NEEDED)
def show(batch_id: int) -> str:
    """How far a batch has come."""
    return page(batch_or_404(batch_id))


@blueprint.post("/<int:batch_id>")
@access.needs(NEEDED)
def act(batch_id: int) -> ResponseReturnValue:
    """Take the whole batch, count it anew, or let go of it."""
    batch, acts = batch_or_404(batch_id), {"accept": _accept, "count": _count, "drop": _drop}
    wanted = acts.get(request.form.get("act", "")) or abort(400)
    try:
        return wanted(batch)
    except InvalidError as error:
        return page(batch, sentences(error)), 422
    except UnreadyError:
        return page(batch, (translate(words.UNREADY),)), 409
    except ClosedError:
        return redirect(url_for(".show_all"), 303)


def batch_or_404(batch_id: int) -> Batch:
    """A batch of the reader's units; another is answered like one that does not exist."""
    with reading() as session:
        batch = queries.batch(session, batch_id)
    return batch if batch is not None and access.among((batch.point.unit,), NEEDED) else abort(404)


def secret() -> str:
    """The key under which forms are kept and numbered."""
    found: str = current_app.config["SETTINGS"].secret_key
    return found


def sentences(error: InvalidError) -> tuple[str, ...]:
    """What is wrong; a number as the path is that of a form."""
    return tuple(_sentence(problem) for problem in error.problems)


def page(batch: Batch, complaints: tuple[str, ...] = ()) -> str:
    """A batch with its forms."""
    return render_template(
        "staff/paper/batch.html",
        batch=batch,
        view=lines.view(batch, access.me().id, secret()),
        complaints=complaints,
        entered=_entered(),
        most=MOST_FORMS,
    )


def _sentence(problem: Problem) -> str:
    said = words.sentence(problem, translate)
    return translate(words.FORM, place=problem.path, problem=said) if problem.path.isdecimal() else said


def _accept(batch: Batch) -> ResponseReturnValue:
    with writing() as session:
        paper.accept(session, batch.id, secret(), access.me().email, clock.now())
    return redirect(url_for(".show", batch_id=batch.id), 303)


def _count(batch: Batch) -> ResponseReturnValue:
    with writing() as session:
        paper.resize(session, batch.id, _number("forms"), access.me().email, clock.now())
    return redirect(url_for(".show", batch_id=batch.id), 303)


def _drop(batch: Batch) -> ResponseReturnValue:
    if folded(request.form.get("number", "")) != batch.number:
        return page(batch, (translate(words.NUMBER_DIFFERS),)), 422
    with writing() as session:
        paper.drop(session, batch.id, access.me().email, clock.now())
    return redirect(url_for(".show_all"), 303)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _wanted() -> Wanted:
    form, problems = request.form, []
    unit = next((one for one in _units() if one.code == form.get("unit")), None)
    try:
        day = date.fromisoformat(form.get("day", ""))
    except ValueError:
        problems.append(Problem("day", "day_missing"))
        day = clock.today()
    if unit is None:
        raise InvalidError([Problem("unit", "unit_missing"), *problems])
    if form.get("questionnaire") not in _newest():
        problems.append(Problem("questionnaire", "questionnaire_missing"))
    if problems:
        raise InvalidError(problems)
    return Wanted(unit, form.get("questionnaire", ""), form.get("number", ""), day, _number("forms"))


def _units() -> tuple[Unit, ...]:
    with reading() as session:
        return access.among(catalogue.units(session), NEEDED)


def _entered() -> dict[str, str]:
    """What was typed, as a page can show it again."""
    return {name: CONTROL.sub("", value) for name, value in request.form.items()}


def _newest() -> dict[str, Version]:
    """The newest version of each questionnaire."""
    with reading() as session:
        return {version.key: version for version in questionnaires.published(session)}


def _list_page(complaints: tuple[str, ...] = ()) -> str:
    units, today = _units(), clock.today()
    with reading() as session:
        found = queries.batches(session, [unit.id for unit in units], DONE_LISTED)
    chosen = next((unit for unit in units if unit.code == request.form.get("unit")), None)
    only = units[0] if len(units) == 1 else None
    return render_template(
        "staff/paper/list.html",
        under_way=[batch for batch in found if batch.is_open],
        done=[batch for batch in found if not batch.is_open],
        units=options.of_units(units, chosen or only),
        questionnaires=_newest().values(),
        default=DEFAULT_QUESTIONNAIRE,
        today=today,
        complaints=complaints,
        entered=_entered(),
        most=MOST_FORMS,
    )
