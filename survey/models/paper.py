"""Paper forms that are being keyed: batches, and their forms until a batch is accepted; then the forms are deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class PaperBatch(Base):
    """A stack of forms of one day at one point, under a number that is written on it. `forms` is how many there are.

    `accepted` is how many of them were taken; the others had no answer on them.
    """

    __tablename__ = "paper_batch"
    __table_args__ = (UniqueConstraint("point_id", "number"), CheckConstraint("forms > 0", name="forms"))

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    forms: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(254))
    accepted_at: Mapped[datetime | None]
    accepted: Mapped[int | None]


class PaperForm(Base):
    """One form of a batch by the number written on it, as it was keyed the first and the second time, and settled.

    All three are encrypted: a dossier's code and a citizen's words stand in them as they were written.
    """

    __tablename__ = "paper_form"
    __table_args__ = ({"sqlite_with_rowid": False},)

    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batch.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[bytes | None] = mapped_column(LargeBinary)
    first_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    second: Mapped[bytes | None] = mapped_column(LargeBinary)
    second_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled: Mapped[bytes | None] = mapped_column(LargeBinary)
