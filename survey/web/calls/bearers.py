"""Programs that call with a bearer token (RFC 6750): who they are, and how many calls a token has."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, current_app, g, request
from flask_limiter import RateLimitExceeded

from survey.domain import bearers
from survey.extensions import limiter, reading
from survey.queries import tokens
from survey.web import clock
from survey.web.access import TOKEN
from survey.web.calls.problems import problem_response

View = TypeVar("View", bound=Callable[..., Any])
REALM = 'Bearer realm="api"'
SCHEME = "bearer"


def needed(view: View) -> View:
    """Mark and guard a call: a valid token, its limit, and something that it may read. Then `access.me()` is its."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        token = _token()
        if token is None:
            return _unknown("token_missing", REALM)
        with reading() as session:
            found = tokens.bearer(session, bearers.token_hash(token), clock.now())
        if found is None:
            return _unknown("token_invalid", f'{REALM}, error="invalid_token"')
        try:
            with limiter.limit(_limit(), key_func=lambda: f"token:{found.token_id}"):
                pass
        except RateLimitExceeded:
            return problem_response(429, "token_limit")
        if not found.member.grants:
            return problem_response(403, "token_reads_nothing")
        g.member = found.member
        return view(*args, **kwargs)

    guarded.access = TOKEN  # type: ignore[attr-defined]
    return cast(View, guarded)


def _token() -> str | None:
    """The token of the Authorization header. One in the address would stand in every log, so it is not taken."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == SCHEME and token.strip() else None


def _limit() -> str:
    limit: int = current_app.config["SETTINGS"].token_limit
    return f"{limit or 1_000_000}/minute"  # 0 is none


def _unknown(code: str, challenge: str) -> Response:
    response = problem_response(401, code)
    response.headers["WWW-Authenticate"] = challenge
    return response
