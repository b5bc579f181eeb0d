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


def is_writable(session: Session) -> bool:
    """Whether this transaction could write: no replica, no disk that is read-only, no lock that outlasts patience."""
    read_only = "SELECT current_setting('transaction_read_only') = 'on'"
    try:
        is_file = session.get_bind().dialect.name == "sqlite"  # there the transaction has begun as a writer's
        return not session.scalar(text("SELECT 0" if is_file else read_only))
    except SQLAlchemyError:
        return False


@cache
def newest() -> str | None:
    """The newest migration of this checkout."""
    from alembic.script import ScriptDirectory  # only who asks needs it

    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
