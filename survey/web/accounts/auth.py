"""/staff/sign-in, its second step, /staff/confirm before dangerous acts, and /staff/sign-out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from survey.domain import accounts
from survey.extensions import reading, writing
from survey.queries import staff as queries
from survey.services import staff
from survey.web import access, clock
from survey.web.accounts import sign_ins
from survey.web.accounts.sign_ins import WaitError
from survey.web.forms import SignInForm

Page = Response | str | tuple[str, int]

blueprint = Blueprint("auth", __name__, url_prefix="/staff")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Page:
    """The sign-in page and its answer, alike for a wrong password and an unknown account."""
    wanted = safe_next(request.args.get("next"))
    if request.method == "GET":
        return redirect(wanted) if current_user.is_authenticated else _page(SignInForm())
    form = SignInForm()
    if not form.validate():
        return _page(form, _("Thư điện tử hoặc mật khẩu không đúng.")), 422
    try:
        known = sign_ins.prove(accounts.normal_email(form.email.data), form.password.data)
    except WaitError as error:
        return _page(form, waiting(error)), 429
    if known is None:
        return _page(form, _("Thư điện tử hoặc mật khẩu không đúng.")), 422
    return go_on(known, wanted)


def go_on(known: queries.Credentials, wanted: str) -> Response:
    """After the first proof: to the code where the account has an authenticator, else signed in."""
    if known.has_authenticator:
        sign_ins.wait_for_code(known, wanted)
        return redirect(url_for("auth.code"), 303)
    return sign_ins.begin(known, redirect(wanted, 303))


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@access.public
def code() -> Page:
    """The second step: a code of the authenticator, or a recovery code."""
    half = sign_ins.half()
    if half is None:
        return redirect(url_for("auth.sign_in"), 303)
    if request.method == "GET":
        return render_template("staff/code.html", complaint=None)
    try:
        right = sign_ins.prove_code(half.known, request.form.get("code", "")[:40])
    except WaitError as error:
        return render_template("staff/code.html", complaint=waiting(error)), 429
    if not right:
        return render_template("staff/code.html", complaint=_("Mã không đúng, hoặc đã dùng rồi.")), 422
    return sign_ins.begin(half.known, redirect(safe_next(half.wanted), 303))


@blueprint.route("/confirm", methods=["GET", "POST"])
@access.setting_up
def confirm() -> Page:
    """Asks for the password again, or a code where there is no password, and leads back."""
    wanted = safe_next(request.args.get("next"))
    if request.method == "GET":
        return render_template("staff/confirm.html", complaint=None)
    try:
        right = _is_again(request.form.get("password", "")[: accounts.PASSWORD_MOST + 1])
    except WaitError as error:
        return render_template("staff/confirm.html", complaint=waiting(error)), 429
    if not right:
        return render_template("staff/confirm.html", complaint=_("Mật khẩu hoặc mã không đúng.")), 422
    sign_ins.renew()
    return redirect(wanted, 303)


@blueprint.post("/sign-out")
@access.setting_up
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


def waiting(error: WaitError) -> str:
    """What is said to somebody who has to wait."""
    said: str = _("Đăng nhập sai quá nhiều lần. Hãy đợi %(seconds)s giây rồi thử lại.", seconds=error.seconds)
    return said


def _is_again(given: str) -> bool:
    """Whether this is the password of who is signed in, or a code where the account has an authenticator."""
    email = access.me().email
    with reading() as snapshot:
        known = queries.credentials(snapshot, email)
    if known is not None and known.has_authenticator and len("".join(given.split())) <= 11:
        return sign_ins.prove_code(known, given)  # shorter than any password
    return sign_ins.prove(email, given) is not None


def _page(form: SignInForm, complaint: str | None = None) -> str:
    return render_template("staff/sign_in.html", form=form, complaint=complaint)
