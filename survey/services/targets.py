"""Imports a plan's targets and other sources' figures, by the same rules as the rest of the catalogue."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain import catalogue
from survey.domain.catalogue import IndicatorEntry, TargetEntry
from survey.domain.differences import Difference, difference
from survey.domain.lines import KEY
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE, Line
from survey.models import Indicator, Target, Unit
from survey.queries import entries
from survey.services.catalogue import Progress, alone, save, silent, sound


def compare_targets(session: Session, lines: Iterable[Line], unit_code: str, year: int) -> Difference:
    """What importing the targets of that unit and year would change; raises InvalidError with every bad line."""
    return _targets(session, lines, unit_code, year)[0]


def import_targets(
    session: Session, lines: Iterable[Line], unit_code: str, year: int, progress: Progress = silent
) -> Difference:
    """Set the targets of that unit and all below it from that year on; raises InvalidError with every bad line."""
    alone(session, Target.__tablename__)
    found, wanted, unit_id = _targets(session, lines, unit_code, year)
    values = {
        key: {"unit_id": unit_id, "year": year, "kind": key, "name": entry.name, "percent": entry.percent}
        for key, entry in wanted.items()
    }
    save(session, Target, found, values, progress)
    return found


def compare_indicators(session: Session, lines: Iterable[Line], year: int, kind: str) -> Difference:
    """What importing figures of that year and kind would change; raises InvalidError with every bad line."""
    return _indicators(session, lines, year, kind)[0]


def import_indicators(
    session: Session, lines: Iterable[Line], year: int, kind: str, progress: Progress = silent
) -> Difference:
    """Add and change the figures of that year and kind; raises InvalidError with every bad line."""
    alone(session, Indicator.__tablename__)
    found, wanted = _indicators(session, lines, year, kind)
    ids = _unit_ids(session)
    values = {
        key: {
            "unit_id": ids[key],
            "year": year,
            "kind": kind,
            "group": entry.group,
            "position": entry.position or None,
            "value": entry.value,
        }
        for key, entry in wanted.items()
    }
    save(session, Indicator, found, values, progress)
    return found


def _targets(
    session: Session, lines: Iterable[Line], unit_code: str, year: int
) -> tuple[Difference, Mapping[str, TargetEntry], int]:
    unit_id = _unit_ids(session).get(unit_code)
    if unit_id is None:
        raise InvalidError([Problem(FILE, "unit_unknown", {"value": unit_code})])
    wanted = sound(catalogue.targets(lines))
    return difference(entries.targets(session, unit_id, year), wanted), wanted, unit_id


def _indicators(
    session: Session, lines: Iterable[Line], year: int, kind: str
) -> tuple[Difference, Mapping[str, IndicatorEntry]]:
    if not KEY.fullmatch(kind):
        raise InvalidError([Problem(FILE, "key_bad", {"column": "kind", "value": kind})])
    wanted = sound(catalogue.indicators(lines, _unit_ids(session).keys()))
    return difference(entries.indicators(session, year, kind), wanted), wanted


def _unit_ids(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Unit.code, Unit.id)).all())
