"""Limits count a ticket and a point, never an address: a whole hall shares one (DESIGN §2)."""

from hashlib import sha256
from http import HTTPStatus

from flask import Flask, Response, current_app, request

from survey.config import Settings
from survey.domain.points import normal_code
from survey.extensions import limiter
from survey.services.kiosks import secret_hash
from survey.web import clock
from survey.web.calls import bodies
from survey.web.kiosk import devices


def init_app(app: Flask) -> None:
    """Tell whoever is refused, page or call, when to come back."""
    app.after_request(_say_when)


def _say_when(response: Response) -> Response:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and limiter.current_limit is not None:
        seconds = limiter.current_limit.reset_at - int(clock.now().timestamp())
        response.headers["Retry-After"] = str(max(1, seconds))
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _point() -> str:
    """The point of a form's address or of a call's body; "?" for a body without one, which is refused anyway."""
    code = (request.view_args or {}).get("point") or bodies.field("point")
    point = normal_code(code)[:40] if code else _invitation()
    # A kiosk counts for itself: no stranger who knows its code can use up what it may send.
    return f"{point} {_device()}"


def _device() -> str:
    """Which kiosk's cookie the request brings, true or not; nothing for the others."""
    secret = devices.secret()
    return "" if secret is None else secret_hash(secret).hex()[:16]


def _client() -> str:
    return str((request.view_args or {}).get("client_id", "?"))


def _invitation() -> str:
    """Which invitation the address or the body names, told from others, and not readable where limits are counted."""
    token = (request.view_args or {}).get("token") or bodies.field("invitation")
    return "?" if not token else sha256(normal_code(token).encode("utf-8", "replace")).hexdigest()[:16]


per_point = limiter.shared_limit(
    lambda: f"{_settings().point_limit}/minute",
    scope="point",
    key_func=_point,
    exempt_when=lambda: _settings().point_limit == 0,
)
per_ticket = limiter.shared_limit(
    lambda: f"{_settings().ticket_limit}/minute",
    scope="ticket",
    key_func=_client,
    exempt_when=lambda: _settings().ticket_limit == 0,
)
per_invitation = limiter.shared_limit(
    lambda: f"{_settings().ticket_limit}/minute",
    scope="invitation",
    key_func=_invitation,
    exempt_when=lambda: _settings().ticket_limit == 0,
)
per_device = limiter.shared_limit("30/minute", scope="device", key_func=_device)
