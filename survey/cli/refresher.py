"""flask refresher: the one process beside the server that keeps figures up to date. Ends with the process above it."""

import os
import signal
import time
from datetime import UTC, date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli import comments, publishing, releasing, retention
from survey.cli.retention import REFRESHER
from survey.config import Settings
from survey.domain.disclosure import rounds
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.queries import audit
from survey.services import integrity
from survey.telemetry import counters


@click.command("refresher")
@click.option("--every", type=click.IntRange(1), default=60, show_default=True, help="Seconds between two rounds.")
@with_appcontext
def command(every: int) -> None:
    """Take pending responses into the tallies again and again, and release answers to staff as SURVEY_RELEASE says."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends this process when it has ended
    parent = os.getppid()
    released_on: date | None = None
    while os.getppid() == parent:
        try:
            released_on = one_round(released_on, datetime.now(UTC))
            counters.end_of_round()
        except Exception:  # the database may be away for a while; the next round finds everything that waits
            current_app.logger.exception("the figures could not be brought up to date")
        _rest(every, parent)


def one_round(released_on: date | None, now: datetime) -> date:
    """Take up, and release: every round that brought something, or once a day, the first round after midnight.

    `released_on` is the local day of the last release, None before the first; returns the day of the last one now.
    """
    settings: Settings = current_app.config["SETTINGS"]
    today = local_day(now)
    if taken_up := releasing.take_up():
        click.echo(f"refresher: took up {taken_up} responses", err=True)
    if released_on != today or (taken_up and settings.release == "continuous"):
        due = rounds.continuous if settings.release == "continuous" else rounds.nightly
        if released := releasing.release(due(now, settings.shown_minimum)):
            click.echo(f"refresher: released {released} answers", err=True)
    if released_on != today:
        _daily(now)
    if publishing.open_data(now):
        click.echo("refresher: made the file of open data", err=True)
    return today


def _daily(now: datetime) -> None:
    """What falls due with a day: each of it finds nothing to do when it was done before."""
    batches, total = comments.put_together(now, REFRESHER)
    if batches:
        click.echo(f"refresher: made {batches} batches of {total} comments", err=True)
    with writing() as session:
        integrity.count(session, REFRESHER, now)
    if removed := retention.daily(now):
        click.echo(f"refresher: removed {removed} rows that were kept long enough", err=True)
    _note_mark()


def _note_mark() -> None:
    """Say once a day, outside the database, where the audit ends: `flask audit verify --mark` then finds a record that
    was made anew.
    """
    with reading() as session:
        head = audit.head(session)
    if head is not None:
        click.echo(f"refresher: audit mark {head.mark}", err=True)


def _rest(seconds: int, parent: int) -> None:
    """Sleep, but not beyond the end of the server, be it killed."""
    for _ in range(seconds):
        if os.getppid() != parent:
            return
        time.sleep(1)
