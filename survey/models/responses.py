"""What citizens said: one row a response, its comment, and the responses that no tally holds yet.

The unit is in every key, nothing here has a serial number: these tables lie in partitions by hash of the unit.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.points import Channel
from survey.domain.questionnaire import SLOTS
from survey.models.base import BY_UNIT, Base, JsonObject, one_of

SLOT_COLUMNS = tuple(f"a{slot:02}" for slot in range(1, SLOTS + 1))


class Response(Base):
    """One questionnaire filled in. Slots a01 … a40 hold levels 1–5; the version says which item is in which slot."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(one_of("channel", Channel), name="channel"),
        Index("ix_response_unit_id_day", "unit_id", "day"),
        # Few answers have a flag: who looks for them reads no others.
        Index(
            "ix_response_flagged",
            "unit_id",
            "day",
            sqlite_where=text("flags <> 0"),
            postgresql_where=text("flags <> 0"),
        ),
        # One counted answer a dossier. A partial index: the others are stored, thanked and not counted.
        Index(
            "uq_response_unit_id_dossier_hash",
            "unit_id",
            "dossier_hash",
            unique=True,
            sqlite_where=text("counted AND dossier_hash IS NOT NULL"),
            postgresql_where=text("counted AND dossier_hash IS NOT NULL"),
        ),
        BY_UNIT,
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(16))
    procedure: Mapped[str | None] = mapped_column(String(40))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    channel: Mapped[str] = mapped_column(String(8))
    assisted: Mapped[bool]
    day: Mapped[date]
    received_at: Mapped[datetime]  # UTC, for operation only: no staff view, export or log shows it
    duration: Mapped[int | None]  # seconds between first question and sending
    facts: Mapped[JsonObject | None]
    about: Mapped[JsonObject | None]
    reasons: Mapped[JsonObject | None]  # what was not good: factor → keys of its ready reasons
    flags: Mapped[int] = mapped_column(SmallInteger, default=0)
    quarantined: Mapped[bool] = mapped_column(default=False)
    dossier_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    counted: Mapped[bool] = mapped_column(default=True)
    lot: Mapped[int | None]  # the lot in which it was released; None while it waits
    shift: Mapped[int | None]  # the last shift that brought it to the other side of its lot; mostly none


for _name in SLOT_COLUMNS:
    Response.__table__.append_column(Column(_name, SmallInteger, nullable=True))  # type: ignore[attr-defined]
    Response.__table__.append_constraint(  # type: ignore[attr-defined]
        CheckConstraint(f"{_name} BETWEEN 1 AND 5", name=_name)
    )


class Comment(Base):
    """A comment that waits for its batch, masked before it came here. Nobody reads it here."""

    __tablename__ = "comment"
    __table_args__ = (
        ForeignKeyConstraint(["unit_id", "client_id"], ["response.unit_id", "response.client_id"]),
        BY_UNIT,
    )

    unit_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    masked: Mapped[str] = mapped_column(Text)


class Pending(Base):
    """A counted response that no tally holds yet: written with it, removed by the refresh that counts it."""

    __tablename__ = "pending"
    __table_args__ = (BY_UNIT,)

    unit_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]


class DossierKey(Base):
    """The secret under which dossier codes are hashed with answers of a year. The year's freeze destroys it."""

    __tablename__ = "dossier_key"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
