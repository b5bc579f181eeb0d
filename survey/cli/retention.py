"""flask retention purge: remove what has been kept for as long as the citizens were promised."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli import releasing
from survey.cli.staff import OPERATOR
from survey.config import Settings
from survey.domain import retention as rules
from survey.domain.periods import local_day
from survey.domain.retention import Removal
from survey.extensions import reading, writing
from survey.queries import retention as queries
from survey.services import retention
from survey.services.retention import Order

REFRESHER = "refresher"


@click.group("retention")
def group() -> None:
    """What is kept, and for how long."""


@group.command()
@click.option("--commit", is_flag=True, help="Remove; without it only what would be removed is printed.")
@with_appcontext
def purge(commit: bool) -> None:
    """Remove responses and comments older than SURVEY_RETENTION_MONTHS, and sign-ins that are over.

    Prints month, table and rows, tabs between. With --commit the hash of the audit row that says so stands at the end.
    Figures that were counted stay as they are. The refresher does the same once a day.
    """
    order = _order(datetime.now(UTC), OPERATOR)
    click.echo(f"Kept from {order.kept_from}")
    if commit:
        releasing.take_up()
    lines = [line for purged in run(order) for line in _lines(*purged)] if commit else _lines(_due(order))
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("There is nothing to remove.")
    elif not commit:
        click.echo("Nothing was removed. Add --commit to remove this; it cannot be brought back.")


def daily(now: datetime) -> int:
    """Remove all that is due, after the round has taken everything up; how many rows that were."""
    return sum(each.rows for removals, _ in run(_order(now, REFRESHER)) for each in removals)


def run(order: Order) -> Iterator[tuple[tuple[Removal, ...], str]]:
    """Remove all that is due, each month in a transaction of its own with its record, whose hash comes with it.

    What is removed must have been taken up into the tallies.
    """
    with reading() as session:
        months = queries.months(session, order.kept_from)
    for month in months:
        with writing() as session:
            purged = retention.purge_month(session, month, order)
        if purged is not None:
            yield purged.removals, purged.record
    with writing() as session:
        purged = retention.purge_rest(session, order)
    if purged is not None:
        yield purged.removals, purged.record


def _due(order: Order) -> tuple[Removal, ...]:
    with reading() as session:
        removals = queries.of_citizens(session, order.kept_from)
        return (*removals, *queries.rest(session, order.now, order.kept_from))


def _lines(removals: Iterable[Removal], record: str = "") -> list[str]:
    return [f"{each.month or '-'}\t{each.table}\t{each.rows}\t{record}".rstrip() for each in removals]


def _order(now: datetime, actor: str) -> Order:
    settings: Settings = current_app.config["SETTINGS"]
    return Order(rules.kept_from(local_day(now), settings.retention_months), actor, now)
