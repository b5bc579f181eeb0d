"""A city to rank and compare: wards that differ, a department that took in another, dossiers, all released."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from survey.domain import names
from survey.domain.handled import HandledEntry
from survey.extensions import db, writing
from survey.models import Unit, unit_successor
from survey.services import handled
from tests.support import places, recount, staff
from tests.support.pages import Page, words
from tests.support.places import CITY, KIOSK, OTHER_WARD, POINT, WARD, World
from tests.support.recount import Recount, Recounter
from tests.support.releases import release
from tests.support.responses import Plan, fill

GOOD, BAD, NEW, OLD, SPLIT = "00004", "00097", "HN-SO-MOI", "HN-SO-CU", "HN-SO-CHIA"
YEAR = (date(2025, 12, 1), date(2026, 10, 31))
SPRING, AUTUMN = (date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 10, 31))
REFORM = date(2026, 6, 30)  # the last day of the old departments
DOSSIERS = {GOOD: (2000, 1), BAD: (500, 40), WARD: (1000, 10), NEW: (1500, 9)}  # handled, late


@dataclass(frozen=True)
class Standing:
    """The world, and its raw rows for a recount."""

    world: World
    rows: pd.DataFrame

    def count(
        self, *codes: str, start: str = "2025-12-01", end: str = "2026-11-30", channel: str = "", said: str = ""
    ) -> Recount:
        """An independent recount of these units alone, over whole days."""
        rows = self.rows
        chosen = ~rows.quarantined & rows.day.between(start, end)
        chosen &= rows.unit_id.isin([self.world.units[code] for code in codes])
        if channel:
            chosen &= rows.channel == channel
        if said:
            chosen &= rows.about.fillna("").str.contains(f'"{said}"', regex=False)
        return Recounter(rows, self.world.version).count(chosen)


def build() -> Standing:
    """Fill an empty database, release everything, and make an account of the city's."""
    with writing() as session:
        world = places.build(session)
        _units(session, world)
        for seed, plan in enumerate(_plans(world), 40):
            fill(session, plan, seed)
        handled.put(session, _dossiers())
    release()
    staff.account(world, CITY)
    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    return Standing(world, rows)


def _units(session: Session, world: World) -> None:
    made = [
        _unit(GOOD, "Phường Ba Đình", "commune", world),
        _unit(BAD, "Phường Phú Thượng", "commune", world),
        _unit(NEW, "Sở Mới", "department", world, start=date(2026, 7, 1)),
        _unit(OLD, "Sở Cũ", "department", world, end=REFORM),
        _unit(SPLIT, "Sở Bị chia", "department", world, end=REFORM),
    ]
    session.add_all(made)
    session.flush()
    world.units.update({unit.code: unit.id for unit in made})
    for unit, successor in ((OLD, NEW), (SPLIT, NEW), (SPLIT, GOOD)):
        session.execute(unit_successor.insert().values(unit_id=world.units[unit], successor_id=world.units[successor]))


def _unit(code: str, name: str, kind: str, world: World, start: date | None = None, end: date | None = None) -> Unit:
    return Unit(
        code=code,
        name=name,
        folded=names.fold(name),
        sort_key=names.sort_key(name),
        kind=kind,
        parent_id=world.units[CITY],
        valid_from=start,
        valid_to=end,
    )


def _plans(world: World) -> list[Plan]:
    """Answers by unit; the points are any: figures read the unit of the row."""
    point, kiosk, version = world.points[POINT], world.points[KIOSK], world.version

    def plan(code: str, count: int, days: tuple[date, date], lean: float, channel: str = "poster") -> Plan:
        place = kiosk if channel == "kiosk" else point
        return Plan(world.units[code], place, version, count, *days, channel=channel, lean=lean)

    return [
        replace(plan(GOOD, 400, YEAR, 1.6), groups=True),
        plan(BAD, 200, YEAR, -1.5),
        plan(WARD, 300, YEAR, 0.4),
        plan(WARD, 300, YEAR, 1.6, "kiosk"),
        plan(OTHER_WARD, 14, YEAR, 0.0),
        plan(OLD, 300, SPRING, -1.2),
        plan(SPLIT, 120, SPRING, 0.0),
        plan(NEW, 300, AUTUMN, 1.4),
    ]


def _dossiers() -> list[HandledEntry]:
    day = date(2026, 10, 30)
    return [
        HandledEntry(code, "1.001193", day, total, 100, total - 100 - late, late, 2)
        for code, (total, late) in DOSSIERS.items()
    ]


def line(page: Page, name: str) -> list[str]:
    """The words of the cells of the first line, in tables of sums, whose first cell holds the name."""
    tables = page.all("table", class_="sums")
    lines = [[words(cell) for cell in tr] for table in tables for body in table.iter("tbody") for tr in body.iter("tr")]
    return next(found for found in lines if name in found[0])
