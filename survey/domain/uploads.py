"""Files that staff hand in: what kinds there are, and what must be said beside a file of each."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from survey.domain import catalogue
from survey.domain.handled import HANDLED
from survey.domain.periods import FIRST_YEAR, LAST_YEAR
from survey.domain.problems import Problem
from survey.domain.tables import Shape

KEPT = timedelta(hours=1)  # until it is confirmed; then the file is sent again
LARGEST = 5_000_000  # bytes; longer files go by the command line


class FileKind(StrEnum):
    """What a file holds."""

    UNITS = "units"
    PROCEDURES = "procedures"
    HANDLED = "handled"
    TARGETS = "targets"
    INDICATORS = "indicators"


SHAPES: dict[FileKind, Shape] = {
    FileKind.UNITS: catalogue.UNITS,
    FileKind.PROCEDURES: catalogue.PROCEDURES,
    FileKind.HANDLED: HANDLED,
    FileKind.TARGETS: catalogue.TARGETS,
    FileKind.INDICATORS: catalogue.INDICATORS,
}
WITH_UNIT = frozenset({FileKind.TARGETS})
WITH_YEAR = frozenset({FileKind.TARGETS, FileKind.INDICATORS})
WITH_SOURCE = frozenset({FileKind.INDICATORS})
# What these hold belongs to all units together; of the others each line or file names its unit.
SHARED = frozenset({FileKind.UNITS, FileKind.PROCEDURES, FileKind.INDICATORS})


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said beside a file: the unit of a plan, the year, whose figures they are. Empty where not asked."""

    unit: str = ""
    year: int = 0
    source: str = ""


def beside(kind: FileKind, unit: str, year: str, source: str) -> tuple[Beside, list[Problem]]:
    """What was typed beside a file of that kind, and what is missing or wrong with it."""
    problems = []
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    if kind in WITH_UNIT and not unit:
        problems.append(Problem("unit", "unit_missing"))
    if kind in WITH_YEAR and not FIRST_YEAR <= number <= LAST_YEAR:
        problems.append(Problem("year", "year_invalid", {"text": year[:20]}))
    if kind in WITH_SOURCE and not source:
        problems.append(Problem("source", "source_missing"))
    found = Beside(
        unit if kind in WITH_UNIT else "",
        number if kind in WITH_YEAR else 0,
        source if kind in WITH_SOURCE else "",
    )
    return found, problems
