"""flask backup, backup-key, restore: an encrypted copy of the database, made while it is used, and brought back."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli.staff import OPERATOR
from survey.config import Settings
from survey.database import READ
from survey.domain.audit import Action
from survey.domain.backups import About, BackupError
from survey.extensions import db, writing
from survey.services import audit, backups, restores, sealing

REASONS = {
    "no_public_key": "State a public key: --to age1…, or SURVEY_BACKUP_KEY. flask backup-key FILE makes a pair.",
    "public_key_wrong": "{key!r} is no public key of age; one begins with age1. flask backup-key FILE makes a pair.",
    "key_file_wrong": "{file} holds no secret key of age; its line begins with AGE-SECRET-KEY-1.",
    "file_exists": "{file} exists already; nothing is written over a backup. Choose another name.",
    "not_sound": "The copy of the database is not sound. Look at the disk, and keep the last good backup.",
    "key_wrong": "This backup was sealed to another key. Take the secret key that belongs to it.",
    "altered": "This is no whole backup: it was altered, cut off, or is another file. Take another copy of it.",
    "format_unknown": "This file was not written by flask backup, or by a newer one.",
    "other_database": "The backup is of {there}, the database here is {here}: set SURVEY_DATABASE_URL to its kind.",
    "other_revision": "The backup is of migration {there}, the database is at {here}. Run: flask db upgrade {there}",
    "not_empty": "The database holds {rows} rows. To lose them and have the backup instead: --replace {name}",
    "incomplete": "The restored rows of {table} are not those that the backup says. Nothing was changed.",
    "audit_broken": "The record of acts in the backup is broken at row {number}. Nothing was changed.",
}


@click.command("backup-key")
@click.argument("file", type=click.Path(path_type=Path))
def key(file: Path) -> None:
    """Make a key pair for backups: the secret key goes to FILE, the public one is printed.

    Carry FILE away from the server and keep two copies: without it no backup can be read, by anyone.
    """
    try:
        click.echo(sealing.new_key(file))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "public_keys", multiple=True, help="Public key, age1…; several times for several holders.")
@with_appcontext
def backup(file: Path, public_keys: tuple[str, ...]) -> None:
    """Write the database as it is at one moment, encrypted, to the new file FILE. Citizens go on answering.

    Without --to it is encrypted to SURVEY_BACKUP_KEY. The copy is read through and counted before it is encrypted.
    """
    settings: Settings = current_app.config["SETTINGS"]
    now = datetime.now(UTC)
    about = _told(lambda: backups.make(db.get_engine(READ), file, public_keys or settings.backup_keys, now))
    with writing() as session:
        audit.record(session, now, OPERATOR, Action.BACKUP_MADE, file.name, {"responses": about.responses})
    _say(about)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "key_file", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", help="Name of the database, where it is not empty: what it holds is lost.")
@click.option("--commit", is_flag=True, help="Keep what was restored; without it, it is compared and taken back.")
@with_appcontext
def restore(file: Path, key_file: Path, replace: str | None, commit: bool) -> None:
    """Bring the backup FILE back into the empty database that is configured; without --commit try it only.

    Rows and the record of acts are compared with what the backup says of itself. All comes back, or nothing.
    """
    about = _told(lambda: restores.restore(db.get_engine(), file, key_file, replace, commit=commit))
    _say(about)
    if not commit:
        click.echo("All of it could be restored. Nothing was changed: add --commit to keep it.")
        return
    with writing() as session:
        detail: dict[str, str | int] = {"responses": about.responses}
        audit.record(session, datetime.now(UTC), OPERATOR, Action.BACKUP_RESTORED, file.name, detail)
    click.echo("Restored. Now: flask db upgrade, flask audit verify")


def _told(call: Callable[[], About]) -> About:
    try:
        return call()
    except BackupError as error:
        raise click.ClickException(REASONS[error.code].format(**error.values)) from error
    except OSError as error:
        raise click.ClickException(f"The file cannot be read or written: {error.strerror}") from error


def _say(about: About) -> None:
    click.echo(f"{about.database}, migration {about.revision}, of {about.made_at}")
    click.echo(f"{sum(about.rows.values())} rows, of them {about.responses} responses")
    click.echo(f"audit mark {about.audit or '-'}")
