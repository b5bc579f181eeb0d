"""flask staff invite|grant|revoke|reset|disable|enable: what administrators do on pages, for the operator."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.domain import names
from survey.domain.access import Role
from survey.domain.accounts import LinkPurpose, normal_email
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import accounts as queries
from survey.queries import catalogue
from survey.queries.accounts import Account
from survey.services import authenticators, grants, links, staff
from survey.wording.accounts import PROBLEMS

TOKEN_BYTES = 32
ROLE = click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
UNIT = click.option("--unit", "code", required=True, help="Code of the unit at which, and below which, the role holds.")


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@ROLE
@UNIT
@with_appcontext
def invite(email: str, name: str, role: str, code: str) -> None:
    """Make an account for EMAIL and print the link with which its owner chooses a password, once."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), datetime.now(UTC)

    def act() -> None:
        unit = _unit(code)
        with writing() as session:
            made = staff.invite(session, email, name, OPERATOR, now)
            grants.grant(session, made, normal_email(email), Role(role), unit, OPERATOR, now)
            links.make(session, made, LinkPurpose.INVITATION, token, now)

    _told(act)
    click.echo(f"Invited {normal_email(email)}: {role} at {names.normal(code)}")
    click.echo(f"Link, once, 7 days: {_link('invitation', token)}")


@click.command()
@click.argument("email")
@ROLE
@UNIT
@with_appcontext
def grant(email: str, role: str, code: str) -> None:
    """Give EMAIL a role at a unit and all below it."""
    _change(grants.grant, email, role, code)
    click.echo(f"{normal_email(email)} is {role} at {names.normal(code)}")


@click.command()
@click.argument("email")
@ROLE
@UNIT
@with_appcontext
def revoke(email: str, role: str, code: str) -> None:
    """Take a role at a unit from EMAIL."""
    _change(grants.revoke, email, role, code)
    click.echo(f"{normal_email(email)} is not {role} at {names.normal(code)}")


@click.command()
@click.argument("email")
@click.option("--authenticator", is_flag=True, help="Forget the authenticator and the recovery codes too.")
@with_appcontext
def reset(email: str, authenticator: bool) -> None:
    """Print a link with which EMAIL chooses a new password, once; their sessions end now."""
    token, now, account = secrets.token_urlsafe(TOKEN_BYTES), datetime.now(UTC), _account(email)
    with writing() as session:
        links.reset(session, account.id, account.email, token, OPERATOR, now)
        if authenticator:
            authenticators.remove(session, account.id, account.email, OPERATOR, now)
    click.echo(f"Link, once, 24 hours: {_link('reset', token)}")


@click.command()
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Close the account of EMAIL; their sessions end now."""
    _set_disabled(email, True)
    click.echo(f"{normal_email(email)} cannot sign in any more")


@click.command()
@click.argument("email")
@with_appcontext
def enable(email: str) -> None:
    """Open the account of EMAIL again."""
    _set_disabled(email, False)
    click.echo(f"{normal_email(email)} can sign in again")


COMMANDS = (invite, grant, revoke, reset, disable, enable)


def _change(change: Callable[..., bool], email: str, role: str, code: str) -> None:
    account = _account(email)

    def act() -> None:
        unit = _unit(code)
        with writing() as session:
            change(session, account.id, account.email, Role(role), unit, OPERATOR, datetime.now(UTC))

    _told(act)


def _set_disabled(email: str, disabled: bool) -> None:
    account = _account(email)
    with writing() as session:
        staff.set_disabled(session, account.id, account.email, disabled, OPERATOR, datetime.now(UTC))


def _account(email: str) -> Account:
    with reading() as session:
        found = queries.by_email(session, normal_email(email))
    if found is None:
        raise click.ClickException(f"there is no account {normal_email(email)}")
    return found


def _unit(code: str) -> Unit:
    with reading() as session:
        unit = catalogue.unit(session, names.normal(code))
    if unit is None:
        raise InvalidError([Problem("unit", "unit_unknown", {"code": code})])
    return unit


def _told(act: Callable[[], None]) -> None:
    """Do it, or say in words why not."""
    try:
        act()
    except InvalidError as error:
        with force_locale(current_app.config["SETTINGS"].language):
            told = "\n".join(gettext(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
        raise click.ClickException(told) from error


def _link(kind: str, token: str) -> str:
    """The whole address where one is set, else its path."""
    return f"{current_app.config['SETTINGS'].public_url or ''}/staff/{kind}/{token}"
