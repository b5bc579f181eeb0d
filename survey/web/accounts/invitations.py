"""/staff/invitation/<token> and /staff/reset/<token>: choosing a password with a one-time link."""

from flask import Blueprint, redirect, render_template, request, url_for

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
    """Choose a password, once; afterwards, and for a link that opens nothing, a page that says so, the same for all."""
    with reading() as snapshot:
        found = links.opened(snapshot, token, purpose, clock.now())
    if found is None:
        return _spent()
    if request.method == "GET":
        return render_template("staff/choose_password.html", person=found, purpose=purpose, complaints=())
    wanted = request.form.get("new", "")
    if complaints := new_password_complaints(wanted, found.email):
        page = render_template("staff/choose_password.html", person=found, purpose=purpose, complaints=complaints)
        return page, 422
    hashed = passwords.hashed(wanted)
    with writing() as transaction:
        used = links.use(transaction, token, purpose, hashed, clock.now())
    if not used:
        return _spent()
    return redirect(url_for("auth.sign_in", done="password"), 303)


def _spent() -> Page:
    return render_template("staff/spent_link.html"), 404
