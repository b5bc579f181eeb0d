"""Collection points with their unit. Session in, frozen values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from survey.domain.points import Channel, PointKind, channel_of, normal_code
from survey.domain.units import Unit
from survey.models import Point as PointRow
from survey.queries import catalogue


@dataclass(frozen=True, slots=True)
class Point:
    """A collection point and the unit that it stands in."""

    id: int
    code: str
    unit: Unit
    kind: PointKind
    label: str
    questionnaire_key: str

    @property
    def channel(self) -> Channel:
        return channel_of(self.kind)


# Built once and asked of the connection: a statement of every response that comes in.
_TABLE = PointRow.__table__.c
_BY_CODE = select(_TABLE.id, _TABLE.code, _TABLE.unit_id, _TABLE.kind, _TABLE.label, _TABLE.questionnaire_key).where(
    _TABLE.code == bindparam("code")
)


def by_code(session: Session, code: str) -> Point | None:
    """The point with this public code, however it was typed; None when there is none."""
    row = session.connection().execute(_BY_CODE, {"code": normal_code(code)}).one_or_none()
    return None if row is None else _point(row, catalogue.unit_by_id(session, row.unit_id))


def of_units(session: Session, unit_ids: Iterable[int]) -> tuple[Point, ...]:
    """The points of these units, by unit in Vietnamese order, then by code."""
    found = _points(session, select(PointRow).where(PointRow.unit_id.in_(set(unit_ids))))
    return tuple(sorted(found, key=lambda point: (point.unit.sort_key, point.code)))


def _points(session: Session, statement: Select[PointRow]) -> list[Point]:
    rows = list(session.scalars(statement))
    units = {unit.id: unit for unit in catalogue.units(session)} if rows else {}
    return [_point(row, units[row.unit_id]) for row in rows]


def _point(row: Any, unit: Unit) -> Point:
    return Point(row.id, row.code, unit, PointKind(row.kind), row.label, row.questionnaire_key)
