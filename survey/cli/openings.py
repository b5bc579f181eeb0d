"""flask points set: when a point is open, and which procedures its kiosk offers."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.cli.units import COMMIT, outcome
from survey.domain import opening
from survey.domain.audit import Action
from survey.domain.opening import Week
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import catalogue, points
from survey.queries import kiosks as queries
from survey.services import audit, kiosks
from survey.wording.kiosks import of_point


@click.command("set")
@click.argument("code")
@click.option("--hours", "text", help="Such as 'T2-T6 07:30-11:30 13:00-17:00; T7 08:00-11:30'; '' for none.")
@click.option("--procedure", "chosen", multiple=True, help="Code of one that is offered; as often as there are some.")
@click.option("--no-procedures", is_flag=True, help="Offer none.")
@COMMIT
@with_appcontext
def arrange(code: str, text: str | None, chosen: tuple[str, ...], no_procedures: bool, commit: bool) -> None:
    """Set the opening hours of the point CODE and the procedures that it offers; what is not named stays."""
    if chosen and no_procedures:
        raise click.UsageError("either --procedure or --no-procedures")
    with reading() as session:
        point = points.by_code(session, code)
        if point is None:
            raise click.ClickException(f"no point has the code {code}")
        before = queries.hours(session, [point.id])[point.id], queries.procedures(session, point.id)
        known = catalogue.procedures_among(session, chosen)
    if unknown := sorted(set(chosen) - known):
        raise click.ClickException(f"no procedure has the code {', '.join(unknown)}")
    week = before[0] if text is None else _read(text)
    offered = known if chosen or no_procedures else before[1]
    click.echo(f"{point.code} {point.unit.name}: open {opening.written(week) or 'at no stated hours'}")
    click.echo(f"procedures: {', '.join(sorted(offered)) or 'none'}")
    nothing = (week, offered) == before
    if commit and not nothing:
        told: dict[str, str | int] = {"hours": opening.written(week), "procedures": len(offered)}
        with writing() as session:
            kiosks.arrange(session, point.id, week, offered)
            audit.record(session, datetime.now(UTC), OPERATOR, Action.POINT_CHANGED, point.code, told)
    click.echo(outcome(nothing, commit))


def _read(text: str) -> Week:
    try:
        return opening.parse(text)
    except InvalidError as error:
        with force_locale(current_app.config["SETTINGS"].language):
            raise click.ClickException("\n".join(of_point(each, gettext) for each in error.problems)) from error
