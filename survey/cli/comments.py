"""flask comments batch: make the comments readable that waited for the beginning of the month."""

import secrets
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli.staff import OPERATOR
from survey.domain import batches
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.services import comments


@click.group("comments")
def group() -> None:
    """What citizens wrote."""


@group.command()
@click.option("--commit", is_flag=True, help="Make the batches; without it only what would be made is printed.")
@with_appcontext
def batch(commit: bool) -> None:
    """Put the comments of the months that are over together, shuffled, ten or more at a time.

    The refresher does it by itself on the first working day of a month. Called twice it makes nothing twice.
    """
    now = datetime.now(UTC)
    count, total = put_together(now, OPERATOR) if commit else _due(now)
    click.echo(f"{count} batches of {total} comments")
    if not commit:
        click.echo("Nothing was written. Add --commit to make them.")


def put_together(now: datetime, actor: str) -> tuple[int, int]:
    """Make the batches that are due; how many, and of how many comments."""
    month = batches.month_due(local_day(now))
    with writing() as session:
        made = comments.put_together(session, month, _minimum(), actor, now, secrets.SystemRandom())
    return len(made), sum(len(each.keys) for each in made)


def _due(now: datetime) -> tuple[int, int]:
    with reading() as session:
        found = comments.due(session, batches.month_due(local_day(now)), _minimum())
    return len(found), sum(len(each.keys) for each in found)


def _minimum() -> int:
    minimum: int = current_app.config["SETTINGS"].shown_minimum
    return minimum
