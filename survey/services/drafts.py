"""Keeps a questionnaire file until its author publishes it, and then publishes exactly what was shown."""

import zlib
from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from survey.domain.differences import ChangedError
from survey.domain.questionnaire import Version
from survey.domain.uploads import KEPT
from survey.models import Upload
from survey.queries import questionnaires as published
from survey.queries.drafts import KIND, DraftFile
from survey.services import questionnaires

LONGEST_NAME = 200


def keep(session: Session, staff_id: int, name: str, content: bytes, now: datetime) -> int:
    """Keep a file, and let go of the same person's other drafts and of whatever is too old; its id."""
    mine = (Upload.staff_id == staff_id) & (Upload.kind == KIND)
    session.execute(delete(Upload).where(or_(mine, Upload.expires_at <= now)))
    row = Upload(
        staff_id=staff_id,
        kind=KIND,
        name="".join(char for char in name if char.isprintable())[-LONGEST_NAME:],
        options="{}",
        content=zlib.compress(content),
        expires_at=now + KEPT,
    )
    session.add(row)
    session.flush()
    return row.id


def drop(session: Session, draft_id: int, staff_id: int) -> None:
    """Let go of a file."""
    session.execute(delete(Upload).where(Upload.id == draft_id, Upload.kind == KIND, Upload.staff_id == staff_id))


def seal(latest: Version | None, sha256: str) -> str:
    """What was shown, as one word: the content, and the version that it was compared with."""
    return f"{latest.sha256 if latest else ''}:{sha256}"


def publish(session: Session, draft_file: DraftFile, shown: str, actor: str, now: datetime) -> Version:
    """Publish the file and let go of it. Raises ChangedError when somebody published another version meanwhile."""
    draft = questionnaires.read(draft_file.content)
    if seal(published.latest(session, draft.key), draft.sha256) != shown:
        raise ChangedError
    session.execute(delete(Upload).where(Upload.id == draft_file.id))
    return questionnaires.announce(session, draft, actor, now)
