"""What an import would change: entries of a file beside the entries that are stored."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry, as text: what it is and what it becomes."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """New keys with the fields that they have, changes by key, how many stay equal, how many the file does not name.

    The last are never deleted: an import only adds and changes.
    """

    added: Mapping[str, tuple[Change, ...]]
    changed: Mapping[str, tuple[Change, ...]]
    unchanged: int
    not_in_file: int

    @property
    def is_empty(self) -> bool:
        return not self.added and not self.changed


class ChangedError(Exception):
    """What would be written now is no longer what was shown."""


def difference(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> Difference:
    """Compare entries, frozen dataclasses of one kind, by key and field; in the order of `wanted`."""
    changed = {key: _changes(stored[key], entry) for key, entry in wanted.items() if stored.get(key, entry) != entry}
    return Difference(
        added={key: _fields(entry) for key, entry in wanted.items() if key not in stored},
        changed=changed,
        unchanged=sum(key in stored for key in wanted) - len(changed),
        not_in_file=sum(key not in wanted for key in stored),
    )


def summary(key: str, entry: Iterable[Change]) -> str:
    """A new entry in one line: its fields but the one that is its key."""
    return ", ".join(one.new for one in entry if one.new != key)


def digest(found: Difference, *besides: str) -> str:
    """SHA-256 of everything that was shown: equal only when exactly the same would be written."""
    text = json.dumps([asdict(found), *besides], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _changes(old: Any, new: Any) -> tuple[Change, ...]:
    pairs = ((entry.name, getattr(old, entry.name), getattr(new, entry.name)) for entry in fields(new))
    return tuple(Change(name, _text(before), _text(after)) for name, before, after in pairs if before != after)


def _fields(entry: Any) -> tuple[Change, ...]:
    texts = ((field.name, _text(getattr(entry, field.name))) for field in fields(entry))
    return tuple(Change(name, "", text) for name, text in texts if text)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
