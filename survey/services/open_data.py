"""Keeps the file of open data for all servers, in the place of the one before."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from survey.domain.open_data import OpenData
from survey.models import OpenDataFile
from survey.models.open_data import ONLY


def keep(session: Session, data: OpenData) -> None:
    """The file that is served from now on."""
    session.execute(delete(OpenDataFile))
    values = {
        "id": ONLY,
        "content": data.content,
        "rows": data.rows,
        "first": data.period.start,
        "last": data.period.end,
        "shown_minimum": data.minimums.shown,
        "full_minimum": data.minimums.full,
        "made_at": data.made,
    }
    session.execute(insert(OpenDataFile).values(values))
