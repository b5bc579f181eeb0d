"""Whether a response is held already. Session in, plain values out."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.models import Response


def body_hash(session: Session, unit_id: int, client_id: UUID) -> bytes | None:
    """The hash of the body that is held under this id in the unit; None when none is."""
    return session.scalar(
        select(Response.body_hash).where(Response.unit_id == unit_id, Response.client_id == client_id)
    )
