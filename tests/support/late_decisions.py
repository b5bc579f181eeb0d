"""Decisions of inspectors on answers that were released before, and what they take back, in a random small database."""

from collections import defaultdict
from random import Random

from sqlalchemy import select, update

from survey.cli import releasing
from survey.domain.disclosure import rounds
from survey.domain.quality import Flag
from survey.extensions import reading, writing
from survey.models import Quarantine, Response
from tests.support.attacker import Unknown
from tests.support.histories import ITEMS, LEAST, MONTHS, PHASES, History

NOW = PHASES[-1][0]


def start(history: History) -> None:
    """Give every answer a flag, and every unit a decision: of which answers is then drawn for each step."""
    with writing() as session:
        session.execute(update(Response).values(flags=int(Flag.FAST)))
        for unit_id, point_id in history.points.items():
            session.add(
                Quarantine(
                    unit_id=unit_id,
                    point_id=point_id,
                    flag=int(Flag.FAST),
                    first=MONTHS[0].first,
                    last=MONTHS[-1].last,
                    answers=LEAST,
                    reason="x",
                    decided_by="x",
                    decided_at=NOW,
                )
            )


def step(random: Random, share: float) -> None:
    """Bring a share of the answers of some offices and months to the other side, and release."""
    with writing() as session:
        rows = session.execute(
            select(Response.unit_id, Response.client_id, Response.day, Response.quarantined, Response.procedure)
        ).all()
        cells = sorted({(row.unit_id, row.day.month) for row in rows})
        chosen = {cell: random.choice((0.0, share, share, share, 1.0)) for cell in cells}
        side = random.random() < 0.7
        for row in sorted(rows, key=lambda each: each.client_id):
            if random.random() < chosen[row.unit_id, row.day.month]:
                session.execute(
                    update(Response)
                    .where(Response.unit_id == row.unit_id, Response.client_id == row.client_id)
                    .values(quarantined=side)
                )
    releasing.release(rounds.everything(NOW, LEAST))


def followed_at_once(history: History) -> list[frozenset[Unknown]]:
    """What lots would show if every decision that leaves enough people changed them at once."""
    left: defaultdict[int, set[int]] = defaultdict(set)
    with reading() as session:
        rows = session.execute(select(Response.client_id, Response.lot, Response.quarantined)).all()
    for row in rows:
        if row.lot is not None and not row.quarantined:
            left[row.lot].add(row.client_id.int - 1)
    return [
        frozenset((form, item) for form in forms for item in ITEMS if history.forms[form].levels[item])
        for forms in left.values()
        if len(forms) >= LEAST
    ]
