"""flask responses import: the answers that a stuck or revoked kiosk exported to a file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.domain import queues as files
from survey.domain.audit import Action
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.services import audit, queues
from survey.services.queues import BATCH, Judged
from survey.wording.kiosks import of_queue


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commit", is_flag=True, help="Write; without it only what would happen is printed.")
@with_appcontext
def load(file: Path, commit: bool) -> None:
    """Take the answers in FILE, as a kiosk exported them: JSON, an array of records, or one record a line.

    Each passes the checks that it would have passed when sent. Answers that are held already stay as they are, so
    the same file may be imported again. What is refused is told with its number in the file; the others are taken.
    """
    with force_locale(current_app.config["SETTINGS"].language):
        try:
            judged = _judged(file)
        except InvalidError as error:
            complaints = "\n".join(of_queue(problem, gettext) for problem in error.problems)
            raise click.ClickException(f"{file.name}: {complaints}") from error
        if commit:
            judged = _stored(judged, file.name)
        for one in judged:
            for problem in one.problems:
                click.echo(f"{one.number}: {of_queue(problem, gettext)}")
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in queues.counts(judged).items()))
    click.echo("Written." if commit else "Nothing was written. Add --commit to write this.")


def _judged(file: Path) -> tuple[Judged, ...]:
    entries = files.read(file.read_bytes())
    with reading() as session:
        key = current_app.config["SETTINGS"].secret_key
        return queues.judge(session, entries, lambda point: True, key, datetime.now(UTC))


def _stored(judged: Sequence[Judged], name: str) -> tuple[Judged, ...]:
    found: list[Judged] = []
    for start in range(0, len(judged), BATCH):
        with writing() as session:
            found += queues.accept(session, judged[start : start + BATCH])
    with writing() as session:
        audit.record(session, datetime.now(UTC), OPERATOR, Action.QUEUE_IMPORTED, name, queues.counts(found))
    return tuple(found)
