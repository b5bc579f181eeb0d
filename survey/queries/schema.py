"""Which migration the database has, and whether it is the newest. Session in, plain values out."""

from functools import cache

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from survey.config import ROOT


def revision(session: Session) -> str | None:
    """The migration that the database has; None when it has none, or cannot be reached."""
    try:
        found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return None
    return found


@cache
def newest() -> str | None:
    """The newest migration of this checkout."""
    from alembic.script import ScriptDirectory  # only who asks needs it

    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
