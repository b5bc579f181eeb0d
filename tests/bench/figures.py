"""What a benchmark yields: named figures with their unit, and the machine that they were taken on."""

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from survey.config import ROOT

ROUNDS = 9


def _load() -> float:
    return round(os.getloadavg()[0], 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is that of DESIGN §5 as people read it; `holds` whether the value reaches it.

    `database` is the kind, `processor` the part of `value` that this process was on the processor where that was taken,
    `load` what the machine was busy with over the last minute.
    """

    case: str
    what: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None
    database: str = ""
    processor: float | None = None
    load: float = field(default_factory=_load)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a figure of."""
        return self.case, self.database, self.what


Goal = tuple[str, bool | None]
NO_GOAL: Goal = ("", None)


def most(value: float, limit: float) -> Goal:
    """A goal that is an upper limit: as people read it, and whether it is reached."""
    return f"< {limit:,.0f}", value < limit


def least(value: float, limit: float) -> Goal:
    """A goal that is a lower limit."""
    return f"≥ {limit:,.0f}", value >= limit


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds by the clock, and those of this process on the processor, which a busy machine hardly changes."""

    clock: float
    processor: float


def median(work: Callable[[], object], rounds: int = ROUNDS) -> Taken:
    """The median of some calls, after one that warms up."""
    work()
    clock, processor = [], []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return Taken(statistics.median(clock), statistics.median(processor))


def took(case: str, what: str, taken: Taken, goal: Goal = NO_GOAL) -> Figure:
    """A figure of milliseconds."""
    return Figure(case, what, taken.clock, "ms", *goal, processor=round(taken.processor, 2))


def machine() -> dict[str, object]:
    """Where and when: without it a figure means nothing."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _said("git", "rev-parse", "--short", "HEAD"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _said("psql", "--version").partition(") ")[2].partition(" ")[0],
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "load": " ".join(f"{value:.2f}" for value in os.getloadavg()),
    }


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def _processor() -> str:
    with open("/proc/cpuinfo") as info:
        return next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), "")


def table(figures: Sequence[Figure], place: dict[str, object]) -> str:
    """The figures as a Markdown table with goals beside them, under a line on the machine."""
    said = ", ".join(f"{name} {value}" for name, value in place.items() if value)
    lines = [
        f"Measured: {said}",
        "",
        "| case | database | what | figure | of it on the processor | goal | | load |",
        "|---|---|---|---:|---|---|---:|",
    ]
    for one in figures:
        mark = {True: "reached", False: "MISSED", None: ""}[one.holds]
        part = "" if one.processor is None else f"{number(one.processor)} {one.unit}"
        value = f"{number(one.value)} {one.unit}"
        cells = (one.case, one.database, one.what, value, part, one.goal, mark, f"{one.load:.1f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def beside(figures: Sequence[Figure], others: Sequence[Figure], revision: str) -> str:
    """The same figures of two revisions side by side, each the median of its rounds, and how they compare."""
    ours, theirs = _medians(figures), _medians(others)
    lines = [f"| case | database | what | here | {revision} | here ÷ {revision} |", "|---|---|---|---:|---:|---:|"]
    for key, (value, unit) in ours.items():
        if key in theirs:
            other = theirs[key][0]
            ratio = f"{value / other:.2f}" if other else ""
            cells = (*key, f"{number(value)} {unit}", f"{number(other)} {unit}", ratio)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _medians(figures: Sequence[Figure]) -> dict[tuple[str, str, str], tuple[float, str]]:
    values: dict[tuple[str, str, str], list[float]] = {}
    units = {one.key: one.unit for one in figures}
    for one in figures:
        values.setdefault(one.key, []).append(one.value)
    return {key: (statistics.median(found), units[key]) for key, found in values.items()}


def number(value: float) -> str:
    """With thousands, and decimals only where they tell something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def as_json(figures: Sequence[Figure], place: dict[str, object]) -> str:
    """The same for programs."""
    return json.dumps({"machine": place, "figures": [asdict(one) for one in figures]}, ensure_ascii=False, indent=1)


def from_json(text: str) -> list[Figure]:
    """The figures that `as_json` wrote."""
    return [Figure(**entry) for entry in json.loads(text)["figures"]]
