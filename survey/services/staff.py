"""Accounts and sessions of staff: create, sign in, sign out. Whether a password is right is known before."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import accounts, names
from survey.domain.access import Role
from survey.domain.audit import Action
from survey.domain.problems import InvalidError, Problem
from survey.models import Grant, Staff, StaffSession
from survey.queries.staff import Credentials
from survey.services import audit, passwords

SESSION_LENGTH = timedelta(hours=12)  # a working day; a browser left open overnight is signed out
NOBODY = "-"  # actor or subject where no account is known


def create(session: Session, email: str, name: str, role: Role, unit_id: int, password: str) -> int:
    """Make an account with one grant; returns its id. Raises InvalidError with every complaint."""
    email, name = accounts.normal_email(email), names.normal(name)
    problems = accounts.check(email, name, password)
    taken = Problem("email", "email_taken", {"email": email})
    # Before the first statement: the slow part of the work holds no lock.
    password_hash = passwords.hashed(password) if not problems else ""
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
    session.add(Grant(staff_id=account.id, unit_id=unit_id, role=role.value))
    session.flush()
    return account.id


def token_hash(token: str) -> bytes:
    """What is kept of a session's random token."""
    return hashlib.sha256(token.encode()).digest()


def sign_in(session: Session, known: Credentials, token: str, renewed_hash: str | None, now: datetime) -> None:
    """Begin a session for an account whose password was right, and forget those that have ended."""
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    session.add(
        StaffSession(token_hash=token_hash(token), staff_id=known.id, created_at=now, expires_at=now + SESSION_LENGTH)
    )
    if renewed_hash is not None:
        session.execute(update(Staff).where(Staff.id == known.id).values(password_hash=renewed_hash))
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
