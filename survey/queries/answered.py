"""Whether a questionnaire was answered at all: what a page shows first. Session in, plain values out."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version
from survey.models import Pending, Response, Tally


def has_answers(session: Session, version: Version, unit_ids: Iterable[int]) -> bool:
    """Whether one of these units holds a response to this version, counted in a tally or still waiting for one."""
    wanted = list(unit_ids)
    tallied = exists().where(Tally.questionnaire_id == version.id, Tally.unit_id.in_(wanted))
    waiting = exists().where(
        Pending.unit_id.in_(wanted),
        Response.unit_id == Pending.unit_id,
        Response.client_id == Pending.client_id,
        Response.questionnaire_id == version.id,
    )
    return bool(session.scalar(select(tallied)) or session.scalar(select(waiting)))
