"""Accounts of staff: create, invite, disable, change the password; sign in and out. Passwords are checked before."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import accounts, names
from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.models import Grant, KnownBrowser, Staff, StaffSession
from survey.queries.staff import Credentials
from survey.services import audit, passwords

SESSION_LENGTH = timedelta(hours=12)  # a working day; a browser left open overnight is signed out
KNOWN_LENGTH = timedelta(days=180)  # a browser is remembered so long after the last sign-in
BROWSER_LENGTH = 40
NOBODY = "-"  # actor or subject where no account is known


def create(session: Session, email: str, name: str, role: Role, unit_id: int, password: str) -> int:
    """Make an account with one grant; returns its id. Raises InvalidError with every complaint."""
    email, name = accounts.normal_email(email), names.normal(name)
    problems = accounts.check(email, name, password)
    # Before the first statement: the slow part of the work holds no lock.
    password_hash = passwords.hashed(password) if not problems else ""
    account_id = _add(session, email, name, password_hash, problems)
    session.add(Grant(staff_id=account_id, unit_id=unit_id, role=role.value))
    session.flush()
    return account_id


def invite(session: Session, email: str, name: str, actor: str, now: datetime) -> int:
    """Make an account without password or grants, for a link to open; returns its id. Raises InvalidError."""
    email, name = accounts.normal_email(email), names.normal(name)
    account_id = _add(session, email, name, passwords.NONE, accounts.check_person(email, name))
    audit.record(session, now, actor, Action.STAFF_INVITED, email)
    return account_id


def _add(session: Session, email: str, name: str, password_hash: str, problems: list[Problem]) -> int:
    taken = Problem("email", "email_taken", {"email": email})
    if session.scalar(select(Staff.id).where(Staff.email == email)) is not None:
        problems.append(taken)
    if problems:
        raise InvalidError(problems)
    account = Staff(email=email, name=name, password_hash=password_hash)
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:  # another process made it in between
        raise InvalidError([taken]) from error
    return account.id


def set_password(session: Session, staff_id: int, email: str, password_hash: str, now: datetime) -> None:
    """Keep the hash of a new password, and end every session and memory of a browser: someone may have had the old."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(password_hash=password_hash))
    end_sessions(session, staff_id)
    session.execute(delete(KnownBrowser).where(KnownBrowser.staff_id == staff_id))
    audit.record(session, now, email, Action.PASSWORD_CHANGED, email)


def set_disabled(session: Session, staff_id: int, email: str, disabled: bool, actor: str, now: datetime) -> None:
    """Close an account and end its sessions at once, or open it again."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(disabled_at=now if disabled else None))
    if disabled:
        end_sessions(session, staff_id)
    audit.record(session, now, actor, Action.STAFF_DISABLED if disabled else Action.STAFF_ENABLED, email)


def end_sessions(session: Session, staff_id: int, but: bytes | None = None, only: Iterable[bytes] = ()) -> int:
    """End the sessions of an account: all, all but one, or only those named by hash. Returns how many ended."""
    ended = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    if but is not None:
        ended = ended.where(StaffSession.token_hash != but)
    if wanted := list(only):
        ended = ended.where(StaffSession.token_hash.in_(wanted))
    return len(session.scalars(ended.returning(StaffSession.token_hash)).all())


def prove(session: Session, token: str, fresh: str, now: datetime) -> None:
    """Note that whoever sits at this session has just given the password again; it has a fresh token from now on."""
    values = {"proved_at": now, "token_hash": token_hash(fresh)}
    session.execute(update(StaffSession).where(StaffSession.token_hash == token_hash(token)).values(values))


def renew(session: Session, staff_id: int, renewed_hash: str | None) -> None:
    """Keep the hash under today's parameters, where there is one."""
    if renewed_hash is not None:
        session.execute(update(Staff).where(Staff.id == staff_id).values(password_hash=renewed_hash))


def remember(session: Session, staff_id: int, browser_token: str, now: datetime) -> None:
    """Know this browser at the account's next sign-in."""
    session.execute(delete(KnownBrowser).where(KnownBrowser.expires_at <= now))
    kept = {"token_hash": token_hash(browser_token), "staff_id": staff_id}
    session.merge(KnownBrowser(**kept, expires_at=now + KNOWN_LENGTH))
    session.flush()


def link_identity(session: Session, staff_id: int, email: str, issuer: str, subject: str, now: datetime) -> None:
    """Bind an account to a person at the provider: from now on the subject counts, not the address."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(issuer=issuer, subject=subject))
    audit.record(session, now, email, Action.IDENTITY_LINKED, email, {"issuer": issuer})


def token_hash(token: str) -> bytes:
    """What is kept of a session's random token."""
    return hashlib.sha256(token.encode()).digest()


def sign_in(
    session: Session, known: Credentials, token: str, renewed_hash: str | None, now: datetime, browser: str = ""
) -> None:
    """Begin a session for an account whose password was right, and forget those that have ended."""
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    session.add(
        StaffSession(
            token_hash=token_hash(token),
            staff_id=known.id,
            created_at=now,
            expires_at=now + SESSION_LENGTH,
            proved_at=now,
            browser=browser[:BROWSER_LENGTH],
        )
    )
    renew(session, known.id, renewed_hash)
    audit.record(session, now, known.email, Action.SIGNED_IN, known.email)


def refuse(session: Session, known: Credentials | None, now: datetime) -> None:
    """Record that a sign-in failed, for unknown accounts too, so that both take the same time.

    What was typed for an unknown account is not kept: people type passwords into the wrong field.
    """
    audit.record(session, now, NOBODY, Action.SIGN_IN_REFUSED, known.email if known else NOBODY)


def sign_out(session: Session, token: str, email: str, now: datetime) -> None:
    """End a session at once, on every server."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))
    audit.record(session, now, email, Action.SIGNED_OUT, email)
