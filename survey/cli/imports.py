"""How every import command goes: read the file, tell every bad line or the difference, write only with --commit."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click

from survey.cli.problems import sentences
from survey.cli.staff import OPERATOR
from survey.domain.audit import Action
from survey.domain.differences import Difference, summary
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Shape
from survey.extensions import reading, writing
from survey.services import audit, sheets

Import = Callable[..., Difference]


def run(
    file: Path, shape: Shape, commit: bool, compare: Import, write: Import, most: int | None = None, **values: Any
) -> None:
    """Import the file. `compare` and `write` take a session, the lines and `values`; `write` also a progress.

    Of a long file only the first `most` new keys and the first `most` changed ones are printed.
    """
    try:
        lines = sheets.table(file.read_bytes(), shape)
        with reading() as session:
            found = compare(session, lines, **values)
        show(found, most)
        if commit and not found.is_empty:
            _write(file, found, partial(write, lines=lines, **values))
    except InvalidError as error:
        raise click.ClickException(complaint(file, error.problems)) from error
    click.echo(_outcome(found, commit))


def show(found: Difference, most: int | None = None) -> None:
    """Print each new key, each change as old → new, and the counts; only the first of a long list."""
    for key, entry in islice(found.added.items(), most):
        click.echo(f"+ {key} {summary(key, entry)}")
    for key, changes in islice(found.changed.items(), most):
        for change in changes:
            click.echo(f"~ {key} {change.field}: {change.old or '(empty)'} → {change.new or '(empty)'}")
    unsaid = sum(max(0, len(keys) - most) for keys in (found.added, found.changed)) if most is not None else 0
    if unsaid:
        click.echo(f"… and {unsaid} more")
    click.echo(
        f"{len(found.added)} added, {len(found.changed)} changed, {found.unchanged} unchanged; "
        f"{found.not_in_file} not in the file, left as they are"
    )


def complaint(file: Path, problems: Iterable[Problem]) -> str:
    """Every bad line in the operator's language, a line each."""
    told = sentences(problems)
    return "\n".join(
        [f"{file.name}: {len(told)} {'problem' if len(told) == 1 else 'problems'}, nothing was changed", *told]
    )


def _write(file: Path, found: Difference, write: Callable[..., Difference]) -> None:
    rows = len(found.added) + len(found.changed)
    with writing() as session, click.progressbar(length=rows, label=f"Writing {rows} rows", file=sys.stderr) as bar:
        written = write(session, progress=bar.update)
        detail = {"added": len(written.added), "changed": len(written.changed)}
        audit.record(session, datetime.now(UTC), OPERATOR, Action.CATALOGUE_IMPORTED, file.name, detail)


def _outcome(found: Difference, commit: bool) -> str:
    if found.is_empty:
        return "Nothing to change."
    return "Written." if commit else "Nothing was written. Add --commit to write this."
