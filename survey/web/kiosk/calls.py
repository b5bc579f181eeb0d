"""What a paired kiosk asks and tells: its settings, and a heartbeat every minute. Its answers go the way of all."""

from flask import jsonify, make_response
from flask.typing import ResponseReturnValue

from survey.domain import heartbeats
from survey.extensions import writing
from survey.services import kiosks
from survey.web import clock
from survey.web.calls import bodies
from survey.web.calls.api import blueprint
from survey.web.calls.problems import problem_response
from survey.web.kiosk import devices
from survey.web.kiosk import page as kiosk_page
from survey.web.limits import per_device

__all__ = ["blueprint"]  # of the API, with these two calls in it


@blueprint.get("/kiosk")
@devices.paired
def kiosk_settings() -> ResponseReturnValue:
    """The settings that the page at /k also carries: for a page that has stood for days."""
    device = devices.known()
    if device.revoked_at is not None:
        return problem_response(403, "device_revoked")
    return jsonify(kiosk_page.load(device).config)


@blueprint.post("/heartbeat")
@devices.paired
@per_device
def heartbeat() -> ResponseReturnValue:
    """Keep what the kiosk says of itself; answers the server's time and release, and whether it was revoked."""
    device, now = devices.known(), clock.now()
    beat = heartbeats.read(bodies.document(), now)
    if kiosks.is_due(device, beat, now):
        with writing() as session:
            kiosks.keep(session, device.id, beat, now)
    response = make_response(
        {
            "server_time": now.isoformat(timespec="milliseconds"),
            "version": kiosk_page.release(),
            "revoked": device.revoked_at is not None,
        }
    )
    secret = devices.secret()
    return response if secret is None else devices.remember(response, secret)
