"""/staff/frozen: the frozen figures that one may read, one of them, and the way to freeze a period.

Freezing cannot be undone, so it takes two steps: what would be frozen is shown, then confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from survey.domain import named_periods
from survey.domain.access import Permission
from survey.domain.frozen import Snapshot
from survey.domain.periods import PeriodError
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue, questionnaires
from survey.queries import frozen as queries
from survey.services import freezes
from survey.services.freezes import Wanted
from survey.web import access, clock
from survey.web.figures import figures, pictures, presenters
from survey.web.figures.figures import NothingPublishedError
from survey.web.freezing import frozen_figures
from survey.web.freezing import lines as frozen_pages
from survey.wording import Translate
from survey.wording.freezing import PROBLEMS

blueprint = Blueprint("freezes", __name__, url_prefix="/staff/frozen")
translate: Translate = gettext
ASKED = ("unit", "period", "questionnaire")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be frozen, or why nothing can be."""

    wanted: Wanted | None
    snapshot: Snapshot | None
    problems: tuple[Problem, ...] = ()


@blueprint.get("")
@access.needs(Permission.READ_FIGURES)
def index() -> str:
    """What is frozen, newest first."""
    with reading() as session:
        every, stored = catalogue.units(session), queries.entries(session)
        versions = questionnaires.published(session)
        mine = access.among(every, Permission.FREEZE_FIGURES)
        spans = queries.spans(session, [unit.id for unit in every if unit.is_within([own.id for own in mine])])
    units = access.among(every, Permission.READ_FIGURES)
    found = frozen_figures.readable(stored, units, every)
    return render_template(
        "staff/frozen_list.html",
        lines=frozen_pages.lines(found, every),
        form=frozen_pages.form(mine, versions, spans, clock.today()),
    )


@blueprint.get("/<int:row_id>")
@access.needs(Permission.READ_FIGURES)
def show(row_id: int) -> str:
    """One frozen period: of the unit that is named, or of the highest that the reader may see."""
    found = frozen_figures.of(str(row_id), request.args)
    below = tuple(each.overall for each in found.snapshot.below(found.own.unit))
    scale = pictures.axis((found.own.overall, *found.own.factors, *found.own.items, *below))
    return render_template(
        "staff/frozen.html",
        unit=found.own.unit,
        filters=found.filters,
        standing=frozen_pages.standing(found.entry),
        headline=presenters.headline(found.own.overall, scale),
        beside=presenters.besides(found.own.beside),
        below=[presenters.row(figure, scale) for figure in below],
        factors=[presenters.row(figure, scale) for figure in found.own.factors],
        items=[presenters.row(figure, scale) for figure in found.own.items],
        months=[presenters.row(figure, scale) for figure in found.own.months],
        view=frozen_pages.view(found),
        links=frozen_pages.links(found),
        axis=scale,
    )


@blueprint.get("/new")
@access.needs(Permission.FREEZE_FIGURES)
@access.fresh
def preview() -> str | tuple[str, int]:
    """What a freeze would hold."""
    found = _preview(request.args)
    return _page(found) if not found.problems else (_page(found), 422)


@blueprint.post("")
@access.needs(Permission.FREEZE_FIGURES)
@access.fresh
def freeze() -> Response | tuple[str, int]:
    """Freeze what was shown, once it is confirmed."""
    found = _preview(request.form)
    problems = list(found.problems)
    if not problems and request.form.get("confirmed") != "yes":
        problems = [Problem("confirmed", "unconfirmed")]
    if problems or found.wanted is None or found.snapshot is None:
        return _page(Preview(found.wanted, found.snapshot, tuple(problems))), 422
    try:
        with writing() as session:
            stored = freezes.freeze(session, found.wanted, found.snapshot)
    except InvalidError as error:
        return _page(Preview(found.wanted, None, error.problems)), 422
    return redirect(url_for("freezes.show", row_id=stored.id), 303)


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")


def _preview(asked: Mapping[str, str]) -> Preview:
    """Read what was asked for and prepare it; every refusal is a problem with its sentence."""
    try:
        wanted = _wanted(asked)
    except InvalidError as error:
        return Preview(None, None, error.problems)
    try:
        with reading() as session:
            snapshot = freezes.prepare(session, wanted, figures.minimums(), access.me().email, clock.now())
    except InvalidError as error:
        return Preview(wanted, None, error.problems)
    return Preview(wanted, snapshot)


def _wanted(asked: Mapping[str, str]) -> Wanted:
    with reading() as session:
        units = access.among(catalogue.units(session), Permission.FREEZE_FIGURES)
        version = questionnaires.by_name(session, asked.get("questionnaire", ""))
    problems = [Problem(name, f"{name}_missing") for name in ASKED if not asked.get(name, "").strip()]
    if problems:
        raise InvalidError(problems)
    unit = _unit(units, asked.get("unit", "").strip())
    if unit is None:
        problems.append(Problem("unit", "unit_unknown", {"text": asked.get("unit", "")[:60]}))
    if version is None:
        problems.append(
            Problem("questionnaire", "questionnaire_unknown", {"text": asked.get("questionnaire", "")[:60]})
        )
    try:
        named = named_periods.named(asked.get("period", ""))
    except PeriodError as error:
        problems.append(Problem("period", error.code, {"text": error.text[:60]}))
    if problems or unit is None or version is None:
        raise InvalidError(problems)
    return Wanted(unit, version, named)


def _unit(units: tuple[Unit, ...], code: str) -> Unit | None:
    return next((unit for unit in units if unit.code == code), None)


def _page(found: Preview) -> str:
    sentences = [translate(PROBLEMS[problem.code], **problem.values) for problem in found.problems]
    overall = None if found.snapshot is None else found.snapshot.units[0].overall
    return render_template(
        "staff/freeze.html",
        wanted=found.wanted,
        snapshot=found.snapshot,
        headline=None if overall is None else presenters.headline(overall, pictures.axis((overall,))),
        period=None if found.wanted is None else frozen_pages.period_name(found.wanted.named.name),
        sentences=sentences,
    )
