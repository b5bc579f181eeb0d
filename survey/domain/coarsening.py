"""Rows of single responses for others to read: what a row may say of where it comes from (METHOD §6, "Rows").

A row says what is true of its whole lot, and its procedure only where all rows of one told block say the same besides.
Those whom a later decision brought to the other side say so, all who did together. So the rows that share a key are
whole lots, blocks and shifts, added and subtracted, which figures tell already: rows and figures together give no more
than figures alone. No row is ever dropped from its lot, and no answer is touched.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.domain.periods import Period

BLANK = ""


class Key(NamedTuple):
    """The columns of a row besides its answers, as texts; `month` is 2026-08, or the quarter 2026-Q3, or blank."""

    month: str
    unit_code: str
    questionnaire: str
    channel: str
    assisted: str
    procedure: str
    quarantined: str


Names = dict[tuple[int, str], Key]


@dataclass(frozen=True, slots=True)
class Lot:
    """A released lot that lies wholly in an export: what is the same of all its rows; None where it differs."""

    span: Period
    unit_code: str | None
    questionnaire: str
    channel: str | None
    assisted: bool | None
    quarantined: bool
    rows: int

    @property
    def key(self) -> Key:
        """What each row of the lot may say besides its procedure."""
        return Key(
            month=_month(self.span),
            unit_code=self.unit_code or BLANK,
            questionnaire=self.questionnaire,
            channel=self.channel or BLANK,
            assisted=BLANK if self.assisted is None else _flag(self.assisted),
            procedure=BLANK,
            quarantined=_flag(self.quarantined),
        )


@dataclass(frozen=True, slots=True)
class Block:
    """The rows about one procedure in some lots, as figures tell them."""

    procedure: str
    lots: frozenset[int]
    rows: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Those whom later decisions brought to the other side in these lots, without those who went on from there."""

    lots: frozenset[int]
    quarantined: bool
    rows: int


def names(
    lots: Mapping[int, Lot], blocks: Iterable[Block], minimum: int, shifts: Mapping[int, Shift] | None = None
) -> Names:
    """The key of the rows of each lot and procedure; under a blank procedure that of all others of the lot.

    `lots` are those of the export, by id, and `shifts` those of them, all of whose lots are among them. Rows of a shift
    are found under its id instead of their lot's. Lots that shifts join say only what is the same in all of them, and
    of no row its procedure. A block is named where all its lots are among them and say the same, span
    included: then no other export has a part of it. Keys that fewer than `minimum` rows share, as they can where the
    minimum was raised after the release, lose everything but the questionnaire.
    """
    moved = shifts or {}
    joined = _joined(lots, moved.values())
    found: Names = {(number, BLANK): joined.get(number, lot.key) for number, lot in lots.items()}
    sizes: Counter[Key] = Counter()
    for number, lot in lots.items():
        sizes[found[number, BLANK]] += lot.rows
    for number, shift in moved.items():
        base = joined[min(shift.lots)]
        key = base._replace(quarantined=_flag(shift.quarantined))
        sizes[base] -= shift.rows
        sizes[key] += shift.rows
        found[number, BLANK] = key
    for block in blocks:
        if not joined.keys().isdisjoint(block.lots):
            continue
        alike = {(lots[number].span, lots[number].key) if number in lots else None for number in block.lots}
        if len(alike) != 1 or None in alike:
            continue
        base = lots[min(block.lots)].key
        key = base._replace(procedure=block.procedure)
        sizes[base] -= block.rows
        sizes[key] += block.rows
        found.update(((number, block.procedure), key) for number in block.lots)
    hidden = _hidden(sizes, minimum)
    return {cell: blanked(key) if key in hidden else key for cell, key in found.items()}


def blanked(key: Key) -> Key:
    """The key of rows of which nothing but the questionnaire may be said; their answers show that anyway."""
    return Key(BLANK, BLANK, key.questionnaire, BLANK, BLANK, BLANK, BLANK)


def quarter(month: str) -> str:
    """The quarter of a month: 2026-08 → 2026-Q3."""
    year, _, number = month.partition("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def _joined(lots: Mapping[int, Lot], shifts: Iterable[Shift]) -> dict[int, Key]:
    """What rows of lots that shifts join may say: the same in all of them."""
    groups: list[frozenset[int]] = []
    for shift in shifts:
        apart = [group for group in groups if group.isdisjoint(shift.lots)]
        groups = [*apart, shift.lots.union(*(group for group in groups if group not in apart))]
    found = {}
    for group in groups:
        columns = zip(*(lots[number].key for number in group), strict=True)
        key = Key(*(column[0] if len(set(column)) == 1 else BLANK for column in columns))
        found.update(dict.fromkeys(group, key))
    return found


def _hidden(sizes: Mapping[Key, int], minimum: int) -> frozenset[Key]:
    """The keys that too few rows share, and of the same questionnaire the smallest others until enough are hidden."""
    hidden: set[Key] = set()
    for questionnaire in {key.questionnaire for key in sizes}:
        ordered = sorted((size, key) for key, size in sizes.items() if key.questionnaire == questionnaire and size)
        total = 0
        for size, key in ordered:
            if size >= minimum and (total == 0 or total >= minimum):
                break
            total += size
            hidden.add(key)
    return frozenset(hidden)


def _month(span: Period) -> str:
    first, last = (f"{day:%Y-%m}" for day in (span.start, span.end))
    if first == last:
        return first
    return quarter(first) if quarter(first) == quarter(last) else BLANK


def _flag(value: bool) -> str:
    return "true" if value else "false"
