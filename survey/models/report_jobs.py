"""Reports that are made while their reader waits: how far each is, and the file once it is there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from survey.domain.report_jobs import State
from survey.models.base import Base, one_of


class ReportJob(Base):
    """One report for one member of staff; kept for a day."""

    __tablename__ = "report_job"
    __table_args__ = (CheckConstraint(one_of("state", State), name="state"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # cannot be guessed
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))  # of the file
    again: Mapped[str] = mapped_column(String(1000))  # the query string of the page that it was asked for on
    state: Mapped[str] = mapped_column(String(8))
    complaint: Mapped[str | None] = mapped_column(String(16))  # why it failed
    done: Mapped[int]
    total: Mapped[int]
    started_at: Mapped[datetime]
    told_at: Mapped[datetime]  # when it last said how far it is
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
