"""flask refresher: the one process beside the server that keeps the tallies fresh. Ends with the process above it."""

import os
import signal
import time

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.extensions import refreshing
from survey.services import tallies


@click.command("refresher")
@click.option("--every", type=click.IntRange(1), default=60, show_default=True, help="Seconds between two rounds.")
@with_appcontext
def command(every: int) -> None:
    """Take pending responses into the tallies again and again. Figures are exact without it, only slower to read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends this process when it has ended
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            if taken_up := take_up():
                click.echo(f"refresher: took up {taken_up} responses", err=True)
        except Exception:  # the database may be away for a while; the next round finds everything that waits
            current_app.logger.exception("the tallies could not be refreshed")
        _rest(every, parent)


def take_up() -> int:
    """Take up all that waits; how many responses that were."""
    total = taken_up = 0
    while True:
        with refreshing() as session:
            taken_up = tallies.refresh(session)
        if not taken_up:
            return total
        total += taken_up


def _rest(seconds: int, parent: int) -> None:
    """Sleep, but not beyond the end of the server, be it killed."""
    for _ in range(seconds):
        if os.getppid() != parent:
            return
        time.sleep(1)
