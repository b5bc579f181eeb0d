"""What a benchmark yields: named figures with their unit, and the machine that they were taken on."""

import json
import os
import platform
import sqlite3
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from survey.config import ROOT


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is that of DESIGN §5 as people read it; `holds` whether the value reaches it."""

    case: str
    what: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None


def machine() -> dict[str, object]:
    """Where and when: without it a figure means nothing."""
    load = os.getloadavg()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(value, 2) for value in load],
    }


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table, goals beside them."""
    lines = ["| case | what | figure | goal | |", "|---|---|---:|---|---|"]
    for figure in figures:
        mark = {True: "reached", False: "MISSED", None: ""}[figure.holds]
        value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.2f}"
        lines.append(f"| {figure.case} | {figure.what} | {value} {figure.unit} | {figure.goal} | {mark} |")
    return "\n".join(lines)


def as_json(figures: list[Figure], place: dict[str, object]) -> str:
    """The same for programs."""
    return json.dumps(
        {"machine": place, "figures": [asdict(figure) for figure in figures]}, ensure_ascii=False, indent=1
    )
