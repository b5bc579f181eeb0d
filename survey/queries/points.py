"""Collection points with their unit. Session in, frozen values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from survey.domain.points import Channel, PointKind, channel_of, normal_code
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.models import Point as PointRow
from survey.models import Questionnaire as QuestionnaireRow
from survey.models import Unit as UnitRow
from survey.queries import catalogue, questionnaires


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


def _asked() -> Select[*tuple[Any, ...]]:
    """A point by its code, its unit with those above it, and a version of a questionnaire where there is that one.

    Built once: the one statement by which a response that comes in is understood.
    """
    point, version = PointRow.__table__, QuestionnaireRow.__table__
    here = select(point.c.unit_id).where(point.c.code == bindparam("code")).scalar_subquery()
    above = catalogue.above(UnitRow.__table__.c.id == here)
    columns: list[Any] = [point.c[name].label(f"point_{name}") for name in _COLUMNS]
    columns += [version.c[name].label(f"version_{name}") for name in ("id", "version", "sha256")]
    is_it = and_(version.c.key == bindparam("key"), version.c.version == bindparam("number"))
    joined = above.join(point, point.c.code == bindparam("code")).outerjoin(version, is_it)
    found: Select[*tuple[Any, ...]] = select(*above.c, *columns).select_from(joined).order_by(above.c.height)
    return found


_COLUMNS = ("id", "code", "kind", "label", "questionnaire_key")
_ASKED = _asked()
_NO_NAME = ("", 0)


def asked(session: Session, code: str, questionnaire: str) -> tuple[Point | None, Version | None]:
    """The point with this public code, however it was typed, and the version with this name; None for what is not."""
    key, number = questionnaires.parted(questionnaire) or _NO_NAME
    given = {"code": normal_code(code), "key": key, "number": number}
    rows = session.connection().execute(_ASKED, given).all()
    if not rows:
        return None, None
    found = rows[0]
    point = Point(
        found.point_id,
        found.point_code,
        catalogue.lowest(rows),
        PointKind(found.point_kind),
        found.point_label,
        found.point_questionnaire_key,
    )
    if found.version_id is None:
        return point, None
    return point, questionnaires.known(session, found.version_id, found.version_version, found.version_sha256)


def by_code(session: Session, code: str) -> Point | None:
    """The point with this public code, however it was typed; None when there is none."""
    return asked(session, code, "")[0]


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
