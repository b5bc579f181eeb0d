"""Which migration the database has, and whether it is the newest. Session in, plain values out."""

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from survey.config import ROOT
from survey.models import Base

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory


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


def parts(connection: Connection) -> frozenset[str]:
    """Names of tables and references that exist only as parts of others: PostgreSQL's partitions and their keys."""
    if connection.dialect.name == "sqlite":
        return frozenset()
    found = """SELECT relname FROM pg_class WHERE relispartition UNION ALL
        SELECT conname FROM pg_constraint JOIN pg_class t ON t.oid = conrelid
        WHERE conparentid <> 0 AND NOT t.relispartition"""
    return frozenset(connection.scalars(text(found)))


@cache
def newest() -> str | None:
    """The newest migration of this checkout."""
    return _scripts().get_current_head()


@cache
def known() -> frozenset[str]:
    """The migrations of this checkout. Another one is of a newer version, which migrates before it serves."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def has_all(session: Session) -> bool:
    """Whether every table and column that this version names is there, whatever else a newer one has added."""
    try:
        for table in Base.metadata.sorted_tables:
            session.execute(select(table).limit(0))
    except SQLAlchemyError:
        return False
    return True


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory  # only who asks needs it

    return ScriptDirectory(str(ROOT / "migrations"))
