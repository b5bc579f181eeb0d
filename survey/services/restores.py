"""Brings a backup back, whole or not at all: read, compared with what it says of itself, and only then committed."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Connection, Engine, Table, create_engine, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from survey.domain import audit as rules
from survey.domain.backups import About, BackupError, differing
from survey.queries import audit
from survey.services import backups, sealing
from survey.services.backups import ABOUT, COPIES, SQLITE_FILE

PIECE = 1 << 20
KEPT_BY_TRIGGERS = frozenset({"audit_head"})  # has a row of its own in an empty database


def restore(engine: Engine, file: Path, key_file: Path, replaced: str | None, *, commit: bool) -> About:
    """Put the backup into the database; what it says of itself. Raises BackupError, and then nothing is changed.

    An empty database is filled; one that holds rows only where `replaced` is its name. Without `commit` all of it is
    done and compared, in a scratch file or in a transaction, and taken back.
    """
    with _opened(file, key_file, _room(engine, file)) as (archive, folder):
        said = About.of(archive.read(ABOUT).decode("utf-8"))
        if said.database != engine.dialect.name:
            raise BackupError("other_database", here=engine.dialect.name, there=said.database)
        if said.database == "sqlite":
            _into_sqlite(engine, archive, folder, said, replaced, commit)
        else:
            _into_postgresql(engine, archive, said, replaced, commit)
    return said


def _room(engine: Engine, file: Path) -> Path:
    """Where the plain copy lies for a while: beside a database file, else beside the backup."""
    path = Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else file
    return path.absolute().parent


@contextmanager
def _opened(file: Path, key_file: Path, room: Path) -> Iterator[tuple[ZipFile, Path]]:
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=room) as folder:
        plain = Path(folder) / "archive.zip"
        sealing.unseal(file, plain, key_file)
        try:
            with ZipFile(plain) as archive:
                yield archive, Path(folder)
        except (BadZipFile, KeyError):
            raise BackupError("format_unknown") from None


def _into_sqlite(
    engine: Engine, archive: ZipFile, folder: Path, said: About, replaced: str | None, commit: bool
) -> None:
    """Check the copy in a scratch file, then write it over the database in one transaction that servers wait for."""
    copy = Path(archive.extract(SQLITE_FILE, folder))
    scratch = create_engine(f"sqlite:///{copy}")
    with scratch.connect() as connection:
        _compare(connection, said, backups.about_sqlite(copy, datetime.now(UTC)))
    scratch.dispose()
    with engine.connect() as connection:  # holds the writers' queue until the end
        _check_free(connection, replaced)
        connection.rollback()
        if commit:
            name = str(engine.url.database)
            with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(name, timeout=60)) as target:
                source.backup(target)


def _into_postgresql(engine: Engine, archive: ZipFile, said: About, replaced: str | None, commit: bool) -> None:
    """All in one transaction; triggers rest, since rows that never change are written again as they were."""
    with engine.connect() as connection, connection.begin() as transaction:
        here = _revision(connection)
        if here != said.revision:
            raise BackupError("other_revision", here=here or "-", there=said.revision)
        _check_free(connection, replaced)
        found = backups.tables(connection)
        names = ", ".join(f'"{table.name}"' for table in found)
        for table in found:
            connection.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
        connection.execute(text(f"TRUNCATE {names}"))
        for table in found:
            _fill(connection, archive, table)
        for table in found:
            connection.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))
        _compare(connection, said, backups.about(connection, datetime.now(UTC)))
        if not commit:
            transaction.rollback()


def _fill(connection: Connection, archive: ZipFile, table: Table) -> None:
    copied = f'COPY "{table.name}" ({backups.names(table)}) FROM STDIN'
    with (
        archive.open(f"{COPIES}/{table.name}") as member,
        backups.driver(connection).cursor() as cursor,
        cursor.copy(copied) as rows,
    ):
        while piece := member.read(PIECE):
            rows.write(piece)
    for column in table.primary_key.columns:  # numbers go on after the last one
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": f'"{table.name}"', "c": column.name}
        )
        last = connection.scalar(select(func.max(column))) if sequence else None
        if last is not None:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _revision(connection: Connection) -> str | None:
    try:
        with connection.begin_nested():
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DatabaseError:
        return None
    return found


def _check_free(connection: Connection, replaced: str | None) -> None:
    """Raises BackupError where the database holds something and its name was not typed."""
    name = Path(str(connection.engine.url.database)).name
    held = sum(
        connection.scalar(select(func.count()).select_from(table)) or 0
        for table in backups.tables(connection)
        if table.name not in KEPT_BY_TRIGGERS
    )
    if held and replaced != name:
        raise BackupError("not_empty", name=name, rows=str(held))


def _compare(connection: Connection, said: About, found: About) -> None:
    """Raises BackupError where the restored rows or the chain of the audit are not those that were backed up."""
    if (table := differing(said, found)) is not None:
        raise BackupError("incomplete", table=table)
    session = Session(connection)
    checked = rules.check(audit.links(session), audit.head(session), None)
    if checked.flaw is not None:
        raise BackupError("audit_broken", number=str(checked.flaw.number))
