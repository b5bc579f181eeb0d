"""/k: pair a browser with a kiosk point by a code that staff made, then run the questionnaire there for weeks."""

import secrets

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_limiter import RateLimitExceeded

from survey.domain.audit import Action
from survey.domain.points import CODE_LENGTH, normal_code
from survey.extensions import limiter, writing
from survey.queries.kiosks import point_code
from survey.services import audit, kiosks
from survey.services.kiosks import PairingError
from survey.web import clock
from survey.web.access import public
from survey.web.citizen.survey_page import ClosedError, UnknownPointError
from survey.web.forms import PairingForm
from survey.web.kiosk import devices
from survey.web.kiosk import page as kiosk_page

blueprint = Blueprint("kiosk", __name__)
SECRET_BYTES = 32
# Of 113 million codes perhaps a hundred are open. An address of its own may try ten in a quarter of an hour, the whole
# world three hundred: a guess comes true once in years, and one noisy address does not stop the others from pairing.
ATTEMPTS_OF_ONE, ATTEMPTS_OF_ALL = "10 per 15 minutes", "300 per 15 minutes"
ACTOR = "kiosk"
KEEPING = "Survey-Keep"  # the header by which the service worker asks for a page to keep


@blueprint.get("/k")
@public
def run() -> ResponseReturnValue:
    """The kiosk, or the page that pairs this browser."""
    device = devices.current()
    if device is None or device.revoked_at is not None:
        if KEEPING in request.headers:  # its token would be another than the one that a person sees meanwhile
            return "", 403
        return _pairing_page(PairingForm(), revoked=device is not None)
    return kiosk_page.load(device).render()


@blueprint.post("/k")
@public
def pair() -> ResponseReturnValue:
    """Use a code up; from then on this browser is the kiosk of its point. Why a code is refused is not told."""
    form = PairingForm()
    code = normal_code(form.code.data or "")
    if not form.validate() or len(code) != CODE_LENGTH or not code.isascii():
        return _pairing_page(form, gettext("Mã gồm 6 chữ và số, như trên màn hình của cán bộ."), 422)
    try:
        with limiter.limit(ATTEMPTS_OF_ONE, key_func=_address), limiter.limit(ATTEMPTS_OF_ALL, key_func=lambda: "pair"):
            secret = _pair(code)
    except RateLimitExceeded:
        return _pairing_page(form, gettext("Đã thử quá nhiều lần. Xin đợi 15 phút rồi thử lại."), 429)
    except PairingError:
        complaint = gettext("Mã không đúng, đã dùng hoặc đã hết hạn. Xin cán bộ tạo mã mới.")
        return _pairing_page(form, complaint, 422)
    return devices.remember(make_response(redirect(url_for(".run"), 303)), secret)


@blueprint.errorhandler(UnknownPointError)
def _unknown(error: UnknownPointError) -> ResponseReturnValue:
    return render_template("citizen/unknown.html"), 404


@blueprint.errorhandler(ClosedError)
def _closed(error: ClosedError) -> ResponseReturnValue:
    return render_template("citizen/closed.html", unit=error.unit, successors=error.successors), 410


def _pair(code: str) -> str:
    secret, now = secrets.token_urlsafe(SECRET_BYTES), clock.now()
    with writing() as session:
        point_id = kiosks.pair(session, code, secret, current_app.config["SETTINGS"].secret_key, now)
        audit.record(session, now, ACTOR, Action.DEVICE_PAIRED, point_code(session, point_id))
    return secret


def _pairing_page(
    form: PairingForm, complaint: str = "", status: int = 200, revoked: bool = False
) -> ResponseReturnValue:
    return render_template("kiosk/pair.html", form=form, complaint=complaint, revoked=revoked), status


def _address() -> str:
    """Where the attempt comes from; of IPv6 the network, because a machine has as many addresses as it likes."""
    address = request.remote_addr or ""
    return "pair " + (":".join(address.split(":")[:4]) if ":" in address else address)
