"""Changes of single units, written as the lines of an import file: one set of rules for pages and files."""

from collections.abc import Iterable, Mapping, Sequence

from survey.domain.catalogue import UNITS, UnitEntry
from survey.domain.problems import Problem
from survey.domain.tables import Cell, Line, lines

Cells = Mapping[str, str]


def cells(entry: UnitEntry) -> dict[str, str]:
    """The unit as a line of an import file has it: days as 2025-07-01, codes between semicolons."""
    return {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "parent_code": entry.parent_code,
        "valid_from": "" if entry.valid_from is None else entry.valid_from.isoformat(),
        "valid_to": "" if entry.valid_to is None else entry.valid_to.isoformat(),
        "replaced_by": ";".join(entry.replaced_by),
    }


def table(rows: Sequence[Cells]) -> tuple[Line, ...]:
    """The lines of a file with these rows; raises InvalidError when there is none."""
    header = (1, [Cell(name) for name in UNITS.columns])
    body = [(number, [Cell(row[name]) for name in UNITS.columns]) for number, row in enumerate(rows, start=2)]
    return lines([header, *body], UNITS)


def placed(problems: Iterable[Problem], rows: Sequence[Cells]) -> list[Problem]:
    """The problems of the file's lines as problems of the units that stand there."""
    codes = {f"line {number}": row["code"] for number, row in enumerate(rows, start=2)}
    return [Problem(codes.get(problem.path, problem.path), problem.code, problem.values) for problem in problems]
