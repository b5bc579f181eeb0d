"""Questionnaire files that wait to be published. Session in, frozen values out."""

import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.models import Upload

KIND = "questionnaire"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file as it was sent."""

    id: int
    name: str
    content: bytes


def waiting(session: Session, draft_id: int, staff_id: int, now: datetime) -> DraftFile | None:
    """The file, for the one who sent it and as long as it is kept; None otherwise."""
    row = session.scalar(
        select(Upload).where(
            Upload.id == draft_id, Upload.kind == KIND, Upload.staff_id == staff_id, Upload.expires_at > now
        )
    )
    return None if row is None else DraftFile(row.id, row.name, zlib.decompress(row.content))
