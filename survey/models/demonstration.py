"""The mark of a database with demonstration data. It is never taken off: made-up answers stay made up."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class Demonstration(Base):
    """One load of demonstration data."""

    __tablename__ = "demonstration"

    seed: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loaded_at: Mapped[datetime]
    responses: Mapped[int]
