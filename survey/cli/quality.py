"""flask quality flag|list|quarantine|release: look for answers that came about strangely, and decide on batches."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli import exports
from survey.cli.staff import OPERATOR
from survey.domain import periods, quarantine
from survey.domain.audit import Action
from survey.domain.problems import InvalidError
from survey.domain.quarantine import Batch
from survey.extensions import reading, refreshing, writing
from survey.queries import points, quarantines
from survey.queries.points import Point
from survey.services import audit, quality
from survey.services import quarantines as service
from survey.wording.quality import PROBLEMS


@click.group("quality")
def group() -> None:
    """Flags, and batches of flagged answers that are kept out of the figures."""


@group.command("flag")
@click.option("--unit", "code", required=True, help="Code of the unit; all units below it are looked at.")
@click.option("--from", "start", required=True, help="First month or day: YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "end", required=True, help="Last month or day, included.")
@with_appcontext
def flag_answers(code: str, start: str, end: str) -> None:
    """Look again at the answers of a period: after an import of dossiers handled, or of a kiosk's old answers.

    New answers are looked at by themselves before they are released. A flag is never taken off.
    """
    period, place, total = exports.period(start, end, True), exports.place(code), 0
    with click.progressbar(place.units, label="Units") as units:
        for unit in units:
            with refreshing() as session:
                total += quality.flag_within(session, unit.id, period)
    with writing() as session:
        detail: dict[str, str | int] = {"unit": place.unit.code, "from": str(period.start), "to": str(period.end)}
        audit.record(session, datetime.now(UTC), OPERATOR, Action.ANSWERS_FLAGGED, place.unit.code, detail)
    click.echo(f"{total} answers got a flag that they had not")


@group.command("list")
@click.option("--unit", "code", required=True, help="Code of the unit; all units below it are listed.")
@click.option("--from", "start", required=True, help="First month or day: YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "end", required=True, help="Last month or day, included.")
@with_appcontext
def list_batches(code: str, start: str, end: str) -> None:
    """Print batches that can be decided on, then decisions, a line each with tabs between. Numbers by tens."""
    place, period, today = exports.place(code), exports.period(start, end, False), periods.local_day(datetime.now(UTC))
    ids = [unit.id for unit in place.units]
    with reading() as session:
        found = quarantine.batches(quarantines.counts(session, ids, period), today, _minimum())
        decided = quarantines.decisions(session, ids)
        names = {point.id: point.code for point in points.of_units(session, ids)}
    for batch, answers in found.items():
        words = (names.get(batch.point_id, "?"), batch.name, batch.span_text, quarantine.about(answers))
        click.echo("\t".join(("batch", *words)))
    for one in decided:
        words = (names.get(one.batch.point_id, "?"), one.batch.name, one.batch.span_text, quarantine.about(one.answers))
        state = "kept out" if one.is_active else "released"
        click.echo("\t".join((f"decision {one.id}", *words, state, one.by, one.reason)))


@group.command("quarantine")
@click.option("--point", "code", required=True, help="Code of the point.")
@click.option("--unit", "unit_code", help="Code of the unit that held the point then; today's when left out.")
@click.option("--flag", "name", required=True, type=click.Choice(tuple(quarantine.NAMES)))
@click.option("--span", "text", required=True, help="A day that is over for a burst, else a month that is over.")
@click.option("--reason", required=True, help="Why; it is kept with the decision.")
@click.option("--commit", is_flag=True, help="Decide; without it only what would be kept out is printed.")
@with_appcontext
def decide(code: str, unit_code: str | None, name: str, text: str, reason: str, commit: bool) -> None:
    """Keep a batch of flagged answers out of the figures. It can be taken back."""
    now = datetime.now(UTC)
    try:
        point, flag = _point(code), quarantine.NAMES[name]
        unit = exports.place(unit_code or point.unit.code).unit
        batch = Batch(unit.id, point.id, flag, quarantine.span_of(flag, text, periods.local_day(now)))
        reason = quarantine.reason_of(reason)
        if not commit:
            with reading() as session:
                answers = quarantines.size(session, batch)
            held = f"{quarantine.about(answers)} answers" if answers >= _minimum() else f"fewer than {_minimum()}"
            click.echo(f"{code}, {name}, {batch.span_text}: {held}")
            click.echo("Nothing was written. Add --commit to keep them out of the figures.")
            return
        with writing() as session:
            number = service.decide(session, batch, _minimum(), reason, OPERATOR, now)
    except InvalidError as error:
        raise click.ClickException(_sentences(error)) from error
    click.echo(f"Decision {number}: they are kept out of the figures")


@group.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; it is kept with the decision.")
@click.option("--commit", is_flag=True, help="Release; without it only the decision is printed.")
@with_appcontext
def release(number: int, reason: str, commit: bool) -> None:
    """Take decision NUMBER back: its answers count again."""
    with reading() as session:
        found = quarantines.decision(session, number)
    if found is None:
        raise click.ClickException(f"there is no decision {number}")
    if not commit:
        click.echo(f"Decision {number}, {found.batch.name}, {found.batch.span_text}: {found.reason}")
        click.echo("Nothing was written. Add --commit to take it back.")
        return
    try:
        with writing() as session:
            service.release(session, found, reason, OPERATOR, datetime.now(UTC))
    except InvalidError as error:
        raise click.ClickException(_sentences(error)) from error
    click.echo(f"Decision {number} is taken back: its answers count again")


def _minimum() -> int:
    least: int = current_app.config["SETTINGS"].shown_minimum
    return least


def _point(code: str) -> Point:
    with reading() as session:
        found = points.by_code(session, code)
    if found is None:
        raise click.ClickException(f"no point has the code {code}")
    return found


def _sentences(error: InvalidError) -> str:
    with force_locale(current_app.config["SETTINGS"].language):
        return "\n".join(gettext(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
