"""What the survey is about: units, procedures, questionnaires, collection points, targets and indicators."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Numeric, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.points import PointKind
from survey.domain.units import UnitKind
from survey.models.base import Base, one_of


class Unit(Base):
    """An office that handles dossiers, with the days between which it exists. Never deleted: answers point at it."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(one_of("kind", UnitKind), name="kind"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))  # name without diacritics, for search
    sort_key: Mapped[str] = mapped_column(String(600))  # Vietnamese order
    kind: Mapped[str] = mapped_column(String(16))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


unit_successor = Table(
    "unit_successor",
    Base.metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("successor_id", ForeignKey("unit.id"), primary_key=True),
    CheckConstraint("unit_id <> successor_id", name="itself"),
)


class Procedure(Base):
    """An administrative procedure of the national catalogue."""

    __tablename__ = "procedure"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(500))
    domain_name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(1500))
    retired_on: Mapped[date | None]  # from this day on it is not offered; answers and figures keep it


class Questionnaire(Base):
    """A published version. Triggers of the first migration refuse every update and delete."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    content: Mapped[str] = mapped_column(Text)  # canonical JSON; text, so that the hash stays the hash of these bytes
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class Point(Base):
    """Where answers are collected: a kiosk, a poster with a QR code, a web link, an invitation, a counter for paper."""

    __tablename__ = "point"
    __table_args__ = (CheckConstraint(one_of("kind", PointKind), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(120))
    questionnaire_key: Mapped[str] = mapped_column(String(40))


class Target(Base):
    """A plan's target of a unit and all below it, in percent, from a year on until a later year's."""

    __tablename__ = "target"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))


class Indicator(Base):
    """An imported figure of another source, such as PAR Index points, with the place that the source named."""

    __tablename__ = "indicator"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    group: Mapped[str] = mapped_column(String(40))
    position: Mapped[str | None] = mapped_column(String(16))
    value: Mapped[Decimal] = mapped_column(Numeric(9, 2))
