"""The small world with answers in it: enough in one ward, few in another, old ones of a closed district."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from survey.domain.access import Role
from survey.extensions import db, refreshing, writing
from survey.services import tallies
from tests.support import places, recount, staff
from tests.support.places import CITY, CLOSED_POINT, DISTRICT, KIOSK, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.recount import Recount, Recounter
from tests.support.responses import Plan, fill

PROCEDURE = "1.001193"


@dataclass(frozen=True)
class Answered:
    """The world, and its raw rows for a recount."""

    world: World
    rows: pd.DataFrame

    def count(
        self, *codes: str, start: str = "2025-12-01", end: str = "2026-11-30", channel: str = "", procedure: str = ""
    ) -> Recount:
        """An independent recount of these units alone, over whole days."""
        rows = self.rows
        chosen = ~rows.quarantined & rows.day.between(start, end)
        chosen &= rows.unit_id.isin([self.world.units[code] for code in codes])
        if channel:
            chosen &= rows.channel == channel
        if procedure:
            chosen &= rows.procedure == procedure
        return Recounter(rows, self.world.version).count(chosen)


def build(role: Role = Role.VIEWER, at: str = CITY) -> Answered:
    """Fill an empty database with the world, its answers, and an account."""
    with writing() as session:
        world = places.build(session)
    return give(world, role, at)


def give(world: World, role: Role = Role.VIEWER, at: str = CITY) -> Answered:
    """Give the world its answers and an account; most are in tallies, those of the kiosk are still pending."""
    ward, other, district = world.units[WARD], world.units[OTHER_WARD], world.units[DISTRICT]
    year, old = (date(2025, 12, 1), date(2026, 11, 24)), (date(2025, 1, 1), date(2025, 6, 30))
    both = (PROCEDURE, None)
    plans = (
        Plan(ward, world.points[POINT], world.version, 300, *year, procedures=both, lean=0.6, quarantined=0.05),
        Plan(other, world.points[OTHER_POINT], world.version, 14, *year, lean=-0.3),
        Plan(district, world.points[CLOSED_POINT], world.version, 60, *old),
    )
    with writing() as session:
        for seed, plan in enumerate(plans):
            fill(session, plan, seed)
    with refreshing() as session:
        tallies.refresh(session)
    with writing() as session:
        fill(session, Plan(ward, world.points[KIOSK], world.version, 40, *year, channel="kiosk", silent=0.4), 9)
    staff.account(world, at, role=role)
    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    return Answered(world, rows)
