"""make soak: kiosks, phones and staff at once for minutes; no errors, level memory, no leak, right figures."""

import os
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from survey.config import Settings
from tests.faults import load
from tests.faults.load import Sent, answers, put
from tests.processes.test_server import call, staff_session
from tests.support import places, staff
from tests.support.clusters import Cluster
from tests.support.places import World
from tests.support.servers import Server, serving

SECONDS = int(os.environ.get("SURVEY_SOAK_SECONDS", "600"))
PROCESSES = 2
KIOSKS, PHONES, STAFF = 4, 3, 1
QUEUE = 20  # answers that a kiosk holds ready
FILES = ("rates.csv", "rates.xlsx", "charts/overview.svg", "")
GROWTH = 1.10  # of memory, from the second quarter of the time to its end


class Hour:
    """A busy hour, as short as it is asked for: who sends and reads, and what came of it."""

    def __init__(self, server: Server, settings: Settings, world: World) -> None:
        self.server, self.settings, self.world = server, settings, world
        self.over, self.numbers = Event(), count()
        self.statuses: Counter[str] = Counter()
        self.sent: list[Sent] = []
        self.phones: set[UUID] = set()

    def kiosk(self) -> None:
        while not self.over.is_set():
            made = answers(self.settings, self.world, QUEUE, start=next(self.numbers) * QUEUE)
            for one in made:
                self.statuses[f"kiosk {put(self.server.url, one)[0]}"] += 1
            self.sent.extend(made)

    def phone(self) -> None:
        levels = {item.key: 4 for item in self.world.version.items if item.condition is None}
        while not self.over.is_set():
            pages = [call(self.server, "GET", path)[0] for path in ("/", f"/p/{places.POINT}")]
            status, issued = call(self.server, "POST", "/api/v1/tickets", {"point": places.POINT})
            body = {"point": places.POINT, "ticket": issued["ticket"], "questionnaire": self.world.version.name}
            path = f"/api/v1/responses/{issued['client_id']}"
            taken, _ = call(self.server, "PUT", path, {**body, "answers": levels})
            self.sent.append((UUID(issued["client_id"]), {}))
            self.statuses.update(f"phone {one}" for one in (*pages, status, taken))

    def reader(self) -> None:
        opened = staff_session(self.server)
        while not self.over.is_set():
            for name in FILES:
                self.statuses[f"staff {'file' if opened(f'/staff/{name}') else 'nothing'}"] += 1

    def run(self, sample: Callable[[], "Sample"]) -> "list[Sample]":
        """Everybody until the time is up; a sample every fiftieth of it."""
        everybody = [self.kiosk] * KIOSKS + [self.phone] * PHONES + [self.reader] * STAFF
        samples = []
        with ThreadPoolExecutor(len(everybody)) as pool:
            running = [pool.submit(one) for one in everybody]
            end = time.monotonic() + SECONDS
            try:
                while time.monotonic() < end and not any(one.done() for one in running):
                    samples.append(sample())
                    self.over.wait(SECONDS / 50)
            finally:
                self.over.set()
            for one in running:
                one.result()
        return samples


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory of the processes that serve and of the one that refreshes, in kB, and the database's connections."""

    workers: int
    refresher: int
    connections: int


def crew(server: Server) -> tuple[list[int], int]:
    """The ids of all processes that serve, once they are there, and of the one that refreshes."""
    for _ in range(PROCESSES):
        server.says("Booting worker with pid")
    roles = {pid: b"refresher" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in server.children}
    assert sorted(roles.values()) == [*[False] * PROCESSES, True]
    return [pid for pid, refreshes in roles.items() if not refreshes], next(pid for pid in roles if roles[pid])


def private_memory(pid: int) -> int:
    """kB that are this process's own."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


@pytest.mark.long
@pytest.mark.timeout(SECONDS + 300)
def test_a_busy_hour(own_cluster: Cluster, on_cluster: tuple[Settings, World]) -> None:
    settings, world = on_cluster
    staff.account(world, places.CITY)
    engine = create_engine(own_cluster.url, isolation_level="AUTOCOMMIT")
    asking = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    with (
        engine.connect() as operator,
        serving(settings.database_url, settings.secret_key, WORKERS=str(PROCESSES), REFRESH_SECONDS="5") as server,
    ):
        workers, refresher = crew(server)

        def sample() -> Sample:
            asked = operator.exec_driver_sql(asking).scalar() or 0
            return Sample(sum(map(private_memory, workers)), private_memory(refresher), asked)

        hour = Hour(server, settings, world)
        samples = hour.run(sample)
        assert all(map(private_memory, (*workers, refresher))), "a process has died"
    engine.dispose()
    later = samples[len(samples) // 4 :]
    print(f"\n{SECONDS} s: {dict(sorted(hour.statuses.items()))}, {len(hour.sent)} answers")
    for name in ("workers", "refresher", "connections"):
        values = [getattr(one, name) for one in later]
        print(f"{name}: {values[0]} after a quarter, {max(values)} at most, {values[-1]} at the end")
    assert set(hour.statuses) <= {"kiosk 201", "phone 200", "phone 201", "staff file"}
    assert load.is_exact(hour.sent)
    assert later[-1].workers <= later[0].workers * GROWTH
    assert max(one.connections for one in later) <= 40
