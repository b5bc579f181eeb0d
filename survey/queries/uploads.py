"""Files that wait for their confirmation. Session in, frozen values out."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.uploads import Beside, FileKind
from survey.models import Upload as Row


@dataclass(frozen=True, slots=True)
class Upload:
    """A file with what was said beside it."""

    id: int
    kind: FileKind
    name: str
    beside: Beside
    content: bytes


def waiting(session: Session, upload_id: int, staff_id: int, now: datetime) -> Upload | None:
    """The file, for the one who sent it and as long as it is kept; None otherwise."""
    mine = select(Row).where(Row.id == upload_id, Row.staff_id == staff_id, Row.expires_at > now)
    row = session.scalar(mine.where(Row.kind.in_([kind.value for kind in FileKind])))
    if row is None:
        return None
    return Upload(row.id, FileKind(row.kind), row.name, Beside(**json.loads(row.options)), zlib.decompress(row.content))
