"""Runs the migrations on the database of the configuration; the same history serves SQLite and PostgreSQL."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event, pool

from survey.models import Base


def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    assert url is not None, "the caller sets sqlalchemy.url"
    engine = create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def _sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")


_run()
