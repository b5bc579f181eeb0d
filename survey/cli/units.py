"""flask catalogue unit …: add, change and merge units. Each tells what it changes, and changes it with --commit."""

from collections.abc import Callable
from datetime import UTC, datetime
from secrets import SystemRandom
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.imports import show
from survey.cli.staff import OPERATOR
from survey.domain.differences import Difference
from survey.domain.mergers import Below, Wanted
from survey.domain.problems import InvalidError
from survey.domain.unit_changes import Cells
from survey.domain.units import UnitKind
from survey.extensions import reading, writing
from survey.queries import mergers as made_mergers
from survey.services import mergers, units, unmerging
from survey.services.mergers import Carried, Preview
from survey.wording import changes as words

CODE = click.argument("code")
COMMIT = click.option("--commit", is_flag=True, help="Write; without it only the difference is printed.")
KIND = click.option("--kind", type=click.Choice([kind.value for kind in UnitKind]), help="What kind of office it is.")
DAY = click.DateTime(["%Y-%m-%d"])
ENDING = "-"


@click.group("unit")
def group() -> None:
    """Units, one at a time; many at once come with import-units."""


def refused(error: InvalidError) -> click.ClickException:
    """Every problem in the operator's language, a line each."""
    with force_locale(current_app.config["SETTINGS"].language):
        return click.ClickException("\n".join(words.sentence(problem, gettext) for problem in error.problems))


def told(compare: Callable[..., Difference], write: Callable[..., Difference], commit: bool, *values: Any) -> None:
    """Print what a change would do, and do it when asked to."""
    try:
        with reading() as session:
            found = compare(session, *values)
        show(found)
        if commit and not found.is_empty:
            with writing() as session:
                write(session, *values, OPERATOR, datetime.now(UTC))
    except InvalidError as error:
        raise refused(error) from error
    click.echo(outcome(found.is_empty, commit))


def outcome(nothing: bool, commit: bool) -> str:
    """The last line of a command."""
    if nothing:
        return "Nothing to change."
    return "Written." if commit else "Nothing was written. Add --commit to write this."


@group.command("add")
@CODE
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in UnitKind]), required=True)
@click.option("--parent", default="", help="Code of the unit above; none for the top of a tree.")
@click.option("--from", "first", type=DAY, help="The first day; unknown when left out.")
@COMMIT
@with_appcontext
def add(code: str, name: str, kind: str, parent: str, first: datetime | None, commit: bool) -> None:
    """Add a unit."""
    start = "" if first is None else first.date().isoformat()
    row = {"code": code, "name": name, "kind": kind, "parent_code": parent, "valid_from": start}
    told(units.compare_new, units.add, commit, row | {"valid_to": "", "replaced_by": ""})


@group.command("rename")
@CODE
@click.argument("name")
@COMMIT
@with_appcontext
def rename(code: str, name: str, commit: bool) -> None:
    """Give a unit another name, in all reports; frozen figures keep the old one."""
    _change(code, {"name": name}, commit)


@group.command("move")
@CODE
@click.option("--parent", help="Code of the unit that it stands below from now on, in reports of earlier days too.")
@KIND
@COMMIT
@with_appcontext
def move(code: str, parent: str | None, kind: str | None, commit: bool) -> None:
    """Put a unit below another, with its whole past, or correct its kind.

    A unit that becomes another one on a day is merged instead: its past then stays where it was.
    """
    given = {"parent_code": parent, "kind": kind}
    _change(code, {name: value for name, value in given.items() if value is not None}, commit)


@group.command("close")
@CODE
@click.option("--last-day", required=True, help=f"Its last day as 2025-06-30, or {ENDING} to open it again.")
@click.option("--replaced-by", help="Codes of the units that take over, between commas; none for an empty text.")
@COMMIT
@with_appcontext
def close(code: str, last_day: str, replaced_by: str | None, commit: bool) -> None:
    """Set the last day of a unit. Its answers stay; after that day it takes no more."""
    changes = {"valid_to": "" if last_day == ENDING else last_day}
    _change(code, changes if replaced_by is None else changes | {"replaced_by": replaced_by}, commit)


@group.command("merge")
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="Code of the unit that takes over: a new one with --name and --kind.")
@click.option("--from", "first", type=DAY, required=True, help="The first day of the new order.")
@click.option("--name", help="Founds the unit that takes over, under this name.")
@KIND
@click.option("--parent", default="", help="Code of the unit above the founded one.")
@click.option("--below", type=click.Choice([one.value for one in Below]), default=Below.CLOSE.value, show_default=True)
@click.option("--points/--no-points", default=False, help="Make points like those that end.")
@click.option("--grants/--no-grants", default=False, help="Give the roles at the old units at the new one too.")
@COMMIT
@with_appcontext
def merge(
    codes: tuple[str, ...], into: str, first: datetime, points: bool, grants: bool, commit: bool, **new: str
) -> None:
    """Let the units CODES end and another take over from a day on."""
    name, kind = new["name"], new["kind"]
    if (name is None) != (kind is None):
        raise click.ClickException("a founded unit needs both --name and --kind")
    founded = None if name is None else (name, kind, new["parent"])
    wanted = Wanted(codes, first.date(), into, founded, Below(new["below"]))
    carried = Carried(points, grants)
    try:
        with reading() as session:
            found = mergers.preview(session, wanted, carried, OPERATOR)
        _show_effects(found)
        if commit:
            with writing() as session:
                args = (found.seal, OPERATOR, SystemRandom(), datetime.now(UTC))
                done = mergers.merge(session, wanted, carried, *args)
            click.echo(f"merger {done.id}; points made: {' '.join(done.done.points) or 'none'}")
    except InvalidError as error:
        raise refused(error) from error
    click.echo(outcome(False, commit))


@group.command("mergers")
@with_appcontext
def list_mergers() -> None:
    """Print every merger, newest first: number, first day, from, into, by, day undone; tabs between."""
    with reading() as session:
        found = made_mergers.every(session)
    for one in found:
        undone = "" if one.undone_at is None else one.undone_at.date().isoformat()
        click.echo(
            "\t".join((str(one.id), str(one.first_day), " ".join(one.done.before), one.successor, one.by, undone))
        )


@group.command("unmerge")
@click.argument("number", type=int)
@COMMIT
@with_appcontext
def unmerge(number: int, commit: bool) -> None:
    """Take a merger back while nothing else depends on it."""
    try:
        with writing() as session:
            made = unmerging.undo(session, number, OPERATOR, datetime.now(UTC))
            if not commit:
                session.rollback()
    except InvalidError as error:
        raise refused(error) from error
    click.echo(f"merger {made.id}: {' '.join(made.done.before)} as before {made.first_day}")
    click.echo(outcome(False, commit))


def _change(code: str, changes: Cells, commit: bool) -> None:
    told(units.compare_change, units.change, commit, code, changes)


def _show_effects(found: Preview) -> None:
    show(found.difference)
    standing, last = found.standing, found.wanted.last_day
    click.echo(f"points that take no answers after {last}: {len(standing.points)}; made anew: {found.new_points}")
    click.echo(f"roles at the old units, which stay: {len(standing.grants)}; given anew: {len(found.new_grants)}")
    click.echo(f"targets of the old units, which stay theirs: {len(standing.targets)}")
    click.echo(f"units below: {len(found.below)}, {found.wanted.below.value}")
    for held in found.new_grants:
        click.echo(f"+ {held.email} {held.role.value}")
