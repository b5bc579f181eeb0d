"""Kiosks: pairing codes, the devices that were paired with a point, and what a point shows.

Nothing here is written while a citizen's response is taken, and nothing points here from a response.
"""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.models.base import Base, JsonObject


class Pairing(Base):
    """A code that pairs one device with a point, once. Only its keyed hash is kept."""

    __tablename__ = "pairing"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    pin_salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    pin_iterations: Mapped[int]
    pin_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Device(Base):
    """A browser that was paired with a point: the hash of its secret, and its last heartbeat."""

    __tablename__ = "device"
    __table_args__ = (
        # At most one device sends for a point.
        Index(
            "uq_device_point_id",
            "point_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    pin_salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    pin_iterations: Mapped[int]
    pin_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    paired_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_seen: Mapped[datetime | None]
    queued: Mapped[int] = mapped_column(default=0)
    oldest_day: Mapped[date | None]  # of the oldest waiting answer; no clock time of an answer is kept
    skew: Mapped[int | None]  # seconds by which the device's clock is ahead
    version: Mapped[str | None] = mapped_column(String(40))
    aside: Mapped[int] = mapped_column(default=0)  # answers that the server refused and the device keeps
    problems: Mapped[JsonObject | None]  # why, as codes with counts


class Opening(Base):
    """The opening hours of a point, as `domain.opening` writes them; without a row the usual office hours."""

    __tablename__ = "opening"

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    hours: Mapped[str] = mapped_column(String(400))


point_procedure = Table(
    "point_procedure",
    Base.metadata,
    Column("point_id", ForeignKey("point.id"), primary_key=True),
    Column("procedure", ForeignKey("procedure.code"), primary_key=True),
)
