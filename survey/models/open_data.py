"""The file of open data, made once an hour at most and served to everybody as it stands."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base

ONLY = 1  # the id of the only row


class OpenDataFile(Base):
    """The last file; there is one row or none."""

    __tablename__ = "open_data_file"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    rows: Mapped[int]
    first: Mapped[date]  # the days that it is about
    last: Mapped[date]
    shown_minimum: Mapped[int]  # those that its cells were held against
    full_minimum: Mapped[int]
    made_at: Mapped[datetime]
