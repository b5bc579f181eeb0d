"""Sets and takes away the targets of a unit, one at a time; files are imported by `targets`."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.domain import plans
from survey.domain.audit import Action
from survey.domain.plans import Sound
from survey.domain.problems import InvalidError, Problem
from survey.domain.scorecard import in_force
from survey.domain.units import Unit
from survey.models import Target
from survey.queries import scorecard
from survey.services import audit

NONE = "-"


def set_target(session: Session, unit: Unit, sound: Sound, actor: str, now: datetime) -> None:
    """Set a target of a unit and all below it from a year on. Raises InvalidError when it is under the plan above."""
    problems = plans.against_above(sound, _above(session, unit, sound.kind, sound.year))
    if problems:
        raise InvalidError(problems)
    row = session.get(Target, (unit.id, sound.year, sound.kind))
    before = NONE if row is None else str(row.percent)
    if row is None:
        row = Target(unit_id=unit.id, year=sound.year, kind=sound.kind, name=sound.name, percent=sound.percent)
        session.add(row)
    row.name, row.percent = sound.name, sound.percent
    detail: dict[str, str | int] = {"kind": sound.kind, "year": sound.year}
    detail |= {"before": before, "after": str(sound.percent)}
    audit.record(session, now, actor, Action.TARGET_SET, unit.code, detail)


def remove_target(session: Session, unit: Unit, kind: str, year: int, actor: str, now: datetime) -> None:
    """Take a target of the unit itself away: an earlier one, or one from above, is in force again."""
    key = (Target.unit_id == unit.id, Target.kind == kind, Target.year == year)
    percent = session.scalar(select(Target.percent).where(*key))
    if percent is None:
        raise InvalidError([Problem("kind", "target_unknown", {"kind": kind, "year": year})])
    session.execute(delete(Target).where(*key))
    detail: dict[str, str | int] = {"kind": kind, "year": year, "before": str(percent)}
    audit.record(session, now, actor, Action.TARGET_REMOVED, unit.code, detail)


def _above(session: Session, unit: Unit, kind: str, year: int) -> Decimal | None:
    """What the units above ask for in that year; None where they ask for nothing."""
    stored = [target for target in scorecard.targets(session, unit) if target.unit.id != unit.id]
    return next((target.percent for target in in_force(stored, unit, year) if target.kind == kind), None)
