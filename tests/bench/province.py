"""A province to measure on: Hà Nội's offices, the questionnaire of 22 items, a year of responses that were released.

Made once for each number of responses and shape of the tables, through services alone, and kept in .cache as a SQLite
file; PostgreSQL gets a copy of it for as long as a case runs.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from survey.cli import releasing
from survey.config import ROOT, Settings
from survey.demo import crowd, dossiers, offices
from survey.demo.crowd import Crowd, Seat
from survey.demo.offices import Office, Plan
from survey.domain.access import Role
from survey.domain.disclosure import rounds
from survey.domain.periods import Period, local_day, year_to
from survey.domain.points import PointKind
from survey.domain.questionnaire import Version
from survey.extensions import writing
from survey.models import Base
from survey.queries import catalogue, questionnaires
from survey.services import handled, points, shipped, staff
from tests.bench import databases
from tests.support import postgresql
from tests.support.databases import migrate, settings_for
from tests.support.places import NOW
from tests.support.staff import EMAIL, PASSWORD

CITY, QUESTIONNAIRE, SEED = "HN", "sipas-2017", 1
YESTERDAY = local_day(NOW) - timedelta(days=1)
YEAR = Period(year_to(YESTERDAY).start, YESTERDAY)
BUSY = 1.2  # from this weight on an office has a kiosk besides its poster


def file(responses: int) -> Path:
    """The province's SQLite file, made now when there is none of this size and shape."""
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    path = databases.FOLDER / f"province-{responses}-{head}.sqlite3"
    if not path.exists():
        fresh = path.with_suffix(".making")
        _remove(fresh)
        url = f"sqlite:///{fresh}"
        migrate(url)
        made = _make(settings_for(url), responses)
        path.with_suffix(".json").write_text(json.dumps(made))
        with sqlite3.connect(fresh) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("ANALYZE")
        fresh.rename(path)
        _remove(fresh)
    return path


def making(responses: int) -> dict[str, float]:
    """How long each step took when the file was made, in seconds."""
    found: dict[str, float] = json.loads(file(responses).with_suffix(".json").read_text())
    return found


@contextmanager
def opened(kind: str, responses: int, *, changed: bool = False) -> Iterator[Settings]:
    """Settings on the province. `changed` gives a copy that a case may write to; PostgreSQL's is always one."""
    path = file(responses)
    if kind == "postgresql":
        with postgresql.server() as server, postgresql.database(server, "survey_bench_province") as url:
            migrate(url)
            _copy(path, url)
            yield settings_for(url)
        return
    copy = path.with_suffix(".copy")
    if changed:
        shutil.copy(path, copy)
    yield settings_for(f"sqlite:///{copy if changed else path}")
    _remove(copy)


def _make(settings: Settings, responses: int) -> dict[str, float]:
    seconds: dict[str, float] = {}
    with databases.application(settings):
        with writing() as session:
            shipped.install(session, NOW)
        started = time.perf_counter()
        load(settings, responses)
        seconds["load"] = time.perf_counter() - started
        started = time.perf_counter()
        releasing.take_up()
        seconds["take up"] = time.perf_counter() - started
        started = time.perf_counter()
        releasing.release(rounds.everything(NOW, settings.shown_minimum))
        seconds["release"] = time.perf_counter() - started
    return seconds


def load(settings: Settings, responses: int) -> None:
    """Points, responses, dossiers and a reader's account; each office in a transaction of its own."""
    random = Random(SEED)
    with writing() as session:
        version = questionnaires.latest(session, QUESTIONNAIRE)
        assert version is not None
        units = catalogue.units(session)
        drawn = offices.draw((unit for unit in units if unit.is_open(YESTERDAY)), random)
        seats = [_seat(session, office, version, random) for office in drawn]
        procedures = [procedure.code for procedure in catalogue.procedures(session)]
        handled.put(session, dossiers.reported(drawn, procedures, YEAR, random))
        city = next(unit.id for unit in units if unit.code == CITY)
        staff.create(session, EMAIL, "Nguyễn Thị Hạnh", Role.VIEWER, city, PASSWORD)
    weight = sum(office.weight for office in drawn)
    made = 0
    for number, seat in enumerate(seats, start=1):
        share = round(responses * sum(office.weight for office in drawn[:number]) / weight) - made
        made += share
        with writing() as session:
            crowd.come(
                session,
                [seat],
                Crowd(YEAR, share, procedures, settings.secret_key, shares=True),
                random,
                lambda done: None,
            )


def _seat(session: Any, office: Office, version: Version, random: Random) -> Seat:
    kinds = (PointKind.POSTER, PointKind.KIOSK) if office.weight > BUSY else (PointKind.POSTER,)
    plans = tuple(Plan(kind, QUESTIONNAIRE, offices.SHARE_OF_KIND[kind]) for kind in kinds)
    made = [points.create(session, office.unit.code, plan.kind, plan.label, QUESTIONNAIRE, random) for plan in plans]
    return Seat(replace(office, plans=plans), tuple((point, version) for point in made))


def _copy(path: Path, url: str) -> None:
    """Every row into an empty PostgreSQL database, without its checks of foreign keys: SQLite made them."""
    engine = create_engine(url)
    source = sqlite3.connect(path)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        cursor = connection.connection.cursor()
        for table in Base.metadata.sorted_tables:
            names = [column.name for column in table.columns]
            columns = ", ".join(f'"{name}"' for name in names)
            rows = source.execute(f'SELECT {columns} FROM "{table.name}"')
            with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            if "id" in names:
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
                        f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"), false)'
                    )
                )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    source.close()
    engine.dispose()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
