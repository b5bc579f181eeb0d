"""An invitation's answer outranks one with a typed code, which anybody may have typed (METHOD §6)."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey.domain.points import Channel
from survey.models import Response
from survey.services import recounts


def outrank(session: Session, unit_id: int, dossier_hash: bytes | None) -> bool:
    """Let the uninvited answer about this dossier count no longer; whether there was one that could be let go.

    What was released stays: nothing is ever taken out of a lot, and a dossier must not count in two of them.
    """
    of_dossier = (
        Response.unit_id == unit_id,
        Response.dossier_hash == dossier_hash,
        Response.counted,
        Response.channel != Channel.INVITE.value,
        Response.lot.is_(None),
    )
    if dossier_hash is None or session.scalar(select(Response.day).where(*of_dossier)) is None:
        return False
    recounts.alone(session)
    demoted = update(Response).where(*of_dossier).values(counted=False).returning(Response.day)
    days = session.scalars(demoted.execution_options(synchronize_session=False)).all()
    recounts.again(session, unit_id, days)
    return bool(days)
