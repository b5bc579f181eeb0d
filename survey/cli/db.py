"""flask db upgrade|downgrade|current: the migration history, on whichever database is configured.

Alembic is loaded by who needs it: this module is in every worker that serves citizens, where it would be a tenth of the
memory.
"""

from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.config import ROOT

if TYPE_CHECKING:
    from alembic.config import Config


def upgraded(revision: str) -> None:
    """Bring the configured database up to a revision."""
    from alembic import command

    command.upgrade(_config(), revision)


def _config() -> "Config":
    """Alembic's configuration for this checkout and the configured database."""
    from alembic.config import Config

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
    upgraded(revision)


@group.command()
@click.argument("revision")
@with_appcontext
def downgrade(revision: str) -> None:
    """Take migrations back down to REVISION; "base" empties the database."""
    from alembic import command

    command.downgrade(_config(), revision)


@group.command()
@with_appcontext
def current() -> None:
    """Print the revision that the database has."""
    from alembic import command

    command.current(_config())
