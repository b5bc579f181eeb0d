"""/staff/account: one's own password, authenticator, recovery codes and sessions."""

import secrets

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey.domain import accounts
from survey.domain.access import needs_second_factor
from survey.domain.audit import Action
from survey.extensions import reading, writing
from survey.queries import accounts as queries
from survey.queries import catalogue
from survey.services import audit, authenticators, passwords, staff
from survey.web import access, clock
from survey.web.accounts import role_lines, sign_ins
from survey.web.accounts.auth import Page, waiting
from survey.web.accounts.sign_ins import WaitError
from survey.web.admin.kiosk_rows import moment
from survey.wording.accounts import PROBLEMS

blueprint = Blueprint("account", __name__, url_prefix="/staff/account")
PENDING = "authenticator"  # its secret between the QR code and the first code, in the signed cookie of its owner
NAMED = 16  # hexadecimal digits by which a session is named in a form


@blueprint.get("")
@access.signed_in
def show() -> str:
    """The page of one's own account."""
    return _page()


@blueprint.post("/password")
@access.signed_in
def change_password() -> Page:
    """Change one's own password, with the present one; every other session ends, and this one begins anew."""
    me, wanted = access.me(), request.form.get("new", "")
    try:
        known = sign_ins.prove(me.email, request.form.get("password", "")[: accounts.PASSWORD_MOST + 1])
    except WaitError as error:
        return _page(waiting(error)), 429
    complaints = [_("Mật khẩu hiện nay không đúng.")] if known is None else new_password_complaints(wanted, me.email)
    if known is None or complaints:
        return _page(*complaints), 422
    hashed = passwords.hashed(wanted)
    with writing() as transaction:
        staff.set_password(transaction, me.id, me.email, hashed, clock.now())
    return sign_ins.begin(known, redirect(url_for(".show", done="password"), 303))


@blueprint.get("/authenticator")
@access.setting_up
@access.fresh
def authenticator() -> str:
    """A secret as QR code and text, to be confirmed by its first code."""
    secret = session.setdefault(PENDING, authenticators.new_secret())
    return _set_up_page(secret)


@blueprint.post("/authenticator")
@access.setting_up
@access.fresh
def set_authenticator() -> Page:
    """Keep the authenticator whose code is right, and show the recovery codes, this once."""
    secret, me, now = session.get(PENDING), access.me(), clock.now()
    if secret is None:
        return redirect(url_for(".authenticator"), 303)
    step = authenticators.step_of(secret, request.form.get("code", ""), now)
    if step is None:
        return _set_up_page(secret, _("Mã không đúng. Hãy xem giờ của điện thoại có đúng không.")), 422
    codes, key = authenticators.draw_codes(secrets.SystemRandom()), current_app.config["SETTINGS"].secret_key
    with writing() as transaction:
        authenticators.enable(transaction, me.id, me.email, secret, step, key, now)
        authenticators.replace_codes(transaction, me.id, me.email, codes, key, now)
    session.pop(PENDING)
    return render_template("staff/recovery_codes.html", codes=codes)


@blueprint.post("/recovery-codes")
@access.signed_in
@access.fresh
def renew_codes() -> str:
    """Make new recovery codes and show them, this once."""
    me, codes = access.me(), authenticators.draw_codes(secrets.SystemRandom())
    key = current_app.config["SETTINGS"].secret_key
    with writing() as transaction:
        authenticators.replace_codes(transaction, me.id, me.email, codes, key, clock.now())
    return render_template("staff/recovery_codes.html", codes=codes)


@blueprint.get("/recovery-codes")
@access.signed_in
def codes_shown_once() -> Response:
    """Where a reload or another language leads after codes were shown."""
    return redirect(url_for(".show"))


@blueprint.post("/sessions/end")
@access.signed_in
def end_sessions() -> Response:
    """End one of one's sessions, or all but this one."""
    me, own, name = access.me(), staff.token_hash(access.token()), request.form.get("session", "")
    with reading() as snapshot:
        sittings = queries.sittings(snapshot, me.id, clock.now())
    ended = [one.token_hash for one in sittings if name in ("", one.token_hash.hex()[:NAMED]) and one.token_hash != own]
    if ended:
        with writing() as transaction:
            count = staff.end_sessions(transaction, me.id, but=own, only=ended)
            audit.record(transaction, clock.now(), me.email, Action.SESSIONS_ENDED, me.email, {"count": count})
    return redirect(url_for(".show", done="sessions"), 303)


def new_password_complaints(wanted: str, email: str) -> list[str]:
    """What is wrong with a new password that was typed twice, in sentences."""
    found = [_(PROBLEMS[problem.code], **problem.values) for problem in accounts.check_password(wanted, email)]
    return [*found, *([] if wanted == request.form.get("again", "") else [_("Hai lần gõ mật khẩu mới khác nhau.")])]


def _page(*complaints: str) -> str:
    me, own = access.me(), staff.token_hash(access.token())
    with reading() as snapshot:
        account = next(one for one in queries.every(snapshot) if one.id == me.id)
        sittings = queries.sittings(snapshot, me.id, clock.now())
        left, units = queries.recovery_codes_left(snapshot, me.id), catalogue.units(snapshot)
    return render_template(
        "staff/account.html",
        account=account,
        roles=role_lines.of(account.grants, units),
        required=needs_second_factor(account.grants),
        codes_left=left,
        sessions=[
            (one.token_hash.hex()[:NAMED], one.browser, moment(one.created_at), moment(one.expires_at))
            for one in sittings
            if one.token_hash != own
        ],
        this=next((moment(one.expires_at) for one in sittings if one.token_hash == own), ""),
        complaints=complaints,
        done=request.args.get("done", ""),
    )


def _set_up_page(secret: str, complaint: str | None = None) -> str:
    import segno

    address = authenticators.address(secret, access.me().email)
    return render_template(
        "staff/authenticator.html",
        picture=segno.make_qr(address, error="m").svg_data_uri(scale=5, border=3),
        secret=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        complaint=complaint,
        required=needs_second_factor(access.me().grants),
    )
