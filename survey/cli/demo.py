"""flask demo load: made-up staff, points and responses, to look at. Refused in production and on a database in use."""

import sys
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from survey import demo
from survey.cli import releasing
from survey.config import Settings
from survey.demo import DemonstrationError, Loaded
from survey.domain.disclosure import rounds
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.services import shipped

RESPONSES, SEED = 20_000, 1
SEEDS = click.IntRange(0, 2**31 - 1)  # what a column holds
REFUSALS = {
    "not_empty": "this database is in use: it holds responses or staff that are no demonstration",
    "same_seed": "this database already holds the demonstration of that seed; give another --seed",
    "no_catalogue": "no unit of the catalogue is open and serves citizens",
    "no_questionnaires": "the questionnaires sipas-2024, sipas-2017 and quick are not published",
}


@click.group("demo")
def group() -> None:
    """Demonstration data: made-up answers, marked as such on every page for ever."""


@group.command("load")
@click.option("--responses", type=click.IntRange(0), default=RESPONSES, show_default=True, help="How many to make.")
@click.option("--seed", type=SEEDS, default=SEED, show_default=True, help="Same seed and day, same data.")
@with_appcontext
def command(responses: int, seed: int) -> None:
    """Make responses over the last 12 months and print the points that they came from. Writes at once, all or nothing.

    Puts in the shipped catalogue and questionnaires first where there are none.
    """
    install()
    for point in load(responses, seed).points:
        click.echo(f"{point.code}\t{point.kind.value}\t{point.questionnaire_key}\t{point.unit.code}\t{point.unit.name}")


def install() -> None:
    """Put in what is shipped when no unit is known."""
    with reading() as session:
        known = catalogue.units(session)
    if not known:
        with writing() as session:
            shipped.install(session, datetime.now(UTC))
        click.echo("Put in the catalogue of Hà Nội and the questionnaires.", err=True)


def load(responses: int, seed: int) -> Loaded:
    """Load with progress on standard error, then take everything up and release it."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("demonstration data is refused where SURVEY_ENV is production")
    now = datetime.now(UTC)
    try:
        with click.progressbar(length=responses, label="Making answers", file=sys.stderr) as bar, writing() as session:
            loaded = demo.load(session, responses, seed, now, settings.secret_key, bar.update)
    except DemonstrationError as error:
        raise click.ClickException(f"Nothing was loaded: {REFUSALS[error.code]}") from error
    click.echo(f"{local_day(now):%Y-%m-%d}, seed {seed}: {loaded.responses} responses, nobody's", err=True)
    releasing.take_up()
    releasing.release(rounds.everything(now, settings.shown_minimum))
    return loaded
