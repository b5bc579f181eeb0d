"""flask catalogue import-…: show what a CSV or XLSX file would change, and change it with --commit."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from survey.cli import imports
from survey.domain import catalogue as shapes
from survey.domain.handled import HANDLED
from survey.domain.periods import local_day
from survey.services import catalogue, handled, targets

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
COMMIT = click.option("--commit", is_flag=True, help="Write; without it only the difference is printed.")
YEAR = click.option("--year", type=click.IntRange(2000, 2100), required=True, help="The year that the values are for.")

LISTED = 20  # lines of a long file that are printed


def importing(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every import takes: FILE and --commit."""
    return with_appcontext(FILE(COMMIT(command)))


@click.group("catalogue")
def group() -> None:
    """Units, procedures, targets and indicators, from CSV or XLSX files."""


@group.command("import-units")
@importing
def import_units(file: Path, commit: bool) -> None:
    """Add and change units.

    FILE has the columns code, name, kind, parent_code, valid_from, valid_to, replaced_by; dates as 2025-07-01.
    """
    imports.run(file, shapes.UNITS, commit, catalogue.compare_units, catalogue.import_units)


@group.command("import-procedures")
@importing
def import_procedures(file: Path, commit: bool) -> None:
    """Add and change procedures.

    FILE has the columns code, name, domain.
    """
    imports.run(file, shapes.PROCEDURES, commit, catalogue.compare_procedures, catalogue.import_procedures)


@group.command("import-targets")
@click.option("--unit", "unit_code", required=True, help="Code of the unit whose plan it is; holds for all below it.")
@YEAR
@importing
def import_targets(file: Path, commit: bool, unit_code: str, year: int) -> None:
    """Set the targets of a plan.

    FILE has the columns code, name, comparison, target_percent; the comparison is at_least. A target holds from its
    year on until a later year's.
    """
    imports.run(
        file, shapes.TARGETS, commit, targets.compare_targets, targets.import_targets, unit_code=unit_code, year=year
    )


@group.command("import-indicators")
@YEAR
@click.option("--kind", required=True, help="Whose figures they are, such as par_index.")
@importing
def import_indicators(file: Path, commit: bool, year: int, kind: str) -> None:
    """Add published figures of units.

    FILE has the columns unit_code, group, position, points.
    """
    imports.run(
        file, shapes.INDICATORS, commit, targets.compare_indicators, targets.import_indicators, year=year, kind=kind
    )


@group.command("import-handled")
@importing
def import_handled(file: Path, commit: bool) -> None:
    """Add dossiers handled, and replace those already known of a unit, procedure and day.

    FILE has the columns unit_code, procedure_code, day, handled, early, on_time, late, and perhaps complaints:
    dossiers that were complained about and not late. Early, on time and late together are handled.
    """
    today = local_day(datetime.now(UTC))
    imports.run(file, HANDLED, commit, handled.compare_handled, handled.import_handled, LISTED, today=today)
