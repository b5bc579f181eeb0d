"""Somebody with all rights in the database, who gets past what guards the record of acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from survey.extensions import db

GUARDS = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit_event', 'audit_head')")


@contextmanager
def unguarded() -> Iterator[Session]:
    """A session in which the triggers do not fire; on SQLite until it is rolled back, or for ever when committed.

    Only those against change are taken away for good; the head follows again afterwards.
    """
    engine = db.get_engine()
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for name in session.scalars(GUARDS).all():
                if name != "audit_head_follows":
                    session.execute(text(f"DROP TRIGGER {name}"))
        yield session
        session.rollback()
