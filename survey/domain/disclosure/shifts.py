"""Shifts: released answers that a later decision brings to the other side, of the quarantined or of the others.

A lot whose answers all change sides is told already. Of other lots those who change are told together, as a procedure's
block is, when enough of them have beside them somebody who stays and of whom everything else that was ever told says
the same: the same lot, block and earlier shifts. The proof is in survey/docs/disclosure.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from survey.domain.disclosure.company import Beside
from survey.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Person:
    """One released answer, by its unit and id. `block` tells it from others of its lot, `shift` is the last it was in.

    `due` says that a decision wants it on the other side; `items` are the places of those answered.
    """

    key: tuple[int, UUID]
    lot: int
    block: str | None
    shift: int | None
    due: bool
    items: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shift:
    """Those who changed sides in these lots. `sign` is what their sums do to figures without the quarantined: they
    come back (+1), were taken out (-1), or are again where they were (0). `told` says whether this layer may have them.
    """

    id: int
    lots: frozenset[int]
    sign: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A row of one layer with its lots; `mixed` where these are not all on one side."""

    id: int
    lots: frozenset[int]
    span: Period
    mixed: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """The shifts that count in a layer, each over the months of its groups, and the groups that must stay out."""

    counted: dict[int, Period]
    apart: frozenset[int]


@dataclass(frozen=True, slots=True)
class Revision:
    """How often decisions changed figures that were told before, when last, and of which months then."""

    number: int
    at: datetime
    span: Period


def whole_lots(people: Iterable[Person]) -> frozenset[int]:
    """The lots of which everybody changes, and nobody did before: they are told, so they just change sides."""
    staying, found = set(), set()
    for person in people:
        found.add(person.lot)
        if not person.due or person.shift is not None:
            staying.add(person.lot)
    return frozenset(found - staying)


def beside(people: Iterable[Person], items: int) -> list[Beside]:
    """Those who change and those who stay, by items answered: of each lot and block. All are of one earlier shift."""
    own: defaultdict[tuple[int, str | None], Counter[int]] = defaultdict(Counter)
    staying: defaultdict[tuple[int, str | None], Counter[int]] = defaultdict(Counter)
    for person in people:
        (own if person.due else staying)[person.lot, person.block].update(person.items)
    places = range(items)
    return [
        Beside([own[cell][place] for place in places], [staying[cell][place] for place in places])
        for cell in sorted({*own, *staying}, key=lambda cell: (cell[0], cell[1] or ""))
    ]


def settle(shifts: Iterable[Shift], groups: Sequence[Group]) -> Settled:
    """Which shifts a layer of groups can follow: those whose lots lie in groups of one span, each of one side.

    The groups of any other stay out of the figures without the quarantined, and with them what else reaches into them.
    """
    active = [shift for shift in shifts if shift.sign]
    touched = {shift.id: [group for group in groups if group.lots & shift.lots] for shift in active}
    apart: set[int] = set()
    counted: dict[int, Period] = {}
    while True:
        counted = {shift.id: touched[shift.id][0].span for shift in active if _follows(shift, touched[shift.id], apart)}
        more = {group.id for shift in active if shift.id not in counted for group in touched[shift.id]}
        if more <= apart:
            return Settled(counted, frozenset(apart))
        apart |= more


def _follows(shift: Shift, groups: Sequence[Group], apart: set[int]) -> bool:
    covered = frozenset[int]().union(*(group.lots for group in groups))
    return (
        shift.told
        and bool(groups)
        and covered >= shift.lots
        and len({group.span for group in groups}) == 1
        and not any(group.mixed or group.id in apart for group in groups)
    )
