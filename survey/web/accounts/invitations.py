"""/staff/invitation/<token> and /staff/reset/<token>: choosing a password with a one-time link."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from survey.domain.accounts import LinkPurpose
from survey.extensions import reading, writing
from survey.services import links, passwords
from survey.web import access, clock
from survey.web.accounts.account import new_password_complaints
from survey.web.accounts.auth import Page

blueprint = Blueprint("invitations", __name__, url_prefix="/staff")


@blueprint.route("/invitation/<token>", methods=["GET", "POST"], defaults={"purpose": LinkPurpose.INVITATION})
@blueprint.route("/reset/<token>", methods=["GET", "POST"], defaults={"purpose": LinkPurpose.RESET})
@access.public
def choose(token: str, purpose: LinkPurpose) -> Page:
    """Choose a password, once; afterwards, and for a link that opens nothing, the page does not exist."""
    with reading() as snapshot:
        found = links.opened(snapshot, token, purpose, clock.now()) or abort(404)
    if request.method == "GET":
        return render_template("staff/choose_password.html", person=found, purpose=purpose, complaints=())
    wanted = request.form.get("new", "")
    if complaints := new_password_complaints(wanted, found.email):
        page = render_template("staff/choose_password.html", person=found, purpose=purpose, complaints=complaints)
        return page, 422
    hashed = passwords.hashed(wanted)
    with writing() as transaction:
        if not links.use(transaction, token, purpose, hashed, clock.now()):
            abort(404)
    return redirect(url_for("auth.sign_in", done="password"), 303)
