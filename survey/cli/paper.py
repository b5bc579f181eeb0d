"""flask responses import-paper: paper forms from a file, told first, then taken all or none."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import SystemRandom

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.tables import Line
from survey.extensions import reading, writing
from survey.queries import questionnaires
from survey.services import audit, paper_files, sheets
from survey.services.paper_files import CHUNK, Judged, Verdict
from survey.wording import catalogue, paper

SHOWN = 50  # refused lines that are told; all are counted


@click.command("import-paper")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--questionnaire", required=True, help="sipas-2024@1, or sipas-2024 for its newest version.")
@click.option("--commit", is_flag=True, help="Write; without it only what would happen is printed.")
@with_appcontext
def command(file: Path, questionnaire: str, commit: bool) -> None:
    """Take paper forms from FILE, CSV or XLSX, one form a line.

    Columns: unit, day (2026-11-24), batch, form (its number in the batch), and one an item with 1–5, or 0 for no
    opinion. If wanted: facts.KEY, about.KEY, reasons.FACTOR (keys, spaces between), remarks.FACTOR, procedure, dossier,
    comment, assisted. One bad line, and nothing is written. The same file may be imported again: no form counts twice.
    """
    version = _version(questionnaire)
    try:
        lines = sheets.table(file.read_bytes(), paper_files.shape(version))
    except InvalidError as error:
        raise click.ClickException("\n".join(_sentences(error.problems))) from error
    judged = _judged(lines, version)
    refused = [one for one in judged if one.verdict is Verdict.REFUSED]
    for one in refused[:SHOWN]:
        for sentence in _sentences(one.problems):
            click.echo(f"{one.number}: {sentence}")
    if commit and not refused:
        judged = _written(lines, judged, version, file.name)
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in paper_files.counts(judged).items()))
    if refused and commit:
        raise click.ClickException("nothing was written, because of the lines above")
    click.echo("Written." if commit else "Nothing was written. Add --commit to write this.")


def _version(name: str) -> Version:
    with reading() as session:
        found = questionnaires.by_name(session, name) or questionnaires.latest(session, name)
    if found is None:
        raise click.ClickException(f"{name} is no published questionnaire")
    return found


def _judged(lines: tuple[Line, ...], version: Version) -> tuple[Judged, ...]:
    with reading() as session:
        return paper_files.judge(session, lines, version, current_app.config["SETTINGS"].secret_key, datetime.now(UTC))


def _written(lines: tuple[Line, ...], judged: Sequence[Judged], version: Version, name: str) -> tuple[Judged, ...]:
    now, found = datetime.now(UTC), list[Judged]()
    with writing() as session:
        paper_files.make_counters(session, judged, version, OPERATOR, now, SystemRandom())
    again = _judged(lines, version)
    for start in range(0, len(again), CHUNK):
        with writing() as session:
            found += paper_files.take(session, again[start : start + CHUNK])
    with writing() as session:
        audit.record(session, now, OPERATOR, Action.PAPER_IMPORTED, name, dict(paper_files.counts(found)))
    return tuple(found)


def _sentences(problems: Iterable[Problem]) -> list[str]:
    with force_locale(current_app.config["SETTINGS"].language):
        return [_sentence(problem) for problem in problems]


def _sentence(problem: Problem) -> str:
    """Of a field its name stands before it; what is wrong with the file as a table is told in the catalogue's words."""
    if problem.code in catalogue.PROBLEMS and problem.code not in paper.PROBLEMS:
        return catalogue.sentence(problem, gettext)
    said = paper.sentence(problem, gettext)
    return said if problem.path.startswith("line ") else f"{problem.path}: {said}"
