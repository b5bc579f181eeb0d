"""Cookies as browsers guard them best: in production their names forbid other hosts to set them.

A browser takes a name with `__Host-` only over HTTPS, for this host alone and the whole of it; `__Secure-` is for a
cookie of some addresses only.
"""

from typing import Literal

from flask import Response as FlaskResponse
from flask import current_app, request
from werkzeug.wrappers import Response

SESSION = "session"


def full_name(name: str, production: bool, path: str = "/") -> str:
    """The name that the browser keeps it under."""
    if not production:
        return name  # browsers refuse these names without HTTPS
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"


def value(name: str, path: str = "/") -> str | None:
    """What the request brings under this name."""
    return request.cookies.get(full_name(name, _production(), path))


def keep(
    response: Response | FlaskResponse,
    name: str,
    value: str,
    seconds: int,
    same_site: Literal["Lax", "Strict"],
    path: str = "/",
) -> None:
    """Let the browser keep a value for so long where no script reads it."""
    production = _production()
    response.set_cookie(
        full_name(name, production, path),
        value,
        max_age=seconds,
        secure=production,
        httponly=True,
        samesite=same_site,
        path=path,
    )


def _production() -> bool:
    production: bool = current_app.config["SETTINGS"].production
    return production
