"""Periods whose figures were made immutable, and the tokens with which programs read figures."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class FrozenPeriod(Base):
    """The figures of a unit and all below it for one period, as they were when frozen. Triggers refuse every change.

    A later freeze of the same period is a row of its own with the next number: a supplement.
    """

    __tablename__ = "frozen_period"
    __table_args__ = (UniqueConstraint("unit_id", "questionnaire_id", "period", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    period: Mapped[str] = mapped_column(String(7))  # 2026-10, 2026-Q3 or 2026
    number: Mapped[int]
    figures: Mapped[str] = mapped_column(Text)  # canonical JSON; text, so that the hash stays the hash of these bytes
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_by: Mapped[str] = mapped_column(String(254))
    frozen_at: Mapped[datetime]


class ApiToken(Base):
    """A token that reads figures of a unit and all below it; only its hash is kept. Without staff it is a service's."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
