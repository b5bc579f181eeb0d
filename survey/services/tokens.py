"""Makes and revokes the tokens with which programs read figures. A token is shown once and kept only as a hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey.domain import accounts, bearers
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.models import ApiToken, Staff
from survey.queries import catalogue
from survey.services import audit


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token to make: what it is called, where it reads, for how long, and for whom; no email: a service account."""

    name: str
    unit_code: str
    lifetime: timedelta
    email: str | None = None


def create(session: Session, wanted: Wanted, token: str, actor: str, now: datetime) -> int:
    """Keep a token's hash; returns its id. Raises InvalidError with every complaint."""
    name = bearers.normal_name(wanted.name)
    problems = bearers.check(name, wanted.lifetime)
    unit = catalogue.unit(session, wanted.unit_code)
    if unit is None:
        problems.append(Problem("unit", "unit_unknown", {"value": wanted.unit_code}))
    staff_id, complaints = _owner(session, wanted.email)
    if problems + complaints or unit is None:
        raise InvalidError(problems + complaints)
    row = ApiToken(
        token_hash=bearers.token_hash(token),
        name=name,
        staff_id=staff_id,
        unit_id=unit.id,
        created_at=now,
        expires_at=now + wanted.lifetime,
    )
    session.add(row)
    session.flush()
    detail: dict[str, str | int] = {"id": row.id, "unit": unit.code, "expires": row.expires_at.date().isoformat()}
    audit.record(session, now, actor, Action.TOKEN_CREATED, name, {**detail, "staff": wanted.email or ""})
    return row.id


def revoke(session: Session, token_id: int, actor: str, now: datetime) -> bool:
    """End a token at once, on every server; False when there is none or it was revoked before."""
    found = session.scalars(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(ApiToken.name)
    ).first()
    if found is None:
        return False
    audit.record(session, now, actor, Action.TOKEN_REVOKED, found, {"id": token_id})
    return True


def _owner(session: Session, email: str | None) -> tuple[int | None, list[Problem]]:
    if email is None:
        return None, []
    address = accounts.normal_email(email)
    found = session.scalar(select(Staff.id).where(Staff.email == address, Staff.disabled_at.is_(None)))
    return found, [] if found is not None else [Problem("staff", "staff_unknown", {"value": address})]
