"""flask rates refresh|export: bring the tallies up to date, and write the figures that the pages show to a file."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli import exports, publishing, releasing
from survey.cli.exports import Place
from survey.config import LANGUAGES, Settings
from survey.domain import periods
from survey.domain.disclosure import rounds
from survey.domain.disclosure.shifts import Revision
from survey.domain.figures import Beside, Figure
from survey.domain.points import Channel
from survey.domain.selections import Selection
from survey.extensions import reading
from survey.queries import rates, report_figures, shifts
from survey.wording import numbers

SPLITS = ("unit", "factor", "item", "month")
FORMATS = ("csv", "xlsx", "pdf", "docx")
REPORTS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures that were asked for: where, what of it, how it is split, and whether nothing is withheld."""

    place: Place
    selection: Selection
    split: str | None
    complete: bool


@click.group("rates")
def group() -> None:
    """Satisfaction rates."""


@group.command()
@with_appcontext
def refresh() -> None:
    """Take every response into the tallies, and release all that may be, today's too: in lots of ten or more.

    The rest waits until there are enough. The refresher beside the server does this by itself, at night in production.
    """
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(f"{releasing.take_up()} responses taken into the tallies")
    now = rounds.everything(datetime.now(UTC), settings.shown_minimum)
    released = releasing.release(now)
    publishing.open_data(datetime.now(UTC))
    click.echo(f"{released} answers released, {releasing.left(now)} wait for others")


@group.command()
@click.option("--unit", "code", required=True, help="Code of the unit; figures hold all units below it.")
@click.option("--from", "start", required=True, help="First month or day: YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "end", required=True, help="Last month or day, included.")
@click.option("--by", "split", type=click.Choice(SPLITS), help="A row a unit below, factor, item or month; else all.")
@click.option("--questionnaire", "asked_version", help="sipas-2024@1, or sipas-2024 for its newest version.")
@click.option("--channel", type=click.Choice([channel.value for channel in Channel]), help="Only this channel.")
@click.option("--procedure", help="Only dossiers of the procedure with this code.")
@click.option("--flagged", is_flag=True, help="Count quarantined answers too.")
@click.option("--format", "fmt", required=True, type=click.Choice(FORMATS))
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of labels and notes.")
@click.option("--complete", is_flag=True, help="Withhold nothing. For your own checks, not for publishing; audited.")
@click.option("-o", "--output", required=True, type=click.Path(), help="The file; - for standard output.")
@with_appcontext
def export(
    code: str,
    start: str,
    end: str,
    split: str | None,
    asked_version: str | None,
    channel: str | None,
    procedure: str | None,
    flagged: bool,
    fmt: str,
    language: str | None,
    complete: bool,
    output: str,
) -> None:
    """Write rates to a file, with the same rows as the pages' downloads."""
    if fmt in REPORTS and split not in (None, "unit"):
        raise click.UsageError(f"a {fmt} report has every split; --by unit adds a part on each unit below")
    if not complete and sum((channel is not None, procedure is not None, flagged)) > 1:
        raise click.UsageError("one of --channel, --procedure and --flagged at a time, so that nobody can be made out")
    period = exports.period(start, end, complete)
    place = exports.place(code)
    version = exports.version(asked_version, place.units)
    selection = Selection(version, period, Channel(channel) if channel else None, procedure, flagged)
    asked = Asked(place, selection, split, complete)
    with exports.replacing(output) as file:
        file.write(_content(asked, fmt, language or current_app.config["SETTINGS"].language))
    exports.say(f"{version.name}, {period.start} – {period.end}: written to {output}")


def _content(asked: Asked, fmt: str, language: str) -> bytes:
    """The file. Its cut-off is taken before the figures are read: they hold at least all answers up to then."""
    from survey.reports import csv_files, workbook
    from survey.reports.rows import RatesBook

    selection, unit = asked.selection, asked.place.unit
    detail = {"questionnaire": selection.version.name, "by": asked.split or "", "format": fmt}
    now = exports.recorded("rates", unit, selection.period, asked.complete, **detail)
    if asked.complete and selection.procedure is not None:  # tallies keep the other sums
        exports.say_what_is_gone(selection.period, periods.local_day(now), "Exact figures by procedure")
    if fmt in REPORTS:
        return _report(asked, fmt, language, now)
    figures, beside = _figures(asked, periods.local_day(now))
    revision = _revision(asked)
    with force_locale(language):
        if fmt == "csv":
            return csv_files.rates(figures, gettext, language)
        title = gettext("Tỷ lệ hài lòng – %(unit)s", unit=unit.name)
        book = RatesBook(title, selection, figures, now, exports.minimums(asked.complete), beside, revision=revision)
        return workbook.rates(book, gettext, language)


def _report(asked: Asked, fmt: str, language: str, now: datetime) -> bytes:
    """The report, made in this process: it serves nobody else."""
    from survey.reports import report_files
    from survey.reports.report import Report
    from survey.reports.rows import RatesBook

    selection, unit, least = asked.selection, asked.place.unit, exports.minimums(asked.complete)
    exports.say("Reading the figures …")
    with reading(exports.engine(asked.complete)) as session:
        found = report_figures.live(session, selection, unit, asked.place.units, least, periods.local_day(now))
    exports.say(f"Making the report of {unit.name} and {len(found.below)} units below …")
    own, period, revision = found.own, selection.period, _revision(asked)
    with force_locale(language):
        title = gettext("Tỷ lệ hài lòng – %(unit)s", unit=unit.name)
        figures = (own.overall, *own.factors, *own.items)
        book = RatesBook(title, selection, figures, now, least, own.beside, revision=revision)
        words = f"{numbers.day(period.start)} – {numbers.day(period.end)}"
        return report_files.content(Report(book, found, words, asked.split == "unit"), fmt, gettext, language)


def _revision(asked: Asked) -> Revision | None:
    """By which decisions changed released figures; exact ones have every decision at once."""
    if asked.complete:
        return None
    with reading() as session:
        return shifts.revision(session, asked.selection, asked.place.unit)


def _figures(asked: Asked, today: date) -> tuple[tuple[Figure, ...], Beside | None]:
    """The rows, and what stands beside an overall rate where the whole unit is asked for."""
    least, unit = exports.minimums(asked.complete), asked.place.unit
    with reading(exports.engine(asked.complete)) as session:
        if asked.split == "unit":
            return rates.of_units(
                session, asked.selection, asked.place.within(asked.selection.period), least, today
            ), None
        if asked.split == "month":
            return rates.of_months(session, asked.selection, unit, least, today), None
        found = rates.of_unit(session, asked.selection, unit, least, today)
    if asked.split is None:
        return (found.overall, *found.factors, *found.items), found.beside
    return found.factors if asked.split == "factor" else found.items, None
