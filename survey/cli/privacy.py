"""flask privacy report: every column that holds something of a person, why, and for how long."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.config import LANGUAGES, Settings
from survey.domain.privacy import Whose
from survey.queries import privacy
from survey.wording.privacy import KEPT, SAID, WHOSE


@click.group("privacy")
def group() -> None:
    """Personal data."""


@group.command()
@click.option("--all", "everything", is_flag=True, help="Also the columns that hold nothing of a person.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of the sentences.")
@with_appcontext
def report(everything: bool, language: str | None) -> None:
    """Print table, column, whose, what, why, who sees it, how long; tabs between. Made from what the models declare."""
    settings: Settings = current_app.config["SETTINGS"]
    values = {
        "months": settings.retention_months,
        "minimum": settings.shown_minimum,
        "ranked": settings.ranked_minimum,
    }
    with force_locale(language or settings.language):
        for column in privacy.columns():
            holding = column.holding
            if everything or holding.whose is not Whose.NOBODY:
                said = SAID[holding.what]
                texts = (WHOSE[holding.whose], said.what, said.why, said.who, KEPT[holding.kept])
                click.echo("\t".join((column.table, column.name, *(gettext(text, **values) for text in texts))))
