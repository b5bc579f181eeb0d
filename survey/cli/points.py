"""flask points: make collection points and list them."""

from datetime import UTC, datetime
from secrets import SystemRandom

import click
from flask.cli import with_appcontext

from survey.cli.problems import sentences
from survey.cli.staff import OPERATOR
from survey.domain import names
from survey.domain.audit import Action
from survey.domain.periods import local_day
from survey.domain.points import PointKind
from survey.domain.problems import InvalidError
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.queries import points as queries
from survey.services import audit, points


@click.group("points")
def group() -> None:
    """Collection points: kiosks, posters and other places where answers are given."""


@group.command()
@click.option("--unit", "code", required=True, help="Code of the unit that the answers are about.")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in PointKind]), help="What stands there.")
@click.option("--label", default="", help="What staff call the point; the unit's name when left out.")
@click.option("--questionnaire", default="sipas-2024", show_default=True, help="Key of a published questionnaire.")
@with_appcontext
def create(code: str, kind: str, label: str, questionnaire: str) -> None:
    """Make a point and print its code, nothing else. Writes at once: scripts wait for the code."""
    now = datetime.now(UTC)
    unit = names.normal(code)
    try:
        with writing() as session:
            made = points.create(session, unit, PointKind(kind), label, questionnaire, SystemRandom(), local_day(now))
            audit.record(session, now, OPERATOR, Action.POINT_CREATED, made.code, {"unit": unit, "kind": kind})
    except InvalidError as error:
        raise click.ClickException("\n".join(sentences(error.problems))) from error
    click.echo(made.code)


@group.command("list")
@click.option("--unit", "code", help="Only the points of this unit and of those below it.")
@with_appcontext
def list_points(code: str | None) -> None:
    """Print the points, one a line: code, kind, unit's code, unit's name, label, questionnaire; tabs between."""
    with reading() as session:
        top = None if code is None else catalogue.unit(session, names.normal(code))
        if code is not None and top is None:
            raise click.ClickException(f"no unit has the code {code}")
        wanted = [unit.id for unit in catalogue.units(session) if top is None or unit.is_within([top.id])]
        found = queries.of_units(session, wanted)
    for point in found:
        click.echo(
            "\t".join((point.code, point.kind, point.unit.code, point.unit.name, point.label, point.questionnaire_key))
        )
