"""Taking responses: the PUT with its ticket in hand over the whole HTTP path, wrk on the same cores as the server."""

import json
import re
import secrets
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from survey.config import Settings
from survey.domain import tickets
from survey.extensions import db, reading, writing
from survey.models import Pending, Response
from tests.bench import databases
from tests.bench.asked import Asked
from tests.bench.figures import NO_GOAL, Figure, least, most
from tests.support import places
from tests.support.places import World
from tests.support.servers import serving

CLIENTS = (1, 8, 32, 128)
SECONDS = 6
ENOUGH = 1_500  # requests a second that no case reaches: so many are prepared
GOALS = {"sqlite": 500, "postgresql": 400}
SLOWEST = 250  # ms, 99th percentile at 32 clients
# Every thread of wrk takes its own lines of the file, and stops when they are used up: no request is sent twice.
SCRIPT = """
local counter = 0
function setup(thread) thread:set("offset", counter); counter = counter + 1 end
function init(args)
  lines, next_line = {}, 1
  local number = 0
  for line in io.lines(args[1]) do
    if number % tonumber(args[2]) == offset then lines[#lines + 1] = line end
    number = number + 1
  end
end
function request()
  local line = lines[next_line]
  next_line = next_line + 1
  if not line then wrk.thread:stop() return wrk.format("GET", "/healthz") end
  local path = "/api/v1/responses/" .. line:sub(1, 36)
  return wrk.format("PUT", path, {["Content-Type"] = "application/json"}, line:sub(38))
end
done = function(summary, latency)
  local e = summary.errors
  local failed = e.status + e.connect + e.read + e.write + e.timeout
  local median, slow = latency:percentile(50) / 1000, latency:percentile(99) / 1000
  io.write(string.format("RESULT %d %d %d %.3f %.3f\\n", summary.requests, summary.duration, failed, median, slow))
end
"""


def run(asked: Asked) -> Iterator[Figure]:
    """Each database at each number of clients, and the bare insert of the same rows beside it."""
    for kind in asked.kinds:
        with databases.empty(kind) as settings, databases.application(settings):
            with writing() as session:
                world = places.build(session)
            yield _bare_insert(kind, settings, world)
            with serving(settings.database_url, settings.secret_key, WORKERS="2", THREADS="16") as server:
                for clients in CLIENTS:
                    yield from _load(kind, settings, world, server.url, clients)


def _load(kind: str, settings: Settings, world: World, url: str, clients: int) -> Iterator[Figure]:
    threads = min(2, clients)
    file = databases.FOLDER / "responses.txt"
    file.write_text("".join(_lines(settings, world, ENOUGH * SECONDS)))
    script = Path(databases.FOLDER / "put.lua")
    script.write_text(SCRIPT)
    with reading() as session:
        before = session.scalar(select(func.count()).select_from(Response)) or 0
    command = ["wrk", f"-t{threads}", f"-c{clients}", f"-d{SECONDS}s", "--timeout", "20s", "-s", str(script), url]
    answer = subprocess.run([*command, "--", str(file), str(threads)], check=True, capture_output=True, text=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)", answer.stdout)
    assert found is not None, answer.stdout
    sent, microseconds, errors, median, slow = (float(value) for value in found.groups())
    with reading() as session:
        held = (session.scalar(select(func.count()).select_from(Response)) or 0) - before
    name = f"accept, {clients} clients"
    rate, decisive = (sent - errors) * 1e6 / microseconds, clients == 32
    goal = least(rate, GOALS[kind]) if decisive else NO_GOAL
    yield Figure(name, "accepted", rate, "/s", *goal, database=kind)
    yield Figure(name, "median", median, "ms", database=kind)
    yield Figure(name, "99 %", slow, "ms", *(most(slow, SLOWEST) if decisive else NO_GOAL), database=kind)
    # wrk stops with requests in flight: those may be held without having been counted, never the other way round.
    yield Figure(
        name, "acknowledged and not held", max(0.0, sent - errors - held), "", "0", held >= sent - errors, kind
    )
    yield Figure(name, "errors", errors, "", "0", errors == 0, database=kind)


def _lines(settings: Settings, world: World, count: int) -> Iterator[str]:
    now = datetime.now(UTC)
    levels = {item.key: 4 for item in world.version.items}
    for _ in range(count):
        client_id = tickets.new_client_id(now, secrets.token_bytes(10))
        ticket = tickets.issue(settings.secret_key, client_id, places.POINT, now)
        body = {"point": places.POINT, "ticket": ticket, "questionnaire": world.version.name, "answers": levels}
        yield f"{client_id} {json.dumps(body)}\n"


def _bare_insert(kind: str, settings: Settings, world: World, count: int = 1_000) -> Figure:
    """The same rows by the driver alone, a transaction each, from one process: what the disk allows."""
    engine, table = db.get_engine(), Response.__table__
    row = {
        "unit_id": world.units[places.WARD],
        "body_hash": b"0" * 16,
        "questionnaire_id": world.version.id,
        "point_id": world.points[places.POINT],
        "channel": "poster",
        "assisted": False,
        "day": places.TODAY,
        "received_at": places.NOW,
        "flags": 0,
        "quarantined": False,
        "counted": True,
        **{f"a{item.slot:02}": 4 for item in world.version.items},
    }
    rows = [{**row, "client_id": tickets.new_client_id(places.NOW, secrets.token_bytes(10))} for _ in range(count)]
    started = time.perf_counter()
    for values in rows:
        with engine.begin() as connection:
            connection.execute(insert(table), values)  # type: ignore[arg-type]
            waiting = {name: values[name] for name in ("unit_id", "client_id", "day")}
            connection.execute(insert(Pending.__table__), waiting)  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    with writing() as session:
        session.execute(delete(Pending))
        session.execute(delete(Response))
    return Figure("accept", "bare INSERT loop, one process", count / seconds, "/s", database=kind)
