"""flask staff create: accounts of those who read the figures."""

import sys
from datetime import UTC, datetime
from secrets import SystemRandom

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.domain import accounts, names
from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.services import audit, staff
from survey.wording.accounts import PROBLEMS

OPERATOR = "command line"


@click.group("staff")
def group() -> None:
    """Accounts of staff."""


@group.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do.")
@click.option("--unit", "code", required=True, help="Code of the unit at which, and below which, the role holds.")
@click.option("--name", help="Full name; the part of EMAIL before the @ when left out.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
@with_appcontext
def create(email: str, role: str, code: str, name: str | None, password_stdin: bool) -> None:
    """Make an account for EMAIL and print its password, once. Writes at once: there is nothing to preview."""
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    password = accounts.draw_password(SystemRandom()) if given is None else given
    try:
        _create(email, name or email.partition("@")[0], Role(role), code, password)
    except InvalidError as error:
        raise click.ClickException(_sentences(error)) from error
    click.echo(f"Created {accounts.normal_email(email)}: {role} at {names.normal(code)}")
    if given is None:
        click.echo(f"Password: {password}")


def _create(email: str, name: str, role: Role, code: str, password: str) -> None:
    with reading() as session:
        unit = catalogue.unit(session, names.normal(code))
    if unit is None:
        raise InvalidError([Problem("unit", "unit_unknown", {"code": code})])
    now = datetime.now(UTC)
    with writing() as session:
        staff.create(session, email, name, role, unit.id, password)
        detail = {"role": role.value, "unit": unit.code}
        audit.record(session, now, OPERATOR, Action.STAFF_CREATED, accounts.normal_email(email), detail)


def _sentences(error: InvalidError) -> str:
    with force_locale(current_app.config["SETTINGS"].language):
        return "\n".join(gettext(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
