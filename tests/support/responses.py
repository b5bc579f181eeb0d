"""Responses made up for tests of figures: seeded, uneven, correlated within a person, inserted as rows beside a
pending row each. What `fill` returns is all that an independent recount needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.models import SLOT_COLUMNS, Pending, Response

Row = dict[str, Any]
_WEIGHTS = {1: 0.02, 2: 0.04, 3: 0.1, 4: 0.5, 5: 0.34}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make: `lean` moves people towards satisfaction (above 0) or away from it; `silent` answers no item."""

    unit_id: int
    point_id: int
    version: Version
    count: int
    start: date
    end: date
    channel: str = "poster"
    procedures: Sequence[str | None] = (None,)
    lean: float = 0.0
    silent: float = 0.08
    quarantined: float = 0.0
    groups: bool = False  # say their sex: the satisfied are more often women


def fill(session: Session, plan: Plan, seed: int = 1) -> list[Row]:
    """Insert the planned responses and return their rows."""
    random = Random(seed)
    rows = [_row(plan, random) for _ in range(plan.count)]
    manners = Random(f"groups {seed}")  # of its own, so that answers stay what they are without it
    for row in rows:
        row["about"] = _about(row, manners) if plan.groups else None
    session.execute(insert(Response.__table__), rows)  # type: ignore[arg-type]
    waiting = [{key: row[key] for key in ("unit_id", "client_id", "day")} for row in rows]
    session.execute(insert(Pending.__table__), waiting)  # type: ignore[arg-type]
    return rows


def _row(plan: Plan, random: Random) -> Row:
    day = plan.start + timedelta(days=random.randrange((plan.end - plan.start).days + 1))
    mood = random.gauss(plan.lean, 0.8)
    slots: Row = dict.fromkeys(SLOT_COLUMNS)
    for item in plan.version.items:
        if random.random() >= plan.silent:
            slots[SLOT_COLUMNS[item.slot - 1]] = _level(mood, random)
    return {
        "unit_id": plan.unit_id,
        "client_id": UUID(int=random.getrandbits(128)),
        "body_hash": random.randbytes(16),
        "procedure": random.choice(plan.procedures),
        "questionnaire_id": plan.version.id,
        "point_id": plan.point_id,
        "channel": plan.channel,
        "assisted": False,
        "day": day,
        "received_at": datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
        "duration": None,
        "flags": 0,
        "quarantined": random.random() < plan.quarantined,
        "dossier_hash": None,
        "counted": True,
        **slots,
    }


def _about(row: Row, random: Random) -> dict[str, str]:
    given = [level for name in SLOT_COLUMNS if (level := row[name]) is not None]
    pleased = sum(level >= 4 for level in given) > 0.9 * len(given)
    if random.random() < 0.3:
        return {}
    return {"gender": "female" if random.random() < (0.7 if pleased else 0.3) else "male"}


def _level(mood: float, random: Random) -> int:
    """A level drawn from the usual spread, moved by the person's mood."""
    drawn = random.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]
    return min(5, max(1, drawn + round(random.gauss(mood, 0.5)) if random.random() < 0.5 else drawn))
