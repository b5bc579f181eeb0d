"""Makes a backup of the whole database while it is used: one moment of it, checked, then encrypted to a public key."""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, select, text
from sqlalchemy.orm import Session

from survey.domain.backups import About, BackupError
from survey.queries import audit, schema
from survey.services import sealing

ABOUT, SQLITE_FILE, COPIES = "about.json", "survey.sqlite3", "tables"
NO_DATA = frozenset({"alembic_version"})


def make(engine: Engine, file: Path, public_keys: Sequence[str], now: datetime) -> About:
    """Write the backup of a database to a new file; what it says of itself. Raises BackupError.

    The plain copy lies in a folder of its own beside the file, readable by its owner alone, and is gone at the end.
    """
    if not public_keys:
        raise BackupError("no_public_key")
    sealing.check_keys(public_keys)
    if file.exists():
        raise BackupError("file_exists", file=file.name)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as folder:
        archive = Path(folder) / "archive.zip"
        gather = _from_sqlite if engine.dialect.name == "sqlite" else _from_postgresql
        about = gather(engine, archive, now)
        sealing.seal(archive, file, public_keys)
    return about


def _from_sqlite(engine: Engine, archive: Path, now: datetime) -> About:
    """The whole file as one read transaction sees it. Writers go on: the log takes what they write."""
    copy = archive.with_name(SQLITE_FILE)
    with closing(sqlite3.connect(str(engine.url.database), timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    about = about_sqlite(copy, now)
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=1) as opened:
        opened.writestr(ABOUT, about.text())
        opened.write(copy, SQLITE_FILE)
    return about


def about_sqlite(copy: Path, now: datetime) -> About:
    """Read a copy as a whole: its pages, its foreign keys, its rows. Raises BackupError where it is not sound."""
    with closing(sqlite3.connect(copy)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not sound or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise BackupError("not_sound")
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connected:
            return about(connected, now)
    finally:
        engine.dispose()


def _from_postgresql(engine: Engine, archive: Path, now: datetime) -> About:
    """Every table by COPY, all in one REPEATABLE READ snapshot. Writers go on, a migration waits."""
    with engine.connect() as connection, connection.begin():
        found = about(connection, now)
        with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=1) as opened:
            opened.writestr(ABOUT, found.text())
            for table in tables(connection):
                with opened.open(f"{COPIES}/{table.name}", "w", force_zip64=True) as member:
                    copied = f'COPY (SELECT {names(table)} FROM "{table.name}") TO STDOUT'  # noqa: S608
                    with driver(connection).cursor() as cursor, cursor.copy(copied) as rows:
                        for piece in rows:
                            member.write(piece)
    return found


def about(connection: Connection, now: datetime) -> About:
    """What a database holds, as this transaction sees it."""
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    rows = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables(connection)}
    head = audit.head(Session(connection))
    made_at = now.isoformat(timespec="seconds")
    return About(connection.dialect.name, str(revision), made_at, rows, head.mark if head else None)


def tables(connection: Connection) -> list[Table]:
    """The tables that are there, each after those that it refers to; not those that this program thinks there are."""
    metadata = MetaData()
    metadata.reflect(connection)
    others = NO_DATA | schema.parts(connection)
    return [table for table in metadata.sorted_tables if table.name not in others]


def names(table: Table) -> str:
    """The columns in their order, as COPY wants them."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


def driver(connection: Connection):  # type: ignore[no-untyped-def]
    """psycopg's own connection below: COPY is nothing that SQLAlchemy knows."""
    return connection.connection.driver_connection
