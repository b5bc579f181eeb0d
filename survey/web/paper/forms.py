"""One paper form: keyed by keyboard, or as a plain form; and settled where its two entries differ."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.domain import paper as rules
from survey.domain.paper import Keyed, Standing, Turn
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import paper as queries
from survey.queries.paper import Batch
from survey.services import paper, paper_forms
from survey.services.paper import ClosedError
from survey.services.paper_forms import TakenError
from survey.web import access, clock
from survey.web.citizen import finder
from survey.web.citizen.entries import Entries
from survey.web.paper import lines
from survey.web.paper.pages import NEEDED, batch_or_404, secret
from survey.wording import Translate
from survey.wording import paper as words

blueprint = Blueprint("paper_forms", __name__, url_prefix="/staff/entry")
translate: Translate = gettext


@blueprint.get("/<int:batch_id>/<int:turn>/<int:place>")
@access.needs(NEEDED)
def show(batch_id: int, turn: int, place: int) -> str:
    """An empty form, or again what one keyed oneself in this turn."""
    batch, found = batch_or_404(batch_id), _turn_or_404(turn)
    keyed = _form_or_404(batch, place)
    if keyed.of(found) is not None and keyed.author(found) != access.me().id:
        abort(404)
    return _page(batch, found, keyed, keyed.of(found) or {}, paper_forms.mark(keyed.of(found)))


@blueprint.post("/<int:batch_id>/<int:turn>/<int:place>")
@access.needs(NEEDED)
def enter(batch_id: int, turn: int, place: int) -> ResponseReturnValue:
    """Keep what was keyed and go on to the next form; sent twice it is kept once."""
    batch, found = batch_or_404(batch_id), _turn_or_404(turn)
    keyed, seen = _form_or_404(batch, place), request.form.get("seen", "")
    typed = request.form.to_dict()
    try:
        entry = rules.entry(typed, batch.version)
        with reading() as session:
            paper_forms.check(session, batch, entry, clock.now())
        if request.form.get("number") != batch.number:  # the page was made for a batch that has gone
            raise TakenError
        with writing() as session:
            held = paper.under_way(session, batch.id)
            paper_forms.enter(session, held, found, place, entry, seen, access.me().id, secret())
    except InvalidError as error:
        return _page(batch, found, keyed, typed, seen, error), 422
    except TakenError:
        notice = translate(words.TAKEN, place=place)
        return _page(batch, found, keyed, typed, seen, notice=notice), 409
    except ClosedError:
        return redirect(url_for("paper.show_all"), 303)
    return redirect(_onward(batch, found, place), 303)


@blueprint.get("/<int:batch_id>/settle/<int:place>")
@access.needs(NEEDED)
def compare(batch_id: int, place: int) -> str:
    """Where the two entries differ."""
    batch = batch_or_404(batch_id)
    return _settle_page(batch, _differing_or_404(batch, place), {})


@blueprint.post("/<int:batch_id>/settle/<int:place>")
@access.needs(NEEDED)
def settle(batch_id: int, place: int) -> ResponseReturnValue:
    """Keep what stands on the paper."""
    batch, typed = batch_or_404(batch_id), request.form.to_dict()
    keyed = _differing_or_404(batch, place)
    try:
        entry = rules.settled(keyed.first or {}, keyed.second or {}, typed, batch.version)
        with reading() as session:
            paper_forms.check(session, batch, entry, clock.now())
        with writing() as session:
            paper_forms.settle(session, paper.under_way(session, batch.id), place, entry, secret())
    except InvalidError as error:
        return _settle_page(batch, keyed, typed, error), 422
    except ClosedError:
        return redirect(url_for("paper.show_all"), 303)
    return redirect(_after_settling(batch, place), 303)


def _turn_or_404(turn: int) -> Turn:
    return Turn(turn) if turn in (1, 2) else abort(404)


def _form_or_404(batch: Batch, place: int) -> Keyed:
    with reading() as session:
        return paper_forms.one(session, batch.id, place, secret()) or abort(404)


def _differing_or_404(batch: Batch, place: int) -> Keyed:
    keyed = _form_or_404(batch, place)
    settled = keyed.settled is not None and keyed.first != keyed.second
    return keyed if settled or keyed.standing is Standing.DIFFERS else abort(404)


def _onward(batch: Batch, turn: Turn, place: int) -> str:
    """The next form of the turn, or the batch when all are keyed."""
    with reading() as session:
        following = lines.next_place(queries.missing(session, batch.id, turn), place)
    if following is None:
        return url_for("paper.show", batch_id=batch.id)
    return url_for(".show", batch_id=batch.id, turn=int(turn), place=following)


def _after_settling(batch: Batch, place: int) -> str:
    with reading() as session:
        found = paper_forms.keyed(session, batch.id, secret())
    left = [form.place for form in found if form.standing is Standing.DIFFERS]
    following = lines.next_place(left, place)
    if following is None:
        return url_for("paper.show", batch_id=batch.id)
    return url_for(".compare", batch_id=batch.id, place=following)


def _wrong(error: InvalidError | None) -> dict[str, str]:
    """What is wrong, by field; the first complaint of each."""
    problems = () if error is None else error.problems
    return {one.path: words.sentence(one, translate) for one in reversed(problems)}


def _page(
    batch: Batch,
    turn: Turn,
    keyed: Keyed,
    typed: Mapping[str, str],
    seen: str,
    error: InvalidError | None = None,
    notice: str = "",
) -> str:
    with reading() as session:
        procedures = catalogue.offered_procedures(session, clock.today())
    return render_template(
        "staff/paper/form.html",
        batch=batch,
        turn=turn,
        turn_words=translate(words.TURNS[turn]),
        place=keyed.place,
        done=batch.first if turn is Turn.FIRST else batch.second,
        parts=lines.parts(batch.version),
        domains=finder.by_domain(procedures),
        entries=Entries(typed),
        seen=seen,
        wrong=_wrong(error),
        notice=notice,
        void_label=translate(lines.VOID_LABEL),
        assisted_label=translate(lines.ASSISTED_LABEL),
    )


def _settle_page(batch: Batch, keyed: Keyed, typed: Mapping[str, str], error: InvalidError | None = None) -> str:
    return render_template(
        "staff/paper/settle.html",
        batch=batch,
        place=keyed.place,
        rows=lines.rows(batch.version, keyed.first or {}, keyed.second or {}),
        entries=Entries(typed),
        wrong=_wrong(error),
    )
