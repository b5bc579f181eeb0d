"""/staff/sign-in and /staff/sign-out. An account's limit counts attempts on that account, never an address."""

import hashlib
import secrets

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from survey.domain import accounts
from survey.extensions import limiter, reading, writing
from survey.queries import staff as queries
from survey.services import passwords, staff
from survey.web import access, clock
from survey.web.forms import SignInForm

ATTEMPTS = "10 per minute"
TOKEN_BYTES = 32

blueprint = Blueprint("auth", __name__, url_prefix="/staff")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Response | str | tuple[str, int]:
    """The sign-in page and its answer, alike for a wrong password and an unknown account."""
    wanted = safe_next(request.args.get("next"))
    if request.method == "GET":
        return redirect(wanted) if current_user.is_authenticated else _page(SignInForm())
    form = SignInForm()
    if not form.validate():
        return _page(form, _("Thư điện tử hoặc mật khẩu không đúng.")), 422
    email = accounts.normal_email(form.email.data)
    try:
        with limiter.limit(ATTEMPTS, key_func=lambda: _limit_key(email)):
            admitted = _begin(email, form.password.data)
    except RateLimitExceeded:
        return _page(form, _("Đăng nhập sai quá nhiều lần. Hãy đợi một phút rồi thử lại.")), 429
    if not admitted:
        return _page(form, _("Thư điện tử hoặc mật khẩu không đúng.")), 422
    return redirect(wanted, 303)


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End this session on every server."""
    with writing() as transaction:
        staff.sign_out(transaction, access.token(), access.me().email, clock.now())
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"), 303)


def safe_next(address: str | None) -> str:
    """Where to go after signing in: only a plain path of the staff pages, else the overview."""
    home = url_for("dashboard.overview")
    if not address or not address.startswith(home) or not address.isprintable():
        return home
    return home if any(sign in address for sign in ("\\", "//", "..")) else address


def _begin(email: str, password: str) -> bool:
    """Check the password outside any transaction, then open a session; whether the two belong together."""
    with reading() as snapshot:
        known = queries.credentials(snapshot, email)
    checked = passwords.check(password, known.password_hash if known else None)
    with writing() as transaction:
        if known is None or not checked.right:
            staff.refuse(transaction, known, clock.now())
            return False
        token = secrets.token_urlsafe(TOKEN_BYTES)
        staff.sign_in(transaction, known, token, checked.renewed_hash, clock.now())
    with reading() as snapshot:
        member = queries.signed_in(snapshot, staff.token_hash(token), clock.now())
    session.clear()  # nothing from before the sign-in survives it
    return member is not None and bool(login_user(access.SignedIn(member, token)))


def _limit_key(email: str) -> str:
    return "sign-in:" + hashlib.sha256(email.encode()).hexdigest()


def _page(form: SignInForm, complaint: str | None = None) -> str:
    return render_template("staff/sign_in.html", form=form, complaint=complaint)
