"""Start-up and memory of the processes: one that serves citizens, one that has made a report."""

import json
import subprocess
import sys
from collections.abc import Iterator

from survey.config import ROOT, Settings
from survey.extensions import writing
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import NO_GOAL, Figure
from tests.support import places

MEMORY_GOAL = 90  # MB of a citizen-serving worker
PROGRAM = """
import json, resource, sys, time
started = time.perf_counter()
from survey import create_app
app = create_app()
ready = time.perf_counter() - started
client = app.test_client()
for _ in range(50):
    assert client.get("/").status_code == 200
    assert client.get("/p/{point}").status_code == 200
if "{report}":
    import survey.reports.orders, survey.reports.preloaded
def memory():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024
print(json.dumps([ready, memory()]))
"""


def run(asked: Asked) -> Iterator[Figure]:
    """Seconds until the application is made, and resident memory after a hundred pages."""
    with databases.empty("sqlite") as settings:
        with databases.application(settings), writing() as session:
            places.build(session)
        for name, report in (("citizen worker", ""), ("report worker", "yes")):
            seconds, memory = _measured(settings, report)
            goal = NO_GOAL if report else (f"< {MEMORY_GOAL}", memory < MEMORY_GOAL)
            yield Figure(name, "start-up", seconds * 1000, "ms")
            yield Figure(name, "memory", memory, "MB", *goal)


def _measured(settings: Settings, report: str) -> tuple[float, float]:
    program = PROGRAM.replace("{point}", places.POINT).replace("{report}", report)
    environ = {
        "SURVEY_DATABASE_URL": settings.database_url,
        "SURVEY_SECRET_KEY": settings.secret_key,
        "PATH": "/usr/bin",
    }
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    )
    seconds, memory = json.loads(found.stdout)
    return float(seconds), float(memory)
