"""Who may use a route. Every view carries one of these marks; a test walks all routes and refuses one without."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from survey.domain.access import Permission, may, needs_second_factor, permitted_roots
from survey.domain.accounts import is_demonstration
from survey.domain.units import Unit
from survey.extensions import login, reading
from survey.queries import demonstration
from survey.queries import staff as accounts
from survey.queries.staff import Member, Seat
from survey.services import staff
from survey.web import clock

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed in"
TOKEN = "token"  # noqa: S105 — a program with a bearer token; `web.bearers` guards
DEVICE = "device"  # a paired kiosk; `web.devices` guards
IDLE = timedelta(hours=1)  # without a request, then one signs in again
FRESH = timedelta(minutes=10)  # for so long after giving the password no dangerous act asks for it again
_SEEN, _SEEN_STEP = "seen", 60  # when the session was last used, in the signed cookie: reading a page writes no row


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Flask-Login's user: the member of staff, and the random token that is the session's only name."""

    member: Member
    token: str
    proved_at: datetime
    must_set_up: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.token


@login.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    now = clock.now()
    if now.timestamp() - session.get(_SEEN, 0) >= IDLE.total_seconds():
        return None
    found = sitting(token, now)
    if found is not None and now.timestamp() - session[_SEEN] >= _SEEN_STEP:
        session[_SEEN] = int(now.timestamp())
    return found


def sitting(token: str, now: datetime) -> SignedIn | None:
    """Who sits at the session with this token."""
    with reading() as snapshot:
        seat = accounts.seat(snapshot, staff.token_hash(token), now)
        if seat is None or refused(seat.member.email):
            return None
        exempt = is_demonstration(seat.member.email) and bool(demonstration.is_loaded(snapshot))
    return SignedIn(seat.member, token, seat.proved_at, _must_set_up(seat) and not exempt)


def seen(now: datetime) -> None:
    """Begin to count how long a session is idle."""
    session[_SEEN] = int(now.timestamp())


def refused(email: str) -> bool:
    """Whether the account is the demonstration's, whose password is public, on a server in production."""
    return is_demonstration(email) and current_app.config["SETTINGS"].production


def _must_set_up(seat: Seat) -> bool:
    return not seat.has_authenticator and needs_second_factor(seat.member.grants)


def public(view: View) -> View:
    """Mark a view that anybody may use."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Mark and guard a view that every member of staff may use, whatever was granted."""
    return _guarded(view, SIGNED_IN, lambda: True)


def setting_up(view: View) -> View:
    """Mark and guard a view that is there also before a required authenticator has been set up."""
    return _guarded(view, SIGNED_IN, lambda: True, before_set_up=True)


def fresh(view: View) -> View:
    """Guard a dangerous act, below another mark: the password has to have been given within the last minutes.

    A form that is refused for that is not sent again by itself: one gives the password, and is back at its page.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if clock.now() - current_user.proved_at < FRESH:
            return view(*args, **kwargs)
        here = request.full_path.rstrip("?") if request.method == "GET" else _came_from()
        return redirect(url_for("auth.confirm", next=here), 303)

    guarded.fresh = True  # type: ignore[attr-defined]
    return cast(View, guarded)


def _came_from() -> str | None:
    """The path of our own page that the request came from; `auth.safe_next` looks at it again."""
    referrer = request.referrer or ""
    return referrer.removeprefix(request.host_url.rstrip("/")) if referrer.startswith(request.host_url) else None


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark and guard a view: sign-in first, then the permission at one unit at least.

    Which units it holds at is the view's second question, answered by `units` and `unit_or_404`.
    """

    def decorate(view: View) -> View:
        return _guarded(view, permission, lambda: bool(permitted_roots(me().grants, permission)))

    return decorate


def _guarded(view: View, mark: str, allowed: Callable[[], bool], before_set_up: bool = False) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return to_sign_in()
        if current_user.must_set_up and not before_set_up:
            return redirect(url_for("account.authenticator"), 303)
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


def may_somewhere(permission: Permission) -> bool:
    """Whether the permission holds at one unit at least."""
    return bool(permitted_roots(me().grants, permission))


def among(units: tuple[Unit, ...], permission: Permission) -> tuple[Unit, ...]:
    """Those of the units at which the permission holds."""
    return tuple(unit for unit in units if may(me().grants, permission, unit))


def unit_or_404(units: tuple[Unit, ...], code: str) -> Unit:
    """The unit with this code. A unit that one may not see is answered like one that does not exist."""
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        abort(404)
    return found
