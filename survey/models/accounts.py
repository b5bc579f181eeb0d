"""What guards an account beside its password: recovery codes, one-time links, known browsers, counted failures."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.accounts import LinkPurpose
from survey.models.base import Base, one_of


class RecoveryCode(Base):
    """A code that stands once for the authenticator of an account; only its hash is kept, and a used one is deleted."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class StaffLink(Base):
    """A link with which somebody chooses a password, once: an invitation or a reset."""

    __tablename__ = "staff_link"
    __table_args__ = (CheckConstraint(one_of("purpose", LinkPurpose), name="purpose"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]


class KnownBrowser(Base):
    """A browser in which an account has signed in before: failures from elsewhere do not hold it up."""

    __tablename__ = "known_browser"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    expires_at: Mapped[datetime]


class SignInFailure(Base):
    """Attempts that failed, by a keyed hash of the account, network or browser: no address can be read from it."""

    __tablename__ = "sign_in_failure"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
