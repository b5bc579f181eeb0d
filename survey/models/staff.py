"""Who works with the figures: accounts, sessions, grants, and the append-only record of what they did."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.access import Role
from survey.models.base import Base, one_of


class Staff(Base):
    """An account. Disabled instead of deleted, because the audit names it. Invited: the password hash is empty.

    `totp_secret` is encrypted; `totp_step` is the last time step whose code was used; `issuer` and `subject` name the
    same person at the provider of OpenID Connect.
    """

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    disabled_at: Mapped[datetime | None]
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_step: Mapped[int | None]
    issuer: Mapped[str | None] = mapped_column(String(255))
    subject: Mapped[str | None] = mapped_column(String(255))


class StaffSession(Base):
    """A signed-in browser: only the hash of its token is kept, so the table opens no session."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    proved_at: Mapped[datetime]  # when password or code was last given: dangerous acts want it fresh
    browser: Mapped[str] = mapped_column(String(40))  # its family and system in words, for its owner's list


class Grant(Base):
    """A role at a unit, valid for all units below it."""

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("staff_id", "unit_id", "role"),
        CheckConstraint(one_of("role", Role), name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(16))


class AuditEvent(Base):
    """What was done, by whom, to what. Each row carries the hash of the one before: a removed row is found."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(64), index=True)  # the code of the unit that it is about
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The one row with the number of events and the last one's hash, so that rows cut off at the end are missed.

    Triggers of the database write it and keep it.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
