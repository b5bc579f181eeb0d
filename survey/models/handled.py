"""Dossiers handled, as offices report them: what rates are weighted with, and what respondents are a part of."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class Handled(Base):
    """The dossiers of a unit, day and procedure. `complaints` are those complained about that were not late.

    The key begins with unit and day: periods of units are what is read.
    """

    __tablename__ = "handled"
    __table_args__ = (
        CheckConstraint("handled >= 0 AND early >= 0 AND on_time >= 0 AND late >= 0", name="counts"),
        CheckConstraint("handled = early + on_time + late", name="sum"),
        CheckConstraint("complaints BETWEEN 0 AND early + on_time", name="complaints"),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    procedure: Mapped[str] = mapped_column(String(32), ForeignKey("procedure.code"), primary_key=True)
    handled: Mapped[int]
    early: Mapped[int]
    on_time: Mapped[int]
    late: Mapped[int]
    complaints: Mapped[int] = mapped_column(default=0)
