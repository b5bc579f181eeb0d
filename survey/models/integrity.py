"""What citizens of a year that is over said of harassment and of money beside the rules: counts, made once."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base


class IntegrityFigure(Base):
    """How many respondents of a unit alone chose an option in a year. Never rebuilt: a second count would tell apart
    who came late.
    """

    __tablename__ = "integrity_figure"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(String(40), primary_key=True)
    option: Mapped[str] = mapped_column(String(40), primary_key=True)
    respondents: Mapped[int]
