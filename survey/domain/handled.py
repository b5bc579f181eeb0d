"""Dossiers handled, as offices report them: entries of an import file checked line by line, and sums of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from survey.domain import names
from survey.domain.catalogue import Entries
from survey.domain.lines import PROCEDURE_CODE, UNIT_CODE, Reader
from survey.domain.problems import Problem
from survey.domain.tables import Line, Shape
from survey.domain.units import Unit

HANDLED = Shape(
    ("unit_code", "procedure_code", "day", "handled", "early", "on_time", "late"),
    frozenset({"unit_code", "procedure_code"}),
    optional=("complaints",),
)
MOST = 1_000_000  # dossiers of a unit, procedure and day: more is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Handled:
    """How many dossiers: handled = early + on time + late. `complaints` are those complained about but not late."""

    handled: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    complaints: int = 0

    def __add__(self, other: "Handled") -> "Handled":
        return Handled(
            self.handled + other.handled,
            self.early + other.early,
            self.on_time + other.on_time,
            self.late + other.late,
            self.complaints + other.complaints,
        )

    @property
    def share_on_time(self) -> Fraction | None:
        """Dossiers early or on time, of all; None without dossiers."""
        return Fraction(self.early + self.on_time, self.handled) if self.handled else None

    @property
    def content(self) -> int:
        """Dossiers without complaint or lateness (METHOD §9)."""
        return self.handled - self.late - self.complaints


NONE = Handled()


@dataclass(frozen=True, slots=True)
class HandledEntry:
    """One line: the dossiers of a unit, procedure and day."""

    unit_code: str
    procedure_code: str
    day: date
    handled: int
    early: int
    on_time: int
    late: int
    complaints: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name: units by code, procedures, and days up to today."""

    units: Mapping[str, Unit]
    procedures: Collection[str]
    today: date


def entries(lines: Iterable[Line], known: Known) -> Entries[HandledEntry]:
    """The entries by "unit procedure day", and everything that is wrong."""
    by_key: dict[str, HandledEntry] = {}
    numbers: dict[str, int] = {}
    doubtful: set[str] = set()
    problems: list[Problem] = []
    for line in lines:
        reader = Reader(line)
        key = " ".join(names.normal(line.cells.get(name, "")) for name in ("unit_code", "procedure_code", "day"))
        if key in numbers:
            reader.complain("duplicate", value=key, first=numbers[key])
        elif not line.problems:
            numbers[key] = line.number
            by_key[key] = _entry(reader, known)
        if reader.problems:
            doubtful.add(key)
        problems += [*line.problems, *reader.problems]
    return Entries(by_key, numbers, frozenset(doubtful), tuple(problems))


def _entry(reader: Reader, known: Known) -> HandledEntry:
    unit_code = reader.code("unit_code", UNIT_CODE, "unit_code_bad")
    procedure_code = reader.code("procedure_code", PROCEDURE_CODE, "procedure_code_bad")
    day = _day(reader, known, unit_code)
    counts = [reader.count(column, MOST) for column in ("handled", "early", "on_time", "late")]
    complaints = reader.count("complaints", MOST) if reader.line.cells.get("complaints", "").strip() else 0
    if reader.problems:
        return HandledEntry(unit_code, procedure_code, day, 0, 0, 0, 0, 0)
    if procedure_code not in known.procedures:
        reader.complain("procedure_unknown", value=procedure_code)
    handled, early, on_time, late = counts
    if early + on_time + late != handled:
        reader.complain("handled_sum", handled=handled, sum=early + on_time + late)
    elif complaints > early + on_time:
        reader.complain("complaints_many", complaints=complaints, most=early + on_time)
    return HandledEntry(unit_code, procedure_code, day, handled, early, on_time, late, complaints)


def _day(reader: Reader, known: Known, unit_code: str) -> date:
    """The day, checked against today and against the days of the unit."""
    told = len(reader.problems)
    day = reader.day("day")
    unit = known.units.get(unit_code)
    if day is None:
        if len(reader.problems) == told:
            reader.complain("empty", column="day")
        day = known.today
    elif day > known.today:
        reader.complain("day_future", day=day.isoformat())
    elif unit is not None and not unit.is_open(day):
        reader.complain("unit_closed", value=unit_code, day=day.isoformat())
    if unit is None and unit_code and not told:
        reader.complain("unit_unknown", value=unit_code)
    return day
