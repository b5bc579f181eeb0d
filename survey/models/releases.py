"""What was released: sums of answers that became visible together (METHOD §6).

Rows of lots, groups, blocks, panels and shifts are only ever added; on which side they count may change.
"""

from datetime import date, datetime
from enum import IntEnum

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.questionnaire import FACTORS
from survey.domain.scale import LEVELS
from survey.models.base import Base
from survey.models.tallies import LEVEL_COLUMNS, OVERALL_COLUMNS

FACTOR_SUMS = tuple(
    tuple(f"f{factor}_{part}" for part in ("k", *(f"c{level}" for level in LEVELS), "mm", "sm", "ss"))
    for factor in range(1, FACTORS + 1)
)
RELEASED_SUMS = (
    *OVERALL_COLUMNS,
    *(n for names in FACTOR_SUMS for n in names),
    *(n for ns in LEVEL_COLUMNS for n in ns),
)


class Layer(IntEnum):
    """What a row tells of its answers. Items of the questionnaire's first factor are ITEMS, of the next ITEMS + 1."""

    LOT = 0  # the overall sums
    FACTORS = 1  # the sums of each factor
    ITEMS = 2  # the level counts of the items of one factor
    BLOCK = 20  # all that may be told about one procedure
    # Nothing: lots that were looked at together for groups of citizens; respondents are 0 where none could be told.
    PANEL = 21
    TRAIT = 22  # the sums of one group of citizens in a panel, which is its part
    SHIFT = 30  # all that may be told about those whom later decisions brought to the other side together
    # What a shift adds to the figures without the quarantined, or with a minus takes off them: SHIFTED + LOT the
    # overall sums, SHIFTED + FACTORS … the others. Made anew when more is told; where flagged ones count it is nothing.
    SHIFTED = 40


class Released(Base):
    """Answers told together. Sums that the layer does not tell are zero, so a figure is the sum of its rows."""

    __tablename__ = "released"
    __table_args__ = (
        Index("ix_released_questionnaire_id_layer_unit_id", "questionnaire_id", "layer", "unit_id", "first"),
        Index("ix_released_procedure", "procedure", "questionnaire_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # the office, or the unit over which it is pooled
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    layer: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int]  # of a lot: 1, 2, 3 … within its unit and questionnaire; 0 of other rows
    released_at: Mapped[datetime]
    first: Mapped[date]  # the first day of the first month
    last: Mapped[date]  # the last day of the last month
    channel: Mapped[str | None] = mapped_column(String(8))  # None: several
    procedure: Mapped[str | None] = mapped_column(String(40))  # of blocks only
    trait: Mapped[str | None] = mapped_column(String(80))  # of groups of citizens only
    quarantined: Mapped[bool]  # of a shift or lot: its side now; of other rows: that some of their answers are kept out
    within: Mapped[int | None]  # of a shift: the earlier one that it is a part of; of what a shift adds: the shift
    whole: Mapped[bool]  # whether its answers count overall
    respondents: Mapped[int]


class FigureRevision(Base):
    """Decisions reached figures that were told before: of which office or pool, of which months, and when."""

    __tablename__ = "figure_revision"
    __table_args__ = (UniqueConstraint("unit_id", "questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[int]  # 1, 2, 3 … within its unit and questionnaire
    released_at: Mapped[datetime]
    first: Mapped[date]
    last: Mapped[date]


class ReleasedPart(Base):
    """The lots of a row of another layer; of a group of citizens its panel."""

    __tablename__ = "released_part"
    __table_args__ = (Index("ix_released_part_lot_id", "lot_id"), {"sqlite_with_rowid": False})

    released_id: Mapped[int] = mapped_column(ForeignKey("released.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("released.id"), primary_key=True)


class LotContent(Base):
    """How many people of a lot gave no scored item a level under 4: no sum of levels, and too many rows to count anew.

    None where some of the answers were gone before they were counted.
    """

    __tablename__ = "lot_content"

    lot_id: Mapped[int] = mapped_column(ForeignKey("released.id"), primary_key=True, autoincrement=False)
    people: Mapped[int | None]


for _name in RELEASED_SUMS:
    Released.__table__.append_column(Column(_name, Integer, nullable=False, default=0))  # type: ignore[attr-defined]
