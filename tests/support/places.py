"""A small world for tests: a city with two wards and a closed district, points, and the shipped questionnaires."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.config import ROOT
from survey.domain import authoring, names
from survey.domain.questionnaire import Version
from survey.models import Point, Procedure, Unit
from survey.services import questionnaires

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # Tuesday, 09:00 in Hà Nội
TODAY = date(2026, 11, 24)
WARD, OTHER_WARD, DISTRICT, CITY = "00166", "00070", "005", "HN"
POINT, OTHER_POINT, KIOSK, CLOSED_POINT, QUICK_POINT = "K7QAMX", "M4XNHR", "KQ33WA", "D4DEAD", "Q7CKHA"


@dataclass(frozen=True, slots=True)
class World:
    """What was made: the versions by key, and the row ids of units and points by code."""

    versions: dict[str, Version]
    units: dict[str, int]
    points: dict[str, int]

    @property
    def version(self) -> Version:
        """The default questionnaire."""
        return self.versions["sipas-2024"]


@cache  # reading the YAML is half of building the world
def draft(name: str) -> authoring.Draft:
    """One of the shipped questionnaires, checked."""
    path: Path = ROOT / "survey" / "questionnaires" / f"{name}.yaml"
    return authoring.check(yaml.safe_load(path.read_text("utf-8")))


def build(session: Session) -> World:
    """Fill an empty database with the small world."""
    versions = {name: questionnaires.publish(session, draft(name), NOW) for name in ("sipas-2024", "quick")}
    city = _unit(CITY, "Thành phố Hà Nội", "city", None)
    session.add(city)
    session.flush()
    units = [
        _unit(WARD, "UBND phường Cầu Giấy", "commune", city.id, start=date(2025, 7, 1)),
        _unit(OTHER_WARD, "UBND phường Hoàn Kiếm", "commune", city.id, start=date(2025, 7, 1)),
        _unit(DISTRICT, "UBND quận Cầu Giấy", "district", city.id, end=date(2025, 6, 30)),
    ]
    session.add_all(units)
    session.add(Procedure(code="1.001193", name="Đăng ký khai sinh", domain_name="Hộ tịch", sort_key="1"))
    session.flush()
    ids = {unit.code: unit.id for unit in (city, *units)}
    session.add_all(
        [
            _point(POINT, ids[WARD], "poster"),
            _point(OTHER_POINT, ids[OTHER_WARD], "poster"),
            _point(KIOSK, ids[WARD], "kiosk"),
            _point(CLOSED_POINT, ids[DISTRICT], "poster"),
            _point(QUICK_POINT, ids[OTHER_WARD], "kiosk", "quick"),
        ]
    )
    session.flush()
    return World(versions, ids, {point.code: point.id for point in session.scalars(select(Point))})


def _unit(
    code: str, name: str, kind: str, parent_id: int | None, start: date | None = None, end: date | None = None
) -> Unit:
    return Unit(
        code=code,
        name=name,
        folded=names.fold(name),
        sort_key=names.sort_key(name),
        kind=kind,
        parent_id=parent_id,
        valid_from=start,
        valid_to=end,
    )


def _point(code: str, unit_id: int, kind: str, questionnaire: str = "sipas-2024") -> Point:
    return Point(code=code, unit_id=unit_id, kind=kind, label="Quầy 1", questionnaire_key=questionnaire)
