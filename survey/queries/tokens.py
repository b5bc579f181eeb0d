"""Tokens of programs, and what one may read. Session in, frozen values out; the hash never leaves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain import bearers
from survey.domain.access import Grant, Role
from survey.models import ApiToken, Staff, Unit
from survey.models import Grant as GrantRow
from survey.queries import catalogue
from survey.queries.staff import Member


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a list. `email` is None for a service account."""

    id: int
    name: str
    unit_code: str
    email: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def state(self, now: datetime) -> str:
        """Whether it opens anything: valid, revoked or expired."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a call comes from: the token, and a member with what the token may read."""

    token_id: int
    member: Member


def every(session: Session) -> tuple[Token, ...]:
    """All tokens, revoked and expired ones too, oldest first."""
    rows = session.execute(
        select(ApiToken, Unit.code, Staff.email)
        .join(Unit, Unit.id == ApiToken.unit_id)
        .outerjoin(Staff, Staff.id == ApiToken.staff_id)
        .order_by(ApiToken.id)
    )
    return tuple(
        Token(row.id, row.name, code, email, row.created_at, row.expires_at, row.revoked_at)
        for row, code, email in rows
    )


def bearer(session: Session, token_hash: bytes, now: datetime) -> Bearer | None:
    """Whose token this is; None when there is none, it has ended, or its owner's account is disabled."""
    row = session.execute(
        select(ApiToken, Staff.disabled_at)
        .outerjoin(Staff, Staff.id == ApiToken.staff_id)
        .where(ApiToken.token_hash == token_hash, ApiToken.expires_at > now, ApiToken.revoked_at.is_(None))
    ).first()
    if row is None or row.disabled_at is not None:
        return None
    token: ApiToken = row.ApiToken
    unit = catalogue.unit_by_id(session, token.unit_id)
    grants = None if token.staff_id is None else _grants(session, token.staff_id)
    units = () if grants is None else catalogue.units(session)
    return Bearer(
        token.id, Member(token.staff_id or 0, f"token {token.id}", token.name, bearers.reach(unit, units, grants))
    )


def _grants(session: Session, staff_id: int) -> tuple[Grant, ...]:
    rows = session.execute(select(GrantRow.role, GrantRow.unit_id).where(GrantRow.staff_id == staff_id))
    return tuple(Grant(Role(role), unit_id) for role, unit_id in rows)
