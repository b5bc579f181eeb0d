"""The declarative base: naming of constraints and the column types that tables share."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

JsonObject = dict[str, str]
# A hot table: in the order of its key on SQLite, in partitions by hash of the unit on PostgreSQL. The migration makes
# the partitions; a plan reads one where the unit is given.
BY_UNIT = {"sqlite_with_rowid": False, "postgresql_partition_by": "HASH (unit_id)"}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, stored in UTC without offset on both databases."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables. Constraints are named by rule, so that one migration history serves both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {JsonObject: JSON(none_as_null=True), datetime: UtcDateTime}


def one_of(column: str, values: type) -> str:
    """The SQL of a check that a text column holds a member of a string enumeration."""
    members = ", ".join(f"'{member.value}'" for member in values)  # type: ignore[attr-defined]
    return f"{column} IN ({members})"
