"""flask db upgrade|downgrade|current: the migration history, on whichever database is configured."""

import click
from alembic import command
from alembic.config import Config
from flask import current_app
from flask.cli import with_appcontext

from survey.config import ROOT


def alembic_config() -> Config:
    """Alembic's configuration for this checkout and the configured database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    url: str = current_app.config["SETTINGS"].database_url
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@click.group("db")
def group() -> None:
    """Bring the database to a version of the migration history."""


@group.command()
@click.argument("revision", default="head")
@with_appcontext
def upgrade(revision: str) -> None:
    """Apply the migrations up to REVISION (the newest by default)."""
    command.upgrade(alembic_config(), revision)


@group.command()
@click.argument("revision")
@with_appcontext
def downgrade(revision: str) -> None:
    """Take migrations back down to REVISION; "base" empties the database."""
    command.downgrade(alembic_config(), revision)


@group.command()
@with_appcontext
def current() -> None:
    """Print the revision that the database has."""
    command.current(alembic_config())
