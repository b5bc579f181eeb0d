"""The pages that citizens see: find a unit, answer its questionnaire as one plain form, be thanked, read what for.

They need no cookie and no script. What the form posts is taken by `intake`, exactly as a call would be.
"""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded

from survey.domain.points import PointKind
from survey.domain.problems import InvalidError
from survey.extensions import csrf
from survey.services.responses import ConflictError
from survey.web import clock, compression, language, limits
from survey.web.access import public
from survey.web.citizen import finder, intake, survey_page
from survey.web.citizen.entries import Entries
from survey.web.citizen.intake import RefusedError
from survey.web.citizen.survey_page import ClosedError, SurveyPage, UnknownPointError
from survey.web.kiosk import devices

blueprint = Blueprint("citizen", __name__)
# The ticket in the form is the unforgeable token: the server made it for this point, and a site that does not hold it
# cannot post. A CSRF token would need a cookie, which a citizen does not have to accept.
csrf.exempt(blueprint)
blueprint.after_request(compression.compress)


@blueprint.context_processor
def promises() -> dict[str, int]:
    """What the pages say about keeping and showing answers."""
    settings = current_app.config["SETTINGS"]
    return {"retention_months": settings.retention_months, "shown_minimum": settings.shown_minimum}


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Find a unit by name, then its questionnaire."""
    found = finder.find(request.args.get("q", ""), request.args.get("procedure", ""), clock.today())
    return render_template("citizen/home.html", found=found)


@blueprint.get("/about")
@public
def about() -> ResponseReturnValue:
    """What happens with the answers, in plain words."""
    return render_template("citizen/about.html")


@blueprint.get("/p/<point>")
@public
def ask(point: str) -> ResponseReturnValue:
    """The questionnaire of a point as one page."""
    return survey_page.load(point).opening(Entries({"procedure": request.args.get("procedure", "")}))


@blueprint.post("/p/<point>")
@public
def send(point: str) -> ResponseReturnValue:
    """Take the form: thanks, or the page again with everything entered and what is wrong."""
    entries = Entries(request.form.to_dict())
    language.prefer(entries.shown("locale"))
    page = survey_page.load(point, entries.shown("questionnaire") or "")
    try:
        _receive(page, entries)
    except InvalidError as error:
        return page.with_problems(entries, error.problems)
    except RefusedError:
        return page.refused(entries)
    except ConflictError:
        return page.sent_before(entries)
    except RateLimitExceeded:
        return page.crowded(entries)
    return redirect(url_for(".thanks", point=page.point.code, receipt=entries.receipt()), 303)


@blueprint.get("/p/<point>/thanks")
@public
def thanks(point: str) -> ResponseReturnValue:
    """Thanks with the receipt, which is kept nowhere: whoever reloads or posts twice sees the same."""
    page = survey_page.load(point, answerable=tuple(PointKind))
    receipt = request.args.get("receipt", "")
    shown = page.on_phone and intake.is_receipt(receipt)
    return render_template("citizen/thanks.html", page=page, receipt=receipt if shown else None)


@blueprint.errorhandler(UnknownPointError)
def _unknown(error: UnknownPointError) -> ResponseReturnValue:
    return render_template("citizen/unknown.html"), 404


@blueprint.errorhandler(ClosedError)
def _closed(error: ClosedError) -> ResponseReturnValue:
    return render_template("citizen/closed.html", unit=error.unit, successors=error.successors), 410


@limits.per_point
def _receive(page: SurveyPage, entries: Entries) -> None:
    """One function of its own, so that a limit that is met leaves the entries in hand."""
    intake.receive(entries.document(page.version, page.point.code), entries.client_id(), clock.now(), devices.secret())
