"""Accounts and who is signed in. Session in, frozen values out; a password hash leaves only in `Credentials`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.access import Grant, Role
from survey.models import Grant as GrantRow
from survey.models import Staff, StaffSession


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff with what was granted to them."""

    id: int
    email: str
    name: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    id: int
    email: str
    password_hash: str


def credentials(session: Session, email: str) -> Credentials | None:
    """Of the account with this address in its normal form; None when there is none or it is disabled."""
    row = session.execute(
        select(Staff.id, Staff.email, Staff.password_hash).where(Staff.email == email, Staff.disabled_at.is_(None))
    ).first()
    return None if row is None else Credentials(row.id, row.email, row.password_hash)


def signed_in(session: Session, token_hash: bytes, now: datetime) -> Member | None:
    """Whose session this is; None when it has ended or the account is disabled."""
    row = session.execute(
        select(Staff.id, Staff.email, Staff.name)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(StaffSession.token_hash == token_hash, StaffSession.expires_at > now, Staff.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    grants = session.execute(
        select(GrantRow.role, GrantRow.unit_id).where(GrantRow.staff_id == row.id).order_by(GrantRow.id)
    )
    return Member(row.id, row.email, row.name, tuple(Grant(Role(role), unit_id) for role, unit_id in grants))
