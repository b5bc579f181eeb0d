"""One-time links with which somebody chooses a password: an invitation or a reset. Only their hash is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.domain.accounts import LinkPurpose
from survey.domain.audit import Action
from survey.models import Staff, StaffLink
from survey.services import audit, staff

LENGTHS = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=24)}


@dataclass(frozen=True, slots=True)
class Opened:
    """Whom a link is for."""

    staff_id: int
    email: str
    name: str


def make(session: Session, staff_id: int, purpose: LinkPurpose, token: str, now: datetime) -> datetime:
    """Keep a new link; those made before for the account open nothing any more. Returns when it ends."""
    session.execute(delete(StaffLink).where((StaffLink.staff_id == staff_id) | (StaffLink.expires_at <= now)))
    ends = now + LENGTHS[purpose]
    link = StaffLink(token_hash=staff.token_hash(token), staff_id=staff_id, purpose=purpose.value, expires_at=ends)
    session.add(link)
    session.flush()
    return ends


def reset(session: Session, staff_id: int, email: str, token: str, actor: str, now: datetime) -> datetime:
    """Make a link that resets a password, and end every session of the account. Returns when the link ends."""
    ends = make(session, staff_id, LinkPurpose.RESET, token, now)
    staff.end_sessions(session, staff_id)
    audit.record(session, now, actor, Action.RESET_LINK_MADE, email)
    return ends


def opened(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Opened | None:
    """Whom an unused link is for; None when it has ended, was used, or the account is disabled."""
    row = session.execute(
        select(Staff.id, Staff.email, Staff.name)
        .join(StaffLink, StaffLink.staff_id == Staff.id)
        .where(
            StaffLink.token_hash == staff.token_hash(token),
            StaffLink.purpose == purpose.value,
            StaffLink.expires_at > now,
            Staff.disabled_at.is_(None),
        )
    ).first()
    return None if row is None else Opened(row.id, row.email, row.name)


def use(session: Session, token: str, purpose: LinkPurpose, password_hash: str, now: datetime) -> bool:
    """Set the password of whom the link is for, once; False when it opens nothing. The hash is made before."""
    found = opened(session, token, purpose, now)
    used = delete(StaffLink).where(StaffLink.token_hash == staff.token_hash(token)).returning(StaffLink.staff_id)
    if found is None or session.scalar(used) is None:
        return False
    staff.set_password(session, found.staff_id, found.email, password_hash, now)
    return True
