"""Comments as staff read them: batches that are tied to no response any more, their themes, and public answers.

A comment that enters a batch leaves the table of comments that wait: from then on not even the database knows whose it
was, on what day or by which channel it came.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class CommentBatch(Base):
    """Ten or more comments that became readable together at the beginning of a month.

    Those of one unit, or `pooled`: of small units below it that had too few. `oldest` is for deletion and never shown:
    the first day of the month from which the oldest of them is.
    """

    __tablename__ = "comment_batch"
    __table_args__ = (UniqueConstraint("unit_id", "month", "pooled"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[str] = mapped_column(String(7))  # 2026-12: the comments came before it
    pooled: Mapped[bool]
    oldest: Mapped[date]


class CommentTheme(Base):
    """What several comments of a batch are about, and what the unit answers. The note is public while `published`."""

    __tablename__ = "comment_theme"
    __table_args__ = (UniqueConstraint("batch_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("comment_batch.id"))
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(Text)
    published: Mapped[bool] = mapped_column(default=False)
    answered_by: Mapped[str | None] = mapped_column(String(254))
    answered_at: Mapped[datetime | None]


class BatchComment(Base):
    """One masked comment of a batch, at a place that was drawn by lot."""

    __tablename__ = "batch_comment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    batch_id: Mapped[int] = mapped_column(ForeignKey("comment_batch.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    masked: Mapped[str] = mapped_column(Text)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("comment_theme.id"))
