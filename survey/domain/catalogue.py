"""Entries of the catalogue as an import file holds them, read and checked line by line. Trees: see `unit_trees`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from survey.domain import names
from survey.domain.lines import KEY, POSITION, PROCEDURE_CODE, UNIT_CODE, Reader
from survey.domain.problems import Problem
from survey.domain.tables import Line, Shape
from survey.domain.units import UnitKind

UNITS = Shape(
    ("code", "name", "kind", "parent_code", "valid_from", "valid_to", "replaced_by"),
    frozenset({"code", "parent_code", "replaced_by"}),
)
PROCEDURES = Shape(("code", "name", "domain"), frozenset({"code"}))
TARGETS = Shape(("code", "name", "comparison", "target_percent"), frozenset({"code"}))
INDICATORS = Shape(("unit_code", "group", "position", "points"), frozenset({"unit_code"}))

AT_LEAST = "at_least"  # the only comparison that verdicts know
HIGHEST_POINTS = 9_999_999
# Letters; a stored sort key has three signs a letter and two between, in columns of 600 and 1.500.
LONGEST_UNIT_NAME = 199
LONGEST_PROCEDURE_NAME = 499


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit by codes. Without `valid_from` its first day is not known; without `valid_to` it lasts."""

    code: str
    name: str
    kind: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureEntry:
    """A procedure of the national catalogue."""

    code: str
    name: str
    domain_name: str


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target in percent, reached at that value or above."""

    kind: str
    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """A published figure of a unit, and the place in its group that the source names, such as "highest"."""

    unit_code: str
    group: str
    position: str
    value: Decimal


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Entries(Generic[Entry]):
    """The entries by key in the order of the file, the line of every key, and what is wrong.

    A line whose cells cannot be read has a key without an entry; one with a wrong value is `doubtful`.
    """

    by_key: Mapping[str, Entry]
    numbers: Mapping[str, int]
    doubtful: frozenset[str]
    problems: tuple[Problem, ...]


def units(lines: Iterable[Line]) -> Entries[UnitEntry]:
    """Units, each line for itself; `unit_trees` then checks how they hang together."""
    return _entries(lines, "code", _unit)


def procedures(lines: Iterable[Line]) -> Entries[ProcedureEntry]:
    """Procedures."""
    return _entries(lines, "code", _procedure)


def targets(lines: Iterable[Line]) -> Entries[TargetEntry]:
    """Targets of one unit and year."""
    return _entries(lines, "code", _target)


def indicators(lines: Iterable[Line], unit_codes: Collection[str]) -> Entries[IndicatorEntry]:
    """Figures of one year and kind; each unit must be one of `unit_codes`."""

    def read(reader: Reader) -> IndicatorEntry:
        entry = _indicator(reader)
        if not reader.problems and entry.unit_code not in unit_codes:
            reader.complain("unit_unknown", value=entry.unit_code)
        return entry

    return _entries(lines, "unit_code", read)


def _entries(lines: Iterable[Line], key_column: str, read: Callable[[Reader], Entry]) -> Entries[Entry]:
    by_key: dict[str, Entry] = {}
    numbers: dict[str, int] = {}
    doubtful: set[str] = set()
    problems: list[Problem] = []
    for line in lines:
        reader = Reader(line)
        entry = None if line.problems else read(reader)
        key = names.normal(line.cells.get(key_column, ""))
        if key in numbers:
            reader.complain("duplicate", value=key, first=numbers[key])
        elif key:
            numbers[key] = line.number
        if entry is not None:
            by_key.setdefault(key, entry)
        if reader.problems:
            doubtful.add(key)
        problems += [*line.problems, *reader.problems]
    return Entries(by_key, numbers, frozenset(doubtful), tuple(problems))


def _unit(reader: Reader) -> UnitEntry:
    entry = UnitEntry(
        code=reader.code("code", UNIT_CODE, "unit_code_bad"),
        name=reader.name("name", LONGEST_UNIT_NAME),
        kind=reader.line.cells["kind"].strip(),
        parent_code=reader.line.cells["parent_code"].strip(),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        replaced_by=reader.codes("replaced_by"),
    )
    if entry.kind not in list(UnitKind):
        reader.complain("kind_bad", value=entry.kind, known=", ".join(UnitKind))
    if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
        reader.complain("dates_reversed", start=entry.valid_from.isoformat(), end=entry.valid_to.isoformat())
    return entry


def _procedure(reader: Reader) -> ProcedureEntry:
    return ProcedureEntry(
        code=reader.code("code", PROCEDURE_CODE, "procedure_code_bad"),
        name=reader.name("name", LONGEST_PROCEDURE_NAME),
        domain_name=reader.name("domain", 200),
    )


def _target(reader: Reader) -> TargetEntry:
    comparison = reader.line.cells["comparison"].strip()
    if comparison != AT_LEAST:
        reader.complain("comparison_bad", value=comparison)
    return TargetEntry(
        kind=reader.code("code", KEY, "key_bad"),
        name=reader.name("name", 300),
        percent=reader.decimal("target_percent", 100),
    )


def _indicator(reader: Reader) -> IndicatorEntry:
    return IndicatorEntry(
        unit_code=reader.code("unit_code", UNIT_CODE, "unit_code_bad"),
        group=reader.code("group", KEY, "key_bad"),
        position=reader.optional_code("position", POSITION, "key_bad"),
        value=reader.decimal("points", HIGHEST_POINTS),
    )
