"""Importing dossiers handled: a file of many lines compared, written, and compared again without a difference."""

import time
from collections.abc import Iterator
from datetime import timedelta

from survey.domain.handled import HANDLED
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.queries import catalogue
from survey.services import handled, sheets, shipped
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import Figure
from tests.support.places import NOW

LINES, PROCEDURES = 50_000, 4


def run(asked: Asked) -> Iterator[Figure]:
    """Both databases."""
    today = local_day(NOW)
    for kind in asked.kinds:
        with databases.empty(kind) as settings, databases.application(settings):
            with writing() as session:
                shipped.install(session, NOW)
            content = _file().encode()
            started = time.perf_counter()
            lines = sheets.table(content, HANDLED)
            with writing() as session:
                found = handled.import_handled(session, lines, today)
            taken = time.perf_counter() - started
            assert len(found.added) == LINES
            started = time.perf_counter()
            with reading() as session:
                again = handled.compare_handled(session, sheets.table(content, HANDLED), today)
            assert again.is_empty
            case = f"importing {LINES:,} lines of dossiers"
            yield Figure(case, "written", LINES / taken, "lines/s", database=kind)
            yield Figure(case, "compared again", LINES / (time.perf_counter() - started), "lines/s", database=kind)


def _file() -> str:
    today = local_day(NOW)
    with reading() as session:
        units = [unit for unit in catalogue.units(session) if unit.is_open(today - timedelta(days=120))]
        codes = [procedure.code for procedure in catalogue.procedures(session)][:PROCEDURES]
    lines = (
        f"{unit.code},{code},{today - timedelta(days=day)},20,8,11,1"
        for day in range(1, 121)
        for unit in units
        for code in codes
    )
    chosen = [line for line, _ in zip(lines, range(LINES), strict=False)]
    return "\n".join(["unit_code,procedure_code,day,handled,early,on_time,late", *chosen]) + "\n"
