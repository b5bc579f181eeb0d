"""Accounts and who is signed in. Session in, frozen values out; a password hash leaves only in `Credentials`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from survey.domain.access import Grant, Role
from survey.models import Grant as GrantRow
from survey.models import KnownBrowser, Staff, StaffSession


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
    has_authenticator: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A session: who sits there, since when the proof counts, and whether an authenticator is set up."""

    member: Member
    proved_at: datetime
    has_authenticator: bool


def credentials(session: Session, email: str) -> Credentials | None:
    """Of the account with this address in its normal form; None when there is none or it is disabled."""
    return _credentials(session, Staff.email == email)


def credentials_of(session: Session, staff_id: int) -> Credentials | None:
    """Of an account that is not disabled."""
    return _credentials(session, Staff.id == staff_id)


def credentials_of_subject(session: Session, issuer: str, subject: str) -> Credentials | None:
    """Of the account that was bound to this person at this provider."""
    return _credentials(session, and_(Staff.issuer == issuer, Staff.subject == subject))


def is_bound(session: Session, staff_id: int) -> bool:
    """Whether an account is bound to somebody at a provider."""
    return session.scalar(select(Staff.subject).where(Staff.id == staff_id)) is not None


def knows_browser(session: Session, email: str, browser_hash: bytes, now: datetime) -> bool:
    """Whether the account has signed in from this browser before."""
    found = (
        select(KnownBrowser.staff_id)
        .join(Staff, Staff.id == KnownBrowser.staff_id)
        .where(Staff.email == email, KnownBrowser.token_hash == browser_hash, KnownBrowser.expires_at > now)
    )
    return session.scalar(found) is not None


def _credentials(session: Session, which: ColumnElement[bool]) -> Credentials | None:
    row = session.execute(
        select(Staff.id, Staff.email, Staff.password_hash, Staff.totp_secret.is_not(None).label("second")).where(
            which, Staff.disabled_at.is_(None)
        )
    ).first()
    return None if row is None else Credentials(row.id, row.email, row.password_hash, bool(row.second))


def signed_in(session: Session, token_hash: bytes, now: datetime) -> Member | None:
    """Whose session this is; None when it has ended or the account is disabled."""
    found = seat(session, token_hash, now)
    return None if found is None else found.member


def seat(session: Session, token_hash: bytes, now: datetime) -> Seat | None:
    """The session with this token; None when it has ended or the account is disabled."""
    row = session.execute(
        select(
            Staff.id,
            Staff.email,
            Staff.name,
            StaffSession.proved_at,
            Staff.totp_secret.is_not(None).label("second"),
        )
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(StaffSession.token_hash == token_hash, StaffSession.expires_at > now, Staff.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    grants = session.execute(
        select(GrantRow.role, GrantRow.unit_id).where(GrantRow.staff_id == row.id).order_by(GrantRow.id)
    )
    member = Member(row.id, row.email, row.name, tuple(Grant(Role(role), unit_id) for role, unit_id in grants))
    return Seat(member, row.proved_at, bool(row.second))
