"""Counts and sums of a unit's day, rebuilt from its responses and never incremented."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.points import Channel
from survey.domain.questionnaire import FACTORS, SLOTS
from survey.domain.scale import LEVELS
from survey.models.base import BY_UNIT, Base, one_of

# Overall: respondents k, answers at each level, and Σm², Σsm, Σs² (METHOD's six sums: Σm and Σs follow from levels).
OVERALL_COLUMNS = ("o_k", *(f"o_c{level}" for level in LEVELS), "o_mm", "o_sm", "o_ss")
# A factor's level counts are the sums of its slots'.
FACTOR_COLUMNS = tuple(
    tuple(f"f{factor}_{part}" for part in ("k", "mm", "sm", "ss")) for factor in range(1, FACTORS + 1)
)
LEVEL_COLUMNS = tuple(tuple(f"s{slot:02}_c{level}" for level in LEVELS) for slot in range(1, SLOTS + 1))
SUM_COLUMNS = (
    "respondents",
    *OVERALL_COLUMNS,
    *(name for names in FACTOR_COLUMNS for name in names),
    *(name for names in LEVEL_COLUMNS for name in names),
)


class Tally(Base):
    """One unit, day, questionnaire, channel and quarantine state. A column a sum, so that SQL adds up any period."""

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint(one_of("channel", Channel), name="channel"),
        BY_UNIT,
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    quarantined: Mapped[bool] = mapped_column(primary_key=True)


for _name in SUM_COLUMNS:
    Tally.__table__.append_column(Column(_name, Integer, nullable=False, default=0))  # type: ignore[attr-defined]

# Numbers of forms alone, without reading the wide rows that they stand in.
Index(
    "ix_tally_received",
    *(
        Tally.__table__.c[name]
        for name in ("questionnaire_id", "unit_id", "day", "channel", "quarantined", "respondents")
    ),
)
