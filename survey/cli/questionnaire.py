"""flask questionnaire check|publish|list|diff: questionnaires from files into published versions."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.domain import revisions
from survey.domain.authoring import Draft
from survey.domain.problems import InvalidError
from survey.domain.questionnaire import Version
from survey.extensions import reading, writing
from survey.queries import questionnaires as published
from survey.services import questionnaires
from survey.wording import authoring
from survey.wording import revisions as words

FILES = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group("questionnaire")
def group() -> None:
    """Questionnaires: check files, publish them, list what is published."""


@group.command()
@FILES
@with_appcontext
def check(files: tuple[Path, ...]) -> None:
    """Print everything that is wrong in FILE..., each with its place. Exit status 1 when there is anything."""
    drafts, complaints = _read(files)
    for path, draft in drafts:
        click.echo(f"{path}: ok, {len(draft.version.items)} items in {len(draft.version.factors)} factors")
    _stop_at(complaints)


@group.command()
@FILES
@click.option("--commit", is_flag=True, help="Publish; without it, only print what would be published.")
@with_appcontext
def publish(files: tuple[Path, ...], commit: bool) -> None:
    """Publish FILE... as versions that never change. An unchanged questionnaire keeps its version."""
    read, complaints = _read(files)
    _stop_at(complaints)
    drafts = [draft for _, draft in read]
    doubled = [key for key, count in Counter(draft.key for draft in drafts).items() if count > 1]
    if doubled:
        raise click.ClickException(f"more than one file for {', '.join(doubled)}; nothing was published")
    with reading() as session:
        before = {draft.key: published.latest(session, draft.key) for draft in drafts}
    for draft in drafts:
        current = before[draft.key]
        if current is not None and current.sha256 == draft.sha256:
            click.echo(f"{current.name}: unchanged, {_summary(current)}")
        elif not commit:
            number = current.number + 1 if current else 1
            click.echo(f"{draft.key}@{number}: would be published, {_summary(draft.version)}")
        else:
            with writing() as session:  # one each: two publishers of several files cannot wait for each other in a ring
                version = questionnaires.announce(session, draft, OPERATOR, datetime.now(UTC))
            click.echo(f"{version.name}: published, {_summary(version)}")
    if not commit:
        click.echo("Nothing was written. Add --commit to publish.")


@group.command("list")
@with_appcontext
def list_versions() -> None:
    """Print every published version, by name."""
    with reading() as session:
        versions = published.published(session)
    for version in versions:
        click.echo(f"{version.name}  {_summary(version)}  {version.title.get('vi')}")
    if not versions:
        click.echo("Nothing is published yet.")


@group.command()
@click.argument("old", metavar="KEY@1|FILE")
@click.argument("new", metavar="KEY@2|FILE")
@with_appcontext
def diff(old: str, new: str) -> None:
    """Print what the second questionnaire asks otherwise than the first: + added, - removed, ~ changed."""
    before, after = _version(old), _version(new)
    language = current_app.config["SETTINGS"].language
    with force_locale(language):
        for revision in revisions.between(before, after):
            click.echo(words.line(revision, language, gettext).text)
        if before.sha256 == after.sha256:
            click.echo(gettext(words.SAME))
    kept = revisions.kept_items(before, after)
    click.echo(f"{kept} of {len(after.items)} items as before; figures of two versions are never mixed")


def _version(named: str) -> Version:
    """A published version by its name, or the one that a file would become."""
    with reading() as session:
        found = published.by_name(session, named)
    if found is not None:
        return found
    path = Path(named)
    if not path.is_file():
        raise click.ClickException(f"{named} is neither a published version, such as sipas-2024@1, nor a file")
    drafts, complaints = _read((path,))
    _stop_at(complaints)
    return drafts[0][1].version


def _read(files: tuple[Path, ...]) -> tuple[list[tuple[Path, Draft]], list[str]]:
    """The drafts of the good files, and a line for every problem of the others."""
    drafts, complaints = [], []
    for path in files:
        try:
            drafts.append((path, questionnaires.read(path.read_bytes())))
        except InvalidError as error:
            complaints += [f"{path}: {line}" for line in _sentences(error)]
    return drafts, complaints


def _stop_at(complaints: list[str]) -> None:
    if complaints:
        click.echo("\n".join(complaints), err=True)
        raise click.exceptions.Exit(1)


def _sentences(error: InvalidError) -> list[str]:
    with force_locale(current_app.config["SETTINGS"].language):
        return [f"{problem.path}: {authoring.sentence(problem, gettext)}" for problem in error.problems]


def _summary(version: Version) -> str:
    return f"{len(version.items)} items, sha256 {version.sha256[:12]}"
