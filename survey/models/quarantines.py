"""Decisions to keep flagged answers out of the figures, and to take such a decision back. Rows are never deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class Quarantine(Base):
    """One batch: the answers of a point, of the days from first to last, that carried the flag when it was decided."""

    __tablename__ = "quarantine"
    __table_args__ = (
        CheckConstraint("first <= last", name="days"),
        CheckConstraint("answers > 0", name="answers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    flag: Mapped[int] = mapped_column(SmallInteger)
    first: Mapped[date]
    last: Mapped[date]
    answers: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    decided_by: Mapped[str] = mapped_column(String(254))
    decided_at: Mapped[datetime]
    released_by: Mapped[str | None] = mapped_column(String(254))
    released_at: Mapped[datetime | None]
    release_reason: Mapped[str | None] = mapped_column(String(500))
