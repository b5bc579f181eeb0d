"""The small world with answers in it: enough in one ward, few in another, old ones of a closed district."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from survey.domain.access import Role
from survey.extensions import db, writing
from tests.support import places, recount, staff
from tests.support.places import CITY, CLOSED_POINT, DISTRICT, KIOSK, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.recount import Recount, Recounter
from tests.support.releases import release
from tests.support.responses import Plan, fill

PROCEDURE = "1.001193"


@dataclass(frozen=True)
class Answered:
    """The world, and for a recount its raw rows and what is released of them."""

    world: World
    rows: pd.DataFrame
    released: pd.DataFrame

    def count(
        self, *codes: str, start: str = "2025-12-01", end: str = "2026-11-30", channel: str = "", procedure: str = ""
    ) -> Recount:
        """An independent recount of these units alone, over whole months, of what is told wholly within them."""
        told = self.released[(self.released["first"] >= start) & (self.released["last"] <= end)]
        if channel:
            told = told[told.channel == channel]
        if procedure:
            told = told[told.procedure == procedure]
        layers = [20] * 10 if procedure else range(10)
        found = [self._of_layer(codes, told[told.layer == layer], procedure) for layer in layers]
        items = {
            item.key: found[2 + number].items[item.key]
            for number, factor in enumerate(self.world.version.factors)
            for item in factor.items
        }
        return Recount(found[0].responses, found[0].overall, found[1].factors, items)

    def _of_layer(self, codes: tuple[str, ...], told: pd.DataFrame, procedure: str) -> Recount:
        rows = self.rows
        chosen = ~rows.quarantined & rows.unit_id.isin([self.world.units[code] for code in codes])
        chosen &= rows.lot.isin(told.lot_id)
        if procedure:
            chosen &= rows.procedure == procedure
        return Recounter(rows, self.world.version).count(chosen)


def build(role: Role = Role.VIEWER, at: str = CITY) -> Answered:
    """Fill an empty database with the world, its answers, and an account."""
    with writing() as session:
        world = places.build(session)
    return give(world, role, at)


def give(world: World, role: Role = Role.VIEWER, at: str = CITY) -> Answered:
    """Give the world its answers, released as far as they may be, and an account."""
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
        fill(session, Plan(ward, world.points[KIOSK], world.version, 40, *year, channel="kiosk", silent=0.4), 9)
    release()
    staff.account(world, at, role=role)
    with db.get_engine().connect() as connection:
        rows, released = recount.read(connection), recount.read_released(connection)
    return Answered(world, rows, released)
