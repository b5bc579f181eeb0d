"""flask invitations: invite citizens whose dossiers are done, list the draws, revoke one."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli import exports
from survey.cli.imports import complaint
from survey.cli.staff import OPERATOR
from survey.domain.invitations import DAYS, INVITED, LONGEST_DAYS, LONGEST_SEED, Terms, Way
from survey.domain.periods import local_day
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import invitations as queries
from survey.reports import letters
from survey.services import invitations as services
from survey.services import sheets
from survey.services.invitations import Plan, Sender


@click.group("invitations")
def group() -> None:
    """Invitations to citizens whose dossiers are done: a link each, for a message or a letter."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--draw", type=click.Choice([way.value for way in Way]), default="all", show_default=True)
@click.option("--seed", default="", help="Of a random draw: the same file and seed draw the same.")
@click.option("--opens", type=click.DateTime(["%Y-%m-%d"]), help="The first day of the links; today when left out.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=DAYS, show_default=True, help="They open for.")
@click.option("--questionnaire", default="sipas-2024", show_default=True, help="Key of a published questionnaire.")
@click.option("-o", "--output", type=click.Path(), help="Where the links go, as CSV; with --commit.")
@click.option("--commit", is_flag=True, help="Write; without it only the difference is printed.")
@with_appcontext
def load(
    file: Path,
    draw: str,
    seed: str,
    opens: datetime | None,
    days: int,
    questionnaire: str,
    output: str | None,
    commit: bool,
) -> None:
    """Invite the citizens of a file's dossiers, all of them or as many as a random draw needs.

    FILE has the columns dossier, unit_code, procedure_code (may be empty), closed_day. The links are written once, each
    with the number of its line in FILE; they cannot be written again.
    """
    now = datetime.now(UTC)
    today = local_day(now)
    first = today if opens is None else opens.date()
    if first < today:
        raise click.UsageError("links cannot open in the past")
    if commit and output is None:
        raise click.UsageError("say where the links go: -o FILE.csv; they cannot be written a second time")
    terms = Terms.of(Way(draw), (seed or secrets.token_hex(4))[:LONGEST_SEED], first, days)
    try:
        lines = sheets.table(file.read_bytes(), INVITED)
        with reading() as session:
            plans = services.plan(session, lines, terms, today)
        _show(plans, terms)
        if not any(plan.chosen for plan in plans):
            click.echo("Nothing to change.")
        elif not commit or output is None:
            click.echo("Nothing was written. Add --commit and -o FILE.csv to write this.")
        else:
            secret = current_app.config["SETTINGS"].secret_key
            sender = Sender(OPERATOR, now, questionnaire, secret, SystemRandom())
            with exports.replacing(output) as target, writing() as session:
                _, written = services.send(session, lines, terms, sender, today)
                target.write(letters.csv_file(written, terms, _address()))
                target.flush()
            exports.say(f"{len(written)} links written to {output}; they are nowhere else")
    except InvalidError as error:
        raise click.ClickException(complaint(file, error.problems)) from error


def _show(plans: tuple[Plan, ...], terms: Terms) -> None:
    seed = f", seed {terms.seed}" if terms.way is Way.RANDOM else ""
    for plan in plans:
        click.echo(
            f"+ {plan.unit.code} {plan.unit.name}: {len(plan.chosen)} of {plan.population} dossiers{seed}, "
            f"closed {plan.closed.first} to {plan.closed.last}; {plan.held} invited before"
        )
    click.echo(f"The links open from {terms.opens} to {terms.expires}.")


def _address() -> str:
    public_url: str | None = current_app.config["SETTINGS"].public_url
    if public_url is None:
        raise click.ClickException("set SURVEY_PUBLIC_URL to the address that citizens can open; it is in the links")
    return public_url


@group.command("list")
@click.option("--unit", "code", help="Only this unit and those below it.")
@with_appcontext
def show(code: str | None) -> None:
    """Print the draws, one a line, tabs between: number, unit, invited, of, way, seed, closed from, to, opens, expires,
    state.
    """
    today = local_day(datetime.now(UTC))
    with reading() as session:
        units = catalogue.units(session)
        wanted = units if code is None else exports.place(code).units
        found = queries.of_units(session, [unit.id for unit in wanted])
    for draw in found:
        days = (draw.closed.first, draw.closed.last, draw.valid.first, draw.valid.last)
        state = "revoked" if draw.revoked_at else draw.standing(today).value
        texts = (draw.id, draw.unit.code, draw.drawn, draw.population, draw.way.value, draw.seed or "-", *days, state)
        click.echo("\t".join(map(str, texts)))


@group.command("revoke")
@click.argument("number", type=int)
@click.option("--commit", is_flag=True, help="Write; without it nothing is changed.")
@with_appcontext
def revoke(number: int, commit: bool) -> None:
    """End all links of a draw. Answers that were given stay."""
    with reading() as session:
        draw = queries.draw(session, number)
    if draw is None or draw.revoked_at is not None:
        raise click.ClickException(f"there is no draw {number} to revoke")
    if commit:
        with writing() as session:
            services.revoke(session, draw, OPERATOR, datetime.now(UTC))
    outcome = "Revoked." if commit else "Nothing was written. Add --commit to write this."
    click.echo(f"{draw.drawn} links of {draw.unit.name}. {outcome}")
