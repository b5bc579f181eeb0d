"""/staff/admin/staff: accounts within one's reach; invite, grant and revoke roles, reset, disable.

Whoever has a grant outside the administrator's units is shown with the grants inside; what opens or closes the whole
account (reset, authenticator, disable) is then for an administrator above both.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey.domain.access import Permission, Role
from survey.domain.accounts import LinkPurpose, normal_email
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import accounts as queries
from survey.queries import catalogue
from survey.queries.accounts import Account
from survey.services import authenticators, grants, links, staff
from survey.web import access, clock
from survey.web.accounts import role_lines
from survey.web.accounts.auth import Page
from survey.web.accounts.sign_ins import TOKEN_BYTES
from survey.web.admin import posters
from survey.web.admin.kiosk_rows import moment
from survey.wording.accounts import PROBLEMS, STATES

blueprint = Blueprint("staff_admin", __name__, url_prefix="/staff/admin/staff")
NEEDED = Permission.MANAGE_STAFF


@dataclass(frozen=True, slots=True)
class Desk:
    """What the administrator reaches: units, and the accounts with a grant there."""

    units: tuple[Unit, ...]
    accounts: tuple[Account, ...]

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(unit.id for unit in self.units)


@blueprint.get("")
@access.needs(NEEDED)
def show_all() -> str:
    """Every account within reach, with its roles there."""
    return _list_page(_desk())


@blueprint.post("")
@access.needs(NEEDED)
@access.fresh
def invite() -> Page:
    """Make an account with a first role; the page shows its link, this once."""
    desk, token, now, me = _desk(), secrets.token_urlsafe(TOKEN_BYTES), clock.now(), access.me().email
    try:
        role, unit = _role_at(desk, request.form)
        with writing() as transaction:
            email, name = request.form.get("email", ""), request.form.get("name", "")
            made = staff.invite(transaction, email, name, me, now)
            grants.grant(transaction, made, normal_email(email), role, unit, me, now)
            ends = links.make(transaction, made, LinkPurpose.INVITATION, token, now)
    except InvalidError as error:
        return _list_page(desk, _sentences(error)), 422
    link = _link("invitation", token)
    return _page(_desk(), made, link=link, until=moment(ends))


@blueprint.get("/<int:staff_id>")
@access.needs(NEEDED)
def show(staff_id: int) -> str:
    """One account."""
    return _page(_desk(), staff_id)


@blueprint.post("/<int:staff_id>/grants")
@access.needs(NEEDED)
@access.fresh
def change_grant(staff_id: int) -> Page:
    """Give or take a role at a unit within reach."""
    desk = _desk()
    account, now, me = _account(desk, staff_id), clock.now(), access.me()
    try:
        if account.id == me.id:
            raise InvalidError([Problem("role", "not_yourself")])
        role, unit = _role_at(desk, request.form)
        act = grants.revoke if request.form.get("act") == "revoke" else grants.grant
        with writing() as transaction:
            act(transaction, account.id, account.email, role, unit, me.email, now)
    except InvalidError as error:
        return _page(desk, staff_id, _sentences(error)), 422
    known = {one.id for one in _desk().accounts}
    return redirect(url_for(".show", staff_id=staff_id) if staff_id in known else url_for(".show_all"), 303)


@blueprint.post("/<int:staff_id>/reset")
@access.needs(NEEDED)
@access.fresh
def reset(staff_id: int) -> Page:
    """Make a link with which the account gets a password, and show it, this once; its sessions end."""
    desk, token, now = _desk(), secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    account = _whole(desk, staff_id)
    with writing() as transaction:
        ends = links.reset(transaction, account.id, account.email, token, access.me().email, now)
    return _page(desk, staff_id, link=_link("reset", token), until=moment(ends))


@blueprint.post("/<int:staff_id>/authenticator")
@access.needs(NEEDED)
@access.fresh
def remove_authenticator(staff_id: int) -> Response:
    """Forget the authenticator of somebody who lost it; where the role needs one, the next sign-in asks for a new."""
    account = _whole(_desk(), staff_id)
    with writing() as transaction:
        authenticators.remove(transaction, account.id, account.email, access.me().email, clock.now())
    return redirect(url_for(".show", staff_id=staff_id), 303)


@blueprint.post("/<int:staff_id>/disabled")
@access.needs(NEEDED)
@access.fresh
def disable(staff_id: int) -> Response:
    """Close the account, or open it again."""
    account, disabled = _whole(_desk(), staff_id), request.form.get("act") != "enable"
    with writing() as transaction:
        staff.set_disabled(transaction, account.id, account.email, disabled, access.me().email, clock.now())
    return redirect(url_for(".show", staff_id=staff_id), 303)


@blueprint.get("/<int:staff_id>/<act>")
@access.needs(NEEDED)
def shown_once(staff_id: int, act: str) -> Response:
    """Where a reload or another language leads after a form."""
    return redirect(url_for(".show", staff_id=_account(_desk(), staff_id).id))


def _desk() -> Desk:
    with reading() as snapshot:
        units = access.among(catalogue.units(snapshot), NEEDED)
        every = queries.every(snapshot)
    reach = {unit.id for unit in units}
    return Desk(units, tuple(one for one in every if any(grant.unit_id in reach for grant in one.grants)))


def _account(desk: Desk, staff_id: int) -> Account:
    """An account within reach; another is answered like one that does not exist."""
    return next((one for one in desk.accounts if one.id == staff_id), None) or abort(404)


def _whole(desk: Desk, staff_id: int) -> Account:
    """An account that one decides on as a whole, and not one's own."""
    account = _account(desk, staff_id)
    return account if account.is_within(desk.unit_ids) and account.id != access.me().id else abort(403)


def _role_at(desk: Desk, form: Mapping[str, str]) -> tuple[Role, Unit]:
    role = next((role for role in Role if role == form.get("role")), None)
    unit = next((unit for unit in desk.units if unit.code == form.get("unit")), None)
    problems = [Problem("role", "role_missing")] if role is None else []
    problems += [Problem("unit", "unit_missing")] if unit is None else []
    if role is None or unit is None:
        raise InvalidError(problems)
    return role, unit


def _link(kind: str, token: str) -> str:
    return f"{posters.public_url()}/staff/{kind}/{token}"


def _sentences(error: InvalidError) -> tuple[str, ...]:
    return tuple(_(PROBLEMS[problem.code], **problem.values) for problem in error.problems)


def _list_page(desk: Desk, complaints: tuple[str, ...] = ()) -> str:
    return render_template(
        "staff/staff.html",
        lines=[(one, _(STATES[one.state]), role_lines.of(one.grants, desk.units)) for one in desk.accounts],
        units=desk.units,
        roles=role_lines.roles(),
        entered=request.form,
        complaints=complaints,
    )


def _page(desk: Desk, staff_id: int, complaints: tuple[str, ...] = (), link: str = "", until: str = "") -> str:
    account = _account(desk, staff_id)
    lines = role_lines.of(account.grants, desk.units)
    return render_template(
        "staff/member.html",
        account=account,
        state=_(STATES[account.state]),
        lines=lines,
        elsewhere=len(account.grants) - len(lines),
        own=account.id == access.me().id,
        units=desk.units,
        roles=role_lines.roles(),
        complaints=complaints,
        link=link,
        until=until,
    )
