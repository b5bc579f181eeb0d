"""Invitations: draws of dossiers that are done, and one row a link. Who answered, and what, stands nowhere here.

No row leads to a response: the dossier is encrypted under the link's own token, which is stored only as a keyed hash.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.domain.invitations import Way
from survey.models.base import Base, one_of


class InvitationDraw(Base):
    """Who was invited of one unit's dossiers of some days: `drawn` of `population`. Kept, for the figures."""

    __tablename__ = "invitation_draw"
    __table_args__ = (
        CheckConstraint(one_of("way", Way), name="way"),
        CheckConstraint("drawn > 0 AND drawn <= population", name="drawn"),
        CheckConstraint("first <= last AND opens <= expires", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    way: Mapped[str] = mapped_column(String(8))
    seed: Mapped[str] = mapped_column(String(40))
    population: Mapped[int]
    drawn: Mapped[int]
    first: Mapped[date]  # of the days on which the dossiers were closed
    last: Mapped[date]
    opens: Mapped[date]
    expires: Mapped[date]  # the last day on which a link opens
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(254))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(254))


class Invitation(Base):
    """One link. Purged some time after it has expired."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_token_hash", "token_hash"), {"sqlite_with_rowid": False})

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("invitation_draw.id"), index=True)
    procedure: Mapped[str | None] = mapped_column(String(32))
    dossier_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
