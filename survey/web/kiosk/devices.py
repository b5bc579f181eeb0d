"""Which kiosk sends a request: the secret in its cookie, and the guard of what only a paired kiosk may call.

The cookie is HttpOnly and SameSite=Strict, and a guarded call must be JSON: no form of any site, nor of a neighbour
under the same domain, can send one, and a script elsewhere is stopped by the browser before it sends.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, abort, g, request

from survey.extensions import reading
from survey.queries import kiosks
from survey.queries.kiosks import Device
from survey.services.kiosks import secret_hash
from survey.web import cookies
from survey.web.access import DEVICE
from survey.web.citizen.intake import RefusedError

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = "kiosk"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one; renewed by each heartbeat
LONGEST_SECRET = 100
_DEVICE = "kiosk_device"


def secret() -> str | None:
    """The secret that the request brings, if it can be one."""
    value = cookies.value(COOKIE)
    return value if value and len(value) <= LONGEST_SECRET and value.isascii() else None


def current() -> Device | None:
    """The device that sends, a revoked one too; None for everybody else."""
    if _DEVICE not in g:
        value = secret()
        if value is None:
            setattr(g, _DEVICE, None)
        else:
            with reading() as session:
                setattr(g, _DEVICE, kiosks.by_secret(session, secret_hash(value)))
    device: Device | None = g.get(_DEVICE)
    return device


def paired(view: View) -> View:
    """Mark and guard a call that a kiosk makes; one that was revoked passes too, so that it can say what it holds."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if request.method != "GET" and not request.is_json:
            abort(415)
        if current() is None:
            raise RefusedError("device_unknown")
        return view(*args, **kwargs)

    guarded.access = DEVICE  # type: ignore[attr-defined]
    return cast(View, guarded)


def known() -> Device:
    """The device that sends; only inside a guarded view."""
    device = current()
    assert device is not None
    return device


def remember(response: Response, value: str) -> Response:
    """Let the browser keep the secret where no script reads it."""
    cookies.keep(response, COOKIE, value, COOKIE_SECONDS, "Strict")
    return response
