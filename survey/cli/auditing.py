"""flask audit verify|export: prove that the record of acts is whole, and write it to a file."""

from datetime import UTC, date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli import exports
from survey.cli.staff import OPERATOR
from survey.config import LANGUAGES
from survey.domain import audit as rules
from survey.domain.audit import Action, Head
from survey.extensions import reading, writing
from survey.queries import audit as queries
from survey.queries import catalogue
from survey.queries.audit import Wanted
from survey.services import audit
from survey.wording.audit import FLAWS

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("audit")
def group() -> None:
    """The record of what staff did."""


@group.command()
@click.option("--mark", "text", help="What an earlier run printed: finds that the record was made anew since.")
@with_appcontext
def verify(text: str | None) -> None:
    """Follow the chain from the first event to the last; exit with 1 when a row was altered, added or removed.

    Prints a mark of where the record ends. Keep it outside this database: whoever can rewrite all of it can make a
    record that is whole, but not one that holds the mark.
    """
    mark = None if text is None else _mark(text)
    with reading() as session:
        checked = rules.check(queries.links(session), queries.head(session), mark)
    if checked.flaw is not None:
        with force_locale(current_app.config["SETTINGS"].language):
            said = gettext(FLAWS[checked.flaw.kind], number=checked.flaw.number)
        raise click.ClickException(f"{checked.flaw.kind.value}: {said}")
    click.echo(f"{checked.found.count} events are what was recorded")
    click.echo(f"mark {checked.found.mark}")


@group.command()
@click.option("--from", "first", type=DAY, help="First day, YYYY-MM-DD, Vietnam's time.")
@click.option("--to", "last", type=DAY, help="Last day, included.")
@click.option("--unit", "code", help="Code of a unit: only events of it and of those below it.")
@click.option("--who", default="", help="Part of the address of who acted, or of the subject.")
@click.option("--format", "fmt", required=True, type=click.Choice(("csv", "jsonl")))
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of the sentences.")
@click.option("-o", "--output", required=True, type=click.Path(), help="The file; - for standard output.")
@with_appcontext
def export(
    first: datetime | None,
    last: datetime | None,
    code: str | None,
    who: str,
    fmt: str,
    language: str | None,
    output: str,
) -> None:
    """Write events to a file, oldest first: CSV with sentences, or JSON lines with the hashes of the chain."""
    from survey.reports import audit_files

    units = None if code is None else frozenset(unit.code for unit in exports.place(code).units)
    wanted = Wanted(who, None, units, _day(first), _day(last))
    asked = {"from": _day(first), "to": _day(last), "unit": code, "who": who, "format": fmt}
    with writing() as session:
        detail: dict[str, str | int] = {name: str(value) for name, value in asked.items() if value}
        audit.record(session, datetime.now(UTC), OPERATOR, Action.EXPORTED, "audit", detail)
    language = language or current_app.config["SETTINGS"].language
    with reading() as session, exports.replacing(output) as file, force_locale(language):
        names = {unit.code: unit.name for unit in catalogue.units(session)}
        links = queries.links(session, wanted)
        chunks = audit_files.as_csv(links, gettext, names) if fmt == "csv" else audit_files.as_lines(links)
        for chunk in chunks:
            file.write(chunk)


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _mark(text: str) -> Head:
    try:
        return rules.mark_of(text)
    except ValueError as error:
        raise click.ClickException("a mark is COUNT:HASH, as flask audit verify prints it") from error
