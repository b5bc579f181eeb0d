"""What the export commands share: what was asked for, where the file goes, and the record that it was made."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

import click
from flask import current_app

from survey.cli.staff import OPERATOR
from survey.database import READ, REPORT
from survey.domain import names, periods, retention
from survey.domain.audit import Action
from survey.domain.disclosure import COMPLETE, Minimums
from survey.domain.periods import Period, PeriodError
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import answered, catalogue, questionnaires
from survey.services import audit

DEFAULT_QUESTIONNAIRE = "sipas-2024"
STANDARD_OUTPUT = "-"
PERIOD_COMPLAINTS = {
    "date_invalid": "not a month (YYYY-MM) or a day (YYYY-MM-DD): {text}",
    "period_reversed": "the period ends before it starts: {text}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The unit that was asked for, and itself with every unit below it, closed ones too."""

    unit: Unit
    units: tuple[Unit, ...]

    def within(self, period: Period) -> tuple[Unit, ...]:
        """Those that exist in the period."""
        return tuple(unit for unit in self.units if unit.overlaps(period))


def period(start: str, end: str, complete: bool) -> Period:
    """The period between two texts: days for `complete`, else whole months, saying so where that is more."""
    try:
        asked = periods.parse(start, end)
    except PeriodError as error:
        raise click.ClickException(PERIOD_COMPLAINTS[error.code].format(text=error.text)) from error
    if complete or asked == asked.whole_months:
        return asked
    widened = asked.whole_months
    say(f"Whole months only: {widened.start} – {widened.end} (--complete keeps the days)")
    return widened


def place(code: str) -> Place:
    """The unit with this code, with the units below it."""
    with reading() as session:
        units = catalogue.units(session)
    unit = next((found for found in units if found.code == names.normal(code)), None)
    if unit is None:
        raise click.ClickException(f"no unit has the code {code}")
    below = [other for other in units if other != unit and other.is_within([unit.id])]
    return Place(unit, (unit, *below))


def version(name: str | None, units: tuple[Unit, ...]) -> Version:
    """The version with this name, or the newest with this key; without a name, the default that has answers."""
    with reading() as session:
        versions = questionnaires.published(session)
        if not versions:
            raise click.ClickException("no questionnaire is published")
        if name is not None:
            found = [each for each in versions if name in (each.name, each.key)]
            if not found:
                known = ", ".join(each.name for each in versions)
                raise click.ClickException(f"no questionnaire {name} is published; there is {known}")
            return found[-1]
        usual = [each for each in reversed(versions) if each.key == DEFAULT_QUESTIONNAIRE]
        wanted = usual + [each for each in reversed(versions) if each.key != DEFAULT_QUESTIONNAIRE]
        ids = [unit.id for unit in units]
        return next((each for each in wanted if answered.has_answers(session, each, ids)), wanted[0])


def say_what_is_gone(within: Period, today: date, found: str) -> None:
    """Warn where the period begins before the days that are kept: what is read from the rows lacks those deleted."""
    months = current_app.config["SETTINGS"].retention_months
    kept_from = retention.kept_from(today, months)
    if within.start < kept_from:
        say(
            f"Warning: answers before {kept_from} are deleted after {months} months (SURVEY_RETENTION_MONTHS). {found} "
            "lack them; released figures (flask rates export without --complete) keep them."
        )


def minimums(complete: bool) -> Minimums:
    """The least respondents of a cell; none for the operator's own checks."""
    settings = current_app.config["SETTINGS"]
    return COMPLETE if complete else Minimums(settings.shown_minimum, settings.ranked_minimum)


def engine(complete: bool) -> str:
    """Where to read: a replica may be behind, which the operator's own checks must not be."""
    return READ if complete else REPORT


def recorded(what: str, unit: Unit, within: Period, complete: bool, **detail: str | int) -> datetime:
    """Record the export in the audit, before anything is written; returns the moment."""
    now = datetime.now(UTC)
    asked = {"unit": unit.code, "from": str(within.start), "to": str(within.end), "complete": int(complete), **detail}
    with writing() as session:
        audit.record(session, now, OPERATOR, Action.EXPORTED, what, asked)
    return now


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A file to write that takes its place only when the block ends well: a failed export leaves none behind."""
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():  # a device or a pipe must not be replaced; a folder is refused
            with target.open("wb") as output:
                yield output
            return
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            with fresh.open("xb") as output:
                yield output
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror or error}") from error


def say(text: str) -> None:
    """A line for the operator, on standard error: standard output may be the file."""
    click.echo(text, err=True)
