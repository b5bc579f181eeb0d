"""What a backup says of itself, and why one is refused."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

FORMAT = 1


class BackupError(Exception):
    """A backup that cannot be made or restored: `code` says why, `values` fill its sentence."""

    def __init__(self, code: str, **values: str) -> None:
        self.code, self.values = code, values
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class About:
    """The kind of database, its migration, when (ISO, UTC), rows of each table, and where the audit ended."""

    database: str
    revision: str
    made_at: str
    rows: Mapping[str, int]
    audit: str | None

    @property
    def responses(self) -> int:
        return self.rows.get("response", 0)

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def of(cls, text: str) -> "About":
        """From JSON; raises BackupError for what this program did not write."""
        try:
            said = json.loads(text)
            if said.pop("format") != FORMAT:
                raise BackupError("format_unknown")
            return cls(**said)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BackupError("format_unknown") from None


def differing(expected: About, found: About) -> str | None:
    """The first table whose rows are not what the backup says, or "audit"; None where all is there."""
    for table in sorted({*expected.rows, *found.rows}):
        if expected.rows.get(table) != found.rows.get(table):
            return table
    return None if expected.audit == found.audit else "audit"
