"""Who may use a route. Every view carries one of these marks; a test walks all routes and refuses one without."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from survey.domain.access import Permission, may, permitted_roots
from survey.domain.units import Unit
from survey.extensions import login, reading
from survey.queries import staff as accounts
from survey.queries.staff import Member
from survey.services import staff
from survey.web import clock

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed in"
TOKEN = "token"  # a program with a bearer token; `web.bearers` guards
DEVICE = "device"  # a paired kiosk; `web.devices` guards


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Flask-Login's user: the member of staff, and the random token that is the session's only name."""

    member: Member
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.token


@login.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    with reading() as session:
        member = accounts.signed_in(session, staff.token_hash(token), clock.now())
    return None if member is None else SignedIn(member, token)


def public(view: View) -> View:
    """Mark a view that anybody may use."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Mark and guard a view that every member of staff may use, whatever was granted."""
    return _guarded(view, SIGNED_IN, lambda: True)


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark and guard a view: sign-in first, then the permission at one unit at least.

    Which units it holds at is the view's second question, answered by `units` and `unit_or_404`.
    """

    def decorate(view: View) -> View:
        return _guarded(view, permission, lambda: bool(permitted_roots(me().grants, permission)))

    return decorate


def _guarded(view: View, mark: str, allowed: Callable[[], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return to_sign_in()
        if not allowed():
            abort(403)
        return view(*args, **kwargs)

    guarded.access = mark  # type: ignore[attr-defined]
    return cast(View, guarded)


def to_sign_in() -> Response:
    """To the sign-in page, and back to this address afterwards when it was a page."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted))


def me() -> Member:
    """The member of staff who is signed in, or whom a token stands for; only inside a guarded view."""
    member: Member = g.member if "member" in g else current_user.member
    return member


def token() -> str:
    """The name of this session; only inside a guarded view."""
    value: str = current_user.token
    return value


def among(units: tuple[Unit, ...], permission: Permission) -> tuple[Unit, ...]:
    """Those of the units at which the permission holds."""
    return tuple(unit for unit in units if may(me().grants, permission, unit))


def unit_or_404(units: tuple[Unit, ...], code: str) -> Unit:
    """The unit with this code. A unit that one may not see is answered like one that does not exist."""
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        abort(404)
    return found
