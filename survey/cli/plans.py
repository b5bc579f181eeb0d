"""flask catalogue target …: set a target of a unit, or take one away; many at once come with import-targets."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.cli.units import COMMIT, outcome
from survey.domain import names, plans
from survey.domain.plans import Wanted
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.services import plans as services
from survey.wording.plans import PROBLEMS

UNIT = click.option("--unit", "code", required=True, help="Code of the unit that it holds for, and all below.")
YEAR_DIGITS = 4
YEAR = click.option("--year", required=True, help="The first year in which it holds.")


@click.group("target")
def group() -> None:
    """Targets, one at a time."""


@group.command("set")
@click.argument("kind")
@UNIT
@YEAR
@click.option("--percent", required=True)
@click.option("--name", required=True, help="What the target is called.")
@COMMIT
@with_appcontext
def set_target(kind: str, code: str, year: str, percent: str, name: str, commit: bool) -> None:
    """Set the target KIND, such as satisfaction, of a unit; never under the plan of the units above."""
    sound, problems = plans.read(Wanted(kind, name, year, percent))
    if sound is None:
        raise _refused(InvalidError(problems))
    unit = _unit(code)
    _try(lambda session: services.set_target(session, unit, sound, OPERATOR, datetime.now(UTC)), commit)
    click.echo(f"{unit.name}: {sound.name} {sound.percent} % from {sound.year}")
    click.echo(outcome(False, commit))


@group.command("remove")
@click.argument("kind")
@UNIT
@YEAR
@COMMIT
@with_appcontext
def remove(kind: str, code: str, year: str, commit: bool) -> None:
    """Take the target KIND of a unit and year away; an earlier one, or one from above, holds again."""
    unit = _unit(code)
    if not (year.isascii() and year.isdecimal() and len(year) == YEAR_DIGITS):
        raise _refused(InvalidError([Problem("year", "year_invalid", {"text": year[:20]})]))
    _try(lambda session: services.remove_target(session, unit, kind, int(year), OPERATOR, datetime.now(UTC)), commit)
    click.echo(f"{unit.name}: no {kind} of its own from {year}")
    click.echo(outcome(False, commit))


class _RehearsedError(Exception):
    """Everything was tried; nothing is to stay."""


def _try(act: Callable[[Any], None], commit: bool) -> None:
    """Do it in a transaction that stays only with --commit; say in words why it cannot be done."""
    try:
        with writing() as session:
            act(session)
            if not commit:
                raise _RehearsedError
    except _RehearsedError:
        return
    except InvalidError as error:
        raise _refused(error) from error


def _unit(code: str) -> Unit:
    with reading() as session:
        unit = catalogue.unit(session, names.normal(code))
    if unit is None:
        raise click.ClickException(f"no unit has the code {code}")
    return unit


def _refused(error: InvalidError) -> click.ClickException:
    with force_locale(current_app.config["SETTINGS"].language):
        said = (gettext(PROBLEMS[problem.code], **problem.values) for problem in error.problems)
        return click.ClickException("\n".join(said))
