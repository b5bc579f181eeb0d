"""flask catalogue procedure …: add, rename and retire procedures, one at a time."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from survey.cli.imports import show
from survey.cli.staff import OPERATOR
from survey.cli.units import CODE, COMMIT, DAY, outcome, refused
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import entries
from survey.services import procedures


@click.group("procedure")
def group() -> None:
    """Procedures, one at a time; many at once come with import-procedures."""


@group.command("add")
@CODE
@click.option("--name", required=True)
@click.option("--domain", required=True)
@COMMIT
@with_appcontext
def add(code: str, name: str, domain: str, commit: bool) -> None:
    """Add a procedure."""
    _save(code, name, domain, commit, new=True)


@group.command("rename")
@CODE
@click.option("--name")
@click.option("--domain")
@COMMIT
@with_appcontext
def rename(code: str, name: str | None, domain: str | None, commit: bool) -> None:
    """Give a procedure another name or domain."""
    with reading() as session:
        held = entries.procedures(session).get(code)
    if held is None:
        raise click.ClickException(f"no procedure has the code {code}")
    _save(code, name or held.name, domain or held.domain_name, commit, new=False)


@group.command("retire")
@CODE
@click.option("--from", "first", type=DAY, required=True, help="The first day on which it is not offered.")
@COMMIT
@with_appcontext
def retire(code: str, first: datetime, commit: bool) -> None:
    """Offer a procedure to no citizen from a day on; figures and answers keep it."""
    _retire(code, first, commit)


@group.command("restore")
@CODE
@COMMIT
@with_appcontext
def restore(code: str, commit: bool) -> None:
    """Offer a retired procedure again."""
    _retire(code, None, commit)


def _save(code: str, name: str, domain: str, commit: bool, *, new: bool) -> None:
    try:
        with reading() as session:
            found = procedures.compare(session, code, name, domain, new=new)
        show(found)
        if commit and not found.is_empty:
            with writing() as session:
                procedures.save(session, code, name, domain, OPERATOR, datetime.now(UTC), new=new)
    except InvalidError as error:
        raise refused(error) from error
    click.echo(outcome(found.is_empty, commit))


def _retire(code: str, first: datetime | None, commit: bool) -> None:
    day = None if first is None else first.date()
    try:
        with writing() as session:
            procedures.retire(session, code, day, OPERATOR, datetime.now(UTC))
            if not commit:
                session.rollback()
    except InvalidError as error:
        raise refused(error) from error
    click.echo(f"~ {code} retired_on: {day or '(empty)'}")
    click.echo(outcome(False, commit))
