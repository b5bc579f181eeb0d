"""Changes of the catalogue under way or done: files that wait to be confirmed, and mergers that may be taken back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class Upload(Base):
    """A file that waits for its confirmation, for its sender alone and for a short time.

    In the database and not on a disk: whichever server answers next has it.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    options: Mapped[str] = mapped_column(Text)  # JSON: year, unit, kind of figure
    content: Mapped[bytes] = mapped_column(LargeBinary)  # compressed
    expires_at: Mapped[datetime]


class Merger(Base):
    """Units that became one from a day on, and the units before and after it: what taking it back needs.

    Units are named by code: the one that a merger founded is gone when the merger was taken back.
    """

    __tablename__ = "merger"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    successor: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)  # JSON, as `domain.mergers` writes it
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(254))
    undone_at: Mapped[datetime | None]
