"""Gives and takes roles. Whoever inspects a unit does not manage it, and nobody changes what they may themselves."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit
from survey.models import Grant
from survey.queries import catalogue
from survey.services import audit

_APART = {Role.INSPECTOR: Role.MANAGER, Role.MANAGER: Role.INSPECTOR}


def grant(session: Session, staff_id: int, email: str, role: Role, unit: Unit, actor: str, now: datetime) -> bool:
    """Give a role at a unit; False when it was given before. Raises InvalidError when it goes against another role."""
    held = session.execute(select(Grant.role, Grant.unit_id).where(Grant.staff_id == staff_id)).all()
    if (role.value, unit.id) in [tuple(row) for row in held]:
        return False
    against = [unit_id for held_role, unit_id in held if _APART.get(role) == held_role]
    if any(_meet(unit, catalogue.unit_by_id(session, unit_id)) for unit_id in against):
        raise InvalidError([Problem("role", "roles_apart")])
    session.add(Grant(staff_id=staff_id, unit_id=unit.id, role=role.value))
    session.flush()
    audit.record(session, now, actor, Action.ROLE_GRANTED, email, {"role": role.value, "unit": unit.code})
    return True


def revoke(session: Session, staff_id: int, email: str, role: Role, unit: Unit, actor: str, now: datetime) -> bool:
    """Take a role at a unit; False when it was not held."""
    taken = delete(Grant).where(Grant.staff_id == staff_id, Grant.unit_id == unit.id, Grant.role == role.value)
    if session.scalar(taken.returning(Grant.id)) is None:
        return False
    audit.record(session, now, actor, Action.ROLE_REVOKED, email, {"role": role.value, "unit": unit.code})
    return True


def _meet(one: Unit, other: Unit) -> bool:
    """Whether one lies in the other: then a role at each reaches a unit of both."""
    return one.is_within([other.id]) or other.is_within([one.id])
