"""The stored catalogue in the form of its import files: entries by key, so that a file can be compared with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from survey.domain.catalogue import IndicatorEntry, ProcedureEntry, TargetEntry, UnitEntry
from survey.models import Indicator, Procedure, Target, Unit, unit_successor


def units(session: Session) -> dict[str, UnitEntry]:
    """Every unit by code."""
    codes = dict(session.execute(select(Unit.id, Unit.code)).all())
    replaced_by: dict[int, list[str]] = {}
    for unit_id, successor_id in session.execute(select(unit_successor.c.unit_id, unit_successor.c.successor_id)):
        replaced_by.setdefault(unit_id, []).append(codes[successor_id])
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.valid_from, Unit.valid_to)
    )
    return {
        row.code: UnitEntry(
            row.code,
            row.name,
            row.kind,
            "" if row.parent_id is None else codes[row.parent_id],
            row.valid_from,
            row.valid_to,
            tuple(sorted(replaced_by.get(row.id, ()))),
        )
        for row in rows
    }


def procedures(session: Session) -> dict[str, ProcedureEntry]:
    """Every procedure by code."""
    rows = session.execute(select(Procedure.code, Procedure.name, Procedure.domain_name))
    return {code: ProcedureEntry(code, name, domain_name) for code, name, domain_name in rows}


def targets(session: Session, unit_id: int, year: int) -> dict[str, TargetEntry]:
    """The targets set for that unit itself in that very year, by kind."""
    rows = session.execute(
        select(Target.kind, Target.name, Target.percent).where(Target.unit_id == unit_id, Target.year == year)
    )
    return {kind: TargetEntry(kind, name, percent) for kind, name, percent in rows}


def indicators(session: Session, year: int, kind: str) -> dict[str, IndicatorEntry]:
    """The figures of that kind and year, by unit code."""
    owner = aliased(Unit)
    rows = session.execute(
        select(owner.code, Indicator.group, Indicator.position, Indicator.value)
        .join(owner, owner.id == Indicator.unit_id)
        .where(Indicator.year == year, Indicator.kind == kind)
    )
    return {code: IndicatorEntry(code, group, position or "", value) for code, group, position, value in rows}
