"""A difference as pages show it: what the command line prints, with names for codes and days as people write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from flask_babel import gettext

from survey.domain.differences import Change, Difference
from survey.domain.units import UnitKind
from survey.domain.uploads import FileKind
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.changes import field
from survey.wording.plans import INDICATOR_GROUPS
from survey.wording.units import UNIT_KINDS

translate: Translate = gettext
LISTED = 500  # lines that a page shows; all are counted
UNITS = frozenset({"unit_code", "parent_code", "replaced_by"})
DAYS = frozenset({"valid_from", "valid_to", "day"})
NUMBERS = frozenset({"percent", "value"})
COUNTS = frozenset({"handled", "early", "on_time", "late", "complaints"})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A new key with its entry, or one field that changes; `name` is what people call the key."""

    name: str
    key: str
    new: bool
    text: str
    field: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries there are of each fate, as text; `more` lines are not listed."""

    added: str
    changed: str
    unchanged: str
    not_in_file: str
    more: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the difference is of, and what units, procedures and targets are called, by code."""

    kind: FileKind
    units: Mapping[str, str]
    procedures: Mapping[str, str]
    targets: Mapping[str, str] = field_of(default_factory=dict)


def lines(found: Difference, names: Names) -> tuple[ChangeLine, ...]:
    """The first LISTED of every new key, then every change as old → new."""
    return tuple(islice(_every(found, _with_new(found, names)), LISTED))


def _every(found: Difference, names: Names) -> Iterator[ChangeLine]:
    for key, entry in found.added.items():
        yield ChangeLine(*_named(key, names), True, _entry(key, entry, names))
    for key, parts in found.changed.items():
        for one in parts:
            old, new = (_value(one.field, text, names) for text in (one.old, one.new))
            yield ChangeLine(*_named(key, names), False, new, field(one.field, translate), old)


def counts(found: Difference) -> Counts:
    """The last line of the command."""
    listed = len(found.added) + sum(map(len, found.changed.values()))
    more = max(0, listed - LISTED)
    return Counts(
        added=_text(len(found.added)),
        changed=_text(len(found.changed)),
        unchanged=_text(found.unchanged),
        not_in_file=_text(found.not_in_file),
        more=_text(more) if more else "",
    )


def _with_new(found: Difference, names: Names) -> Names:
    """The names with those that the same file brings."""
    brought = {
        key: one.new for key, entry in found.added.items() for one in entry if one.field == "name" and one.new != key
    }
    units = brought if names.kind is FileKind.UNITS else {}
    procedures = brought if names.kind is FileKind.PROCEDURES else {}
    targets = brought if names.kind is FileKind.TARGETS else {}
    return Names(names.kind, {**names.units, **units}, {**names.procedures, **procedures}, targets)


def _named(key: str, names: Names) -> tuple[str, str]:
    """What the key is called, and the key where that does not say it already."""
    if names.kind is FileKind.HANDLED:
        unit, procedure, day = key.split(" ")
        return f"{names.units.get(unit, unit)} · {names.procedures.get(procedure, procedure)} · {_day(day)}", ""
    called = {FileKind.PROCEDURES: names.procedures, FileKind.TARGETS: names.targets}.get(names.kind, names.units)
    return called.get(key, ""), key


def _entry(key: str, entry: Iterable[Change], names: Names) -> str:
    """A new entry: what its fields are, but those that its name says."""
    said = {"code", "unit_code", "name"} | ({"procedure_code", "day"} if names.kind is FileKind.HANDLED else set())
    parts = [one for one in entry if one.field not in said and one.new != key]
    return "; ".join(f"{field(one.field, translate)}: {_value(one.field, one.new, names)}" for one in parts)


def _value(name: str, text: str, names: Names) -> str:
    """One value of a field as people write it; what is no value of its field stays as it is."""
    if name in UNITS:
        return ", ".join(f"{names.units[code]} ({code})" if code in names.units else code for code in _codes(text))
    if name in DAYS:
        return _day(text)
    if name == "kind" and text in UnitKind._value2member_map_ and names.kind is FileKind.UNITS:
        return translate(UNIT_KINDS[UnitKind(text)])
    if name == "group" and text in INDICATOR_GROUPS:
        return translate(INDICATOR_GROUPS[text])
    if name in COUNTS and text.isdecimal():
        return _text(int(text))
    return _decimal(text) if name in NUMBERS else text


def _codes(text: str) -> list[str]:
    return [code for code in text.split(";") if code]


def _day(text: str) -> str:
    try:
        return numbers.day(date.fromisoformat(text))
    except ValueError:
        return text


def _decimal(text: str) -> str:
    try:
        return numbers.decimal(Decimal(text), current())
    except InvalidOperation:
        return text


def _text(value: int) -> str:
    return numbers.integer(value, current())
