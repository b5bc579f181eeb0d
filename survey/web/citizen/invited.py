"""/i/<token>: the questionnaire for whoever was invited. That a link was used stands nowhere.

A second answer gets the same thanks and is stored as one that does not count, so nobody can find out by asking whether
the invited person has answered.
"""

from dataclasses import replace

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded

from survey.config import Settings
from survey.domain import invitations
from survey.domain.invitations import Standing
from survey.domain.points import PointKind
from survey.domain.problems import InvalidError
from survey.extensions import csrf, reading
from survey.queries import invitations as queries
from survey.queries.invitations import Opened
from survey.services import invited
from survey.services.responses import ConflictError
from survey.web import clock, compression, language, limits
from survey.web.access import public
from survey.web.citizen import intake, pages, survey_page
from survey.web.citizen.entries import Entries
from survey.web.citizen.intake import RefusedError
from survey.web.citizen.survey_page import ClosedError, Invited, SurveyPage

blueprint = Blueprint("invited", __name__)
csrf.exempt(blueprint)  # as for every citizen's form: the ticket cannot be forged
blueprint.after_request(compression.compress)
blueprint.context_processor(pages.promises)
STATUS = {Standing.EARLY: 403, Standing.OVER: 410}


class NotOpenError(Exception):
    """The link opens nothing: `why` is early or over with its draw, or None where no such link was ever sent."""

    def __init__(self, opened: Opened | None, why: Standing | None) -> None:
        self.opened, self.why = opened, why
        super().__init__(why)


@blueprint.get("/i/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    """The questionnaire as one page, with the dossier's procedure chosen."""
    opened = found(token)
    if (standing := opened.draw.standing(clock.today())) is not Standing.OPEN:
        raise NotOpenError(opened, standing)
    return _load(opened, token).opening(Entries({"procedure": opened.procedure}))


@blueprint.post("/i/<token>")
@public
def send(token: str) -> ResponseReturnValue:
    """Take the form. A ticket that was given in time is honoured, also when the link has expired meanwhile."""
    entries = Entries(request.form.to_dict())
    language.prefer(entries.shown("locale"))
    opened = found(token)
    page = _load(opened, token, entries.shown("questionnaire") or "")
    try:
        _receive(page, entries)
    except InvalidError as error:
        return page.with_problems(entries, error.problems)
    except RefusedError:
        if (standing := opened.draw.standing(clock.today())) is not Standing.OPEN:
            raise NotOpenError(opened, standing) from None
        return page.refused(entries)
    except ConflictError:
        return page.sent_before(entries)
    except RateLimitExceeded:
        return page.crowded(entries)
    return redirect(url_for("citizen.thanks", point=page.point.code, receipt=entries.receipt()), 303)


def found(token: str) -> Opened:
    """What stands behind a link, however its token was typed. Raises NotOpenError."""
    known = invitations.normal_token(token)
    if known is None:
        raise NotOpenError(None, None)
    with reading() as session:
        opened = queries.by_hash(session, invitations.token_hash(_settings().secret_key, known))
    if opened is None:
        raise NotOpenError(None, None)
    return opened


def enclosure(opened: Opened, token: str) -> str:
    """The dossier as a ticket encloses it. Raises NotOpenError where the server's secret is another than it was."""
    enclosed = invited.enclosed(opened.sealed, invitations.normal_token(token) or "", _settings().secret_key)
    if enclosed is None:
        raise NotOpenError(None, None)
    return enclosed


def _load(opened: Opened, token: str, questionnaire: str = "") -> SurveyPage:
    page = survey_page.load(opened.draw.point_code, questionnaire, (PointKind.INVITE,))
    return replace(page, invited=Invited(invitations.normal_token(token) or "", enclosure(opened, token)))


@limits.per_invitation
def _receive(page: SurveyPage, entries: Entries) -> None:
    """One function of its own, so that a limit that is met leaves the entries in hand."""
    intake.receive(entries.document(page.version, page.point.code), entries.client_id(), clock.now())


@blueprint.after_request
def _keep_quiet(response: Response) -> Response:
    """The address is the key: no page that is visited next learns it, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.errorhandler(NotOpenError)
def _not_open(error: NotOpenError) -> ResponseReturnValue:
    draw = None if error.opened is None else error.opened.draw
    body = render_template("citizen/not_invited.html", why=error.why, draw=draw)
    return body, 404 if error.why is None else STATUS[error.why]


@blueprint.errorhandler(ClosedError)
def _closed(error: ClosedError) -> ResponseReturnValue:
    return render_template("citizen/closed.html", unit=error.unit, successors=error.successors), 410


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
