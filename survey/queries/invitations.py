"""Draws of invitations, the one that a link opens, and what is invited already. Session in, frozen values out.

Nothing here says who answered: that is stored nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from survey.domain.invitations import Span, Standing, Way, standing
from survey.domain.units import Unit
from survey.models import Invitation, InvitationDraw
from survey.models import Point as PointRow
from survey.queries import catalogue


@dataclass(frozen=True, slots=True)
class Draw:
    """`drawn` of `population` dossiers that were `closed` in a span were invited; links open on the days `valid`."""

    id: int
    unit: Unit
    point_code: str
    questionnaire_key: str
    way: Way
    seed: str
    population: int
    drawn: int
    closed: Span
    valid: Span
    revoked_at: datetime | None

    def standing(self, today: date) -> Standing:
        """Whether its links open the questionnaire today."""
        return Standing.OVER if self.revoked_at is not None else standing(self.valid, today)


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands behind a link; `sealed` can be read with its token alone."""

    draw: Draw
    procedure: str
    sealed: bytes


def by_hash(session: Session, token_hash: bytes) -> Opened | None:
    """The invitation of a link, None where there is none (any more)."""
    row = session.scalars(select(Invitation).where(Invitation.token_hash == token_hash)).one_or_none()
    if row is None:
        return None
    found = draw(session, row.draw_id)
    assert found is not None
    return Opened(found, row.procedure or "", row.sealed)


def draw(session: Session, draw_id: int) -> Draw | None:
    """One draw; None where there is none."""
    row = session.execute(_draws().where(InvitationDraw.id == draw_id)).one_or_none()
    return None if row is None else _draw(row[0], row[1], catalogue.unit_by_id(session, row[0].unit_id))


def of_units(session: Session, unit_ids: Iterable[int]) -> tuple[Draw, ...]:
    """The draws of these units, the newest first."""
    statement = _draws().where(InvitationDraw.unit_id.in_(list(unit_ids))).order_by(InvitationDraw.id.desc())
    rows = session.execute(statement).all()
    units = {unit.id: unit for unit in catalogue.units(session)} if rows else {}
    return tuple(_draw(row, point, units[row.unit_id]) for row, point in rows)


def invited(session: Session, unit_id: int, marks: Mapping[bytes, bytes]) -> set[bytes]:
    """Which of these marks a link of the unit that was not revoked has; as values of the mapping."""
    rows = (
        select(Invitation.dossier_hash)
        .join(InvitationDraw, InvitationDraw.id == Invitation.draw_id)
        .where(Invitation.unit_id == unit_id, InvitationDraw.revoked_at.is_(None))
    )
    return {marks[found] for found in session.scalars(rows) if found in marks}


def _draws() -> Select[InvitationDraw, PointRow]:
    return select(InvitationDraw, PointRow).join(PointRow, PointRow.id == InvitationDraw.point_id)


def _draw(row: InvitationDraw, point: PointRow, unit: Unit) -> Draw:
    return Draw(
        row.id,
        unit,
        point.code,
        point.questionnaire_key,
        Way(row.way),
        row.seed,
        row.population,
        row.drawn,
        Span(row.first, row.last),
        Span(row.opens, row.expires),
        row.revoked_at,
    )


def in_force(draws: Sequence[Draw]) -> tuple[Draw, ...]:
    """Those that were not revoked."""
    return tuple(each for each in draws if each.revoked_at is None)
