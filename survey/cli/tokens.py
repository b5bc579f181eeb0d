"""flask tokens create|revoke|list: the bearer tokens with which programs read figures."""

import secrets
from datetime import UTC, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.domain import bearers, names
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import tokens as queries
from survey.services import tokens
from survey.services.tokens import Wanted
from survey.wording.tokens import PROBLEMS

SERVICE = "service account"


@click.group("tokens")
def group() -> None:
    """Tokens with which programs call /api/v1/rates."""


@group.command()
@click.option("--unit", "code", required=True, help="Code of the unit that the token reads, with all units below it.")
@click.option("--name", required=True, help="What the token is for, such as the program that uses it.")
@click.option("--staff", "email", help="Whose token it is; it then never reads more than they do. Else a service's.")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, bearers.LONGEST.days))
@with_appcontext
def create(code: str, name: str, email: str | None, days: int) -> None:
    """Make a token and print it, once. Writes at once: there is nothing to preview."""
    token = bearers.text_of(secrets.token_urlsafe(bearers.SECRET_BYTES))
    wanted = Wanted(name, names.normal(code), timedelta(days=days), email)
    try:
        with writing() as session:
            row_id = tokens.create(session, wanted, token, OPERATOR, datetime.now(UTC))
    except InvalidError as error:
        with force_locale(current_app.config["SETTINGS"].language):
            told = "\n".join(gettext(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
        raise click.ClickException(told) from error
    click.echo(f"Created token {row_id} for {names.normal(code)}, {email or SERVICE}, {days} days")
    click.echo(f"Token: {token}")


@group.command()
@click.argument("row_id", metavar="ID", type=int)
@with_appcontext
def revoke(row_id: int) -> None:
    """End a token at once."""
    with writing() as session:
        done = tokens.revoke(session, row_id, OPERATOR, datetime.now(UTC))
    if not done:
        raise click.ClickException(f"there is no token {row_id} that could be revoked")
    click.echo(f"Token {row_id} opens nothing any more")


@group.command("list")
@with_appcontext
def list_tokens() -> None:
    """Print the tokens, one a line: id, state, unit, owner, created, expires, name; tabs between."""
    now = datetime.now(UTC)
    with reading() as session:
        found = queries.every(session)
    for token in found:
        days = (token.created_at.date().isoformat(), token.expires_at.date().isoformat())
        values = (str(token.id), token.state(now), token.unit_code, token.email or SERVICE, *days, token.name)
        click.echo("\t".join(values))
