"""/staff/admin/invitations: hand in dossiers that are done, take the links away once, see the draws, revoke one.

The file is read and forgotten: its dossier codes are stored nowhere in a form that can be read.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain.access import Permission
from survey.domain.invitations import DAYS, INVITED, LONGEST_DAYS, LONGEST_SEED, Terms, Way
from survey.domain.names import normal
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Line, strange
from survey.domain.uploads import LARGEST
from survey.extensions import reading, writing
from survey.queries import catalogue, questionnaires
from survey.queries import invitations as queries
from survey.reports import letters
from survey.services import invitations as services
from survey.services import sheets
from survey.services.invitations import Plan, Sender
from survey.web import access, clock
from survey.web.admin import posters
from survey.web.figures.options import Option
from survey.web.inviting import lines
from survey.wording import Translate
from survey.wording.invitations import WAYS, sentence

blueprint = Blueprint("inviting", __name__, url_prefix="/staff/admin/invitations")
translate: Translate = gettext
NEEDED = Permission.MANAGE_INVITATIONS
FORM_BYTES = 20_000  # of the form around a file
LISTED = 50  # draws, the newest
MOST_COMPLAINTS = 100
USUAL = "sipas-2024"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for."""

    terms: Terms
    questionnaire_key: str


@blueprint.url_value_preprocessor
def _allow_long_files(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Before the form is parsed, which the check of its CSRF token does."""
    if endpoint == "inviting.take":
        request.max_content_length = LARGEST + FORM_BYTES


@blueprint.get("")
@access.needs(NEEDED)
def show() -> str:
    """The draws, and where a file is handed in."""
    return _page()


@blueprint.post("")
@access.needs(NEEDED)
def take() -> ResponseReturnValue:
    """Say what a file would bring; or write it, and give its links away."""
    try:
        wanted, table = _wanted(clock.today()), _table()
        if request.form.get("act") == "commit":
            return _sent(wanted, table)
        with reading() as session:
            plans = services.plan(session, table, wanted.terms, clock.today(), _codes())
    except InvalidError as error:
        return _page([sentence(problem, translate) for problem in error.problems]), 422
    return _page(plans=plans, seed=wanted.terms.seed)


@blueprint.post("/<int:draw_id>/revoke")
@access.needs(NEEDED)
@access.fresh
def revoke(draw_id: int) -> ResponseReturnValue:
    """End the links of a draw, for good, once the name of its unit was typed."""
    with reading() as session:
        draw = queries.draw(session, draw_id)
    if draw is None or draw.unit.code not in _codes():
        abort(404)
    if normal(request.form.get("typed", "")) != draw.unit.name:
        return _page([sentence(Problem("typed", "name_differs", {"name": draw.unit.name}), translate)]), 422
    with writing() as session:
        services.revoke(session, draw, access.me().email, clock.now())
    return redirect(url_for(".show"), 303)


def _sent(wanted: Wanted, table: tuple[Line, ...]) -> Response:
    """Only once: the tokens are nowhere else."""
    secret, me = current_app.config["SETTINGS"].secret_key, access.me()
    sender = Sender(me.email, clock.now(), wanted.questionnaire_key, secret, SystemRandom())
    with writing() as session:
        _, sent = services.send(session, table, wanted.terms, sender, clock.today(), _codes())
    if not sent:
        raise InvalidError([Problem("file", "nothing_new")])
    response = make_response(letters.csv_file(sent, wanted.terms, posters.public_url()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="thu-moi_{wanted.terms.opens.isoformat()}.csv"'
    return response


def _wanted(today: date) -> Wanted:
    """What the form asks for. Raises InvalidError."""
    form, problems = request.form, []
    opens, days = _day(form.get("opens", "")), form.get("days", "").strip()
    if opens is None or opens < today:
        problems.append(Problem("opens", "opens_past"))
    if not (days.isascii() and days.isdigit() and 1 <= int(days[:4]) <= LONGEST_DAYS):
        problems.append(Problem("days", "days_bad", {"most": LONGEST_DAYS}))
    seed = form.get("seed", "").strip()
    if len(seed) > LONGEST_SEED or strange(seed):
        seed = ""
    way = next((one for one in Way if one == form.get("way")), Way.ALL)
    if problems or opens is None:
        raise InvalidError(problems)
    terms = Terms.of(way, seed or secrets.token_hex(4), opens, int(days))
    return Wanted(terms, form.get("questionnaire", USUAL))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _table() -> tuple[Line, ...]:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidError([Problem("file", "file_missing")])
    return sheets.table(sent.read(), INVITED)


def _codes() -> frozenset[str]:
    """The codes of the units within reach."""
    with reading() as session:
        return frozenset(unit.code for unit in access.among(catalogue.units(session), NEEDED))


def _page(complaints: Sequence[str] = (), plans: tuple[Plan, ...] | None = None, seed: str = "") -> str:
    with reading() as session:
        mine = access.among(catalogue.units(session), NEEDED)
        draws = queries.of_units(session, [unit.id for unit in mine])
        keys = dict.fromkeys(version.key for version in questionnaires.published(session))
    entered = request.form
    chosen, way = entered.get("questionnaire", USUAL), entered.get("way", Way.ALL.value)
    return render_template(
        "staff/invitations.html",
        complaints=complaints[:MOST_COMPLAINTS],
        unlisted=max(0, len(complaints) - MOST_COMPLAINTS),
        plans=None if plans is None else lines.of_plans(plans),
        some=any(plan.chosen for plan in plans or ()),
        draws=lines.of_draws(draws[:LISTED]),
        columns=", ".join(INVITED.columns),
        ways=[Option(one.value, translate(WAYS[one]), one == way) for one in Way],
        seed=seed or entered.get("seed", ""),
        opens=entered.get("opens") or clock.today().isoformat(),
        days=entered.get("days") or str(DAYS),
        questionnaires=[Option(key, key, key == chosen) for key in keys],
        longest=LONGEST_DAYS,
    )
