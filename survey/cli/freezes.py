"""flask rates freeze and frozen: make the figures of a period immutable, list them, prove them, write them."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli import exports
from survey.cli.staff import OPERATOR
from survey.config import LANGUAGES
from survey.domain import named_periods
from survey.domain.audit import Action
from survey.domain.frozen import Snapshot
from survey.domain.named_periods import NamedPeriod
from survey.domain.periods import PeriodError
from survey.domain.problems import InvalidError, Problem
from survey.extensions import reading, writing
from survey.queries import frozen as queries
from survey.queries import questionnaires
from survey.queries.frozen import Entry
from survey.services import audit, freezes
from survey.wording.freezing import FLAWS, PROBLEMS

TABLES = ("csv", "xlsx")
FORMATS = (*TABLES, "pdf", "docx", "zip", "json")


@click.command("freeze")
@click.option("--unit", "code", required=True, help="Code of the unit; all units below it are frozen with it.")
@click.option("--period", "text", required=True, help="A month, quarter or year that is over: 2026-10, 2026-Q3, 2026.")
@click.option("--questionnaire", "name", help="sipas-2024@1, or sipas-2024 for its newest version.")
@click.option("--commit", is_flag=True, help="Freeze; without it only what would be frozen is printed.")
@with_appcontext
def freeze(code: str, text: str, name: str | None, commit: bool) -> None:
    """Make the showable figures of a period immutable. A later freeze of the same period is a supplement."""
    place = exports.place(code)
    wanted = freezes.Wanted(place.unit, exports.version(name, place.units), _named(text))
    try:
        with reading() as session:
            snapshot = freezes.prepare(session, wanted, exports.minimums(False), OPERATOR, datetime.now(UTC))
        _show(snapshot)
        if not commit:
            click.echo("Nothing was written. Add --commit to freeze this; it can never be changed or removed.")
            return
        with writing() as session:
            stored = freezes.freeze(session, wanted, snapshot)
    except InvalidError as error:
        raise click.ClickException(_sentences(error.problems)) from error
    click.echo(f"Frozen under id {stored.id}, sha256 {stored.sha256}")


@click.group("frozen")
def frozen() -> None:
    """Frozen figures."""


@frozen.command("list")
@with_appcontext
def list_frozen() -> None:
    """Print what is frozen, a line each: id, unit, period, questionnaire, number, moment, by, sha256; tabs between."""
    with reading() as session:
        found = queries.entries(session)
    for entry in found:
        moment = entry.at.isoformat(timespec="seconds")
        values = (entry.id, entry.unit_code, entry.period, entry.questionnaire, entry.number, moment, entry.by)
        click.echo("\t".join(map(str, (*values, entry.sha256))))


@frozen.command()
@with_appcontext
def verify() -> None:
    """Compare every frozen period with its hash and with the record of its freeze; exit with 1 when one was altered."""
    with reading() as session:
        flaws, count = queries.flaws(session), len(queries.entries(session))
    with force_locale(current_app.config["SETTINGS"].language):
        for flaw in flaws:
            click.echo(f"{flaw.id}\t{flaw.code}\t{gettext(FLAWS[flaw.code])}")
    if flaws:
        raise click.ClickException(f"{len(flaws)} of {count} frozen periods are not what was frozen")
    click.echo(f"{count} frozen periods are what was frozen")


@frozen.command()
@click.argument("row_id", metavar="ID", type=int)
@click.option("--unit", "code", help="A unit below the frozen one; the frozen one itself when left out.")
@click.option("--by", "split", type=click.Choice(("unit", "factor", "item", "month")))
@click.option("--format", "fmt", required=True, type=click.Choice(FORMATS))
@click.option("--whole", is_flag=True, help="A pdf or docx with a part on every unit below too.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="vi", help="Of the words; vi when left out.")
@click.option("-o", "--output", required=True, type=click.Path(), help="The file; - for standard output.")
@with_appcontext
def export(
    row_id: int, code: str | None, split: str | None, fmt: str, whole: bool, language: str, output: Path
) -> None:
    """Write frozen figures to a file: the same bytes every time, those of the page's downloads.

    json is the stored text itself, of all units: its SHA-256 is the hash of the freeze.
    """
    if split is not None and fmt not in TABLES:
        raise click.UsageError(f"a {fmt} has every split; --by is for {' and '.join(TABLES)}")
    from survey.reports import frozen_files

    with reading() as session:
        entry = queries.entry(session, row_id)
        if entry is None:
            raise click.ClickException(f"nothing is frozen under id {row_id}")
        snapshot = queries.snapshot(session, row_id)
        text = queries.text(session, row_id)
        version = questionnaires.by_name(session, snapshot.questionnaire)
    assert version is not None, "a foreign key holds it"
    part = snapshot.of(code or entry.unit_code)
    if part is None:
        raise click.ClickException(f"no unit {code} is in it")
    with force_locale(language), exports.replacing(str(output)) as file:
        _record(entry, part.unit.code, fmt)
        wanted = frozen_files.Part(snapshot, version, part, entry.sha256, split, whole)
        file.write(text.encode() if fmt == "json" else frozen_files.content(wanted, fmt, gettext, language))


def _record(entry: Entry, code: str, fmt: str) -> None:
    with writing() as session:
        detail: dict[str, str | int] = {"frozen": entry.id, "unit": code, "format": fmt}
        audit.record(session, datetime.now(UTC), OPERATOR, Action.EXPORTED, "frozen rates", detail)


def _named(text: str) -> NamedPeriod:
    try:
        return named_periods.named(text)
    except PeriodError as error:
        raise click.ClickException(_sentences((Problem("period", error.code, {"text": error.text}),))) from error


def _show(snapshot: Snapshot) -> None:
    """What the freeze holds, and for a supplement what differs."""
    overall = snapshot.units[0].overall.shown
    shown = "withheld" if overall.rate is None else f"{overall.rate} % of {overall.respondents} respondents"
    click.echo(
        f"{snapshot.unit.code}, {snapshot.named.name}, {snapshot.questionnaire}, number {snapshot.number}: "
        f"{len(snapshot.units)} units, overall {shown}"
    )
    if snapshot.follows is not None:
        click.echo(f"{len(snapshot.changes)} figures differ from number {snapshot.number - 1} ({snapshot.follows})")


def _sentences(problems: tuple[Problem, ...]) -> str:
    with force_locale(current_app.config["SETTINGS"].language):
        return "\n".join(gettext(PROBLEMS[problem.code], **problem.values) for problem in problems)
