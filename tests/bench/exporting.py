"""Single responses as CSV by the command line, in a process of its own: rows a second, and the memory at its peak."""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from survey.config import ROOT, Settings
from tests.bench import databases, province
from tests.bench.asked import Asked
from tests.bench.figures import Figure, least, most

ROWS, MEMORY = 100_000, 150  # a second; MB


def run(asked: Asked) -> Iterator[Figure]:
    """The released rows of the whole year on each database, and what reading and writing the same bytes takes."""
    for kind in asked.kinds:
        with province.opened(kind, asked, changed=True) as settings:
            yield from _exported(kind, asked, settings)


def _exported(kind: str, asked: Asked, settings: Settings) -> Iterator[Figure]:
    target, case = databases.FOLDER / "rows.csv", f"row export, {asked.size} responses"
    seconds, used = _run(settings, "--from", "2025-12", "--to", "2026-11", "-o", str(target))
    with target.open("rb") as lines:
        rows = sum(1 for _ in lines) - 1
    rate = rows / seconds
    yield Figure(case, f"{rows:,} rows", rate, "rows/s", *least(rate, ROWS), database=kind)
    yield Figure(
        case, "seconds, start-up included", seconds, "s", database=kind, processor=used.ru_utime + used.ru_stime
    )
    peak = used.ru_maxrss / 1024
    yield Figure(case, "memory at its peak", peak, "MB", *most(peak, MEMORY), database=kind)
    yield Figure(case, "size", target.stat().st_size / 1e6, "MB", database=kind)
    bare = _bare(target, settings) if kind == "sqlite" else None
    if bare is not None:
        yield Figure(case, "reading the same columns and writing the same bytes", rows / bare, "rows/s", database=kind)
    target.unlink()


def _run(settings: Settings, *options: str) -> tuple[float, resource.struct_rusage]:
    """Seconds of one export, start-up included, and what it used."""
    command = [str(Path(sys.executable).parent / "flask"), "responses", "export", "--unit", province.CITY, *options]
    environ = {**os.environ, "SURVEY_DATABASE_URL": settings.database_url, "SURVEY_SECRET_KEY": settings.secret_key}
    environ["SURVEY_REPORT_DATABASE_URL"] = settings.database_url
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return seconds, used


def _bare(target: Path, settings: Settings) -> float:
    """The least that any export of these rows must do: read every row in the driver, write as many bytes."""
    columns = ", ".join(("day", "unit_id", "channel", "procedure", *(f"a{slot:02}" for slot in range(1, 23))))
    started = time.perf_counter()
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    for _ in connection.execute(f"SELECT {columns} FROM response WHERE lot IS NOT NULL"):
        pass
    connection.close()
    with target.open("rb") as source, target.with_suffix(".copy").open("wb") as copy:
        while block := source.read(1 << 20):
            copy.write(block)
    seconds = time.perf_counter() - started
    target.with_suffix(".copy").unlink()
    return seconds
