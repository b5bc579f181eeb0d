"""Accounts as their administrators see them, and the sessions of one. Session in, frozen values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.access import Grant, Role
from survey.models import Grant as GrantRow
from survey.models import RecoveryCode, Staff, StaffSession


class AccountState(StrEnum):
    """Whether an account can be used."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Account:
    """An account with everything that was granted to it."""

    id: int
    email: str
    name: str
    state: AccountState
    has_authenticator: bool
    grants: tuple[Grant, ...]

    def is_within(self, unit_ids: Iterable[int]) -> bool:
        """Whether every grant is at one of these units: then their administrator decides on the whole account."""
        reach = set(unit_ids)
        return bool(self.grants) and all(grant.unit_id in reach for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session in its owner's list."""

    token_hash: bytes
    browser: str
    created_at: datetime
    expires_at: datetime


def every(session: Session) -> tuple[Account, ...]:
    """All accounts, by address."""
    grants: dict[int, list[Grant]] = {}
    rows = session.execute(select(GrantRow.staff_id, GrantRow.role, GrantRow.unit_id).order_by(GrantRow.id))
    for staff_id, role, unit_id in rows:
        grants.setdefault(staff_id, []).append(Grant(Role(role), unit_id))
    found = session.scalars(select(Staff).order_by(Staff.email))
    return tuple(_account(row, tuple(grants.get(row.id, ()))) for row in found)


def by_email(session: Session, email: str) -> Account | None:
    """The account with this address in its normal form."""
    return next((account for account in every(session) if account.email == email), None)


def sittings(session: Session, staff_id: int, now: datetime) -> tuple[Sitting, ...]:
    """The open sessions of an account, newest first."""
    rows = session.scalars(
        select(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.expires_at > now)
        .order_by(StaffSession.created_at.desc(), StaffSession.token_hash)
    )
    return tuple(Sitting(row.token_hash, row.browser, row.created_at, row.expires_at) for row in rows)


def recovery_codes_left(session: Session, staff_id: int) -> int:
    """How many recovery codes still open the account."""
    counted = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_id == staff_id)
    return session.scalar(counted) or 0


def _account(row: Staff, grants: tuple[Grant, ...]) -> Account:
    if row.disabled_at is not None:
        state = AccountState.DISABLED
    else:
        state = AccountState.ACTIVE if row.password_hash or row.subject else AccountState.INVITED
    return Account(row.id, row.email, row.name, state, row.totp_secret is not None, grants)
