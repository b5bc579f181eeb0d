"""Panels: which lots may be told by groups of citizens (sex, age …), and by which groups (METHOD §6).

Groups cut across lots in several directions at once. In a panel, the lots of an office in a closed quarter, every
figure gives a person a weight: of the lot, and of each told group that the person is in. The panel is told when the
people whom no other cut ever tells apart, the company, can be dealt into ten *hands*, none sharing a person, from each
of which all those weights could be worked out. Whoever combines figures so that something is left must then leave
somebody in every hand: ten people. The proof is in survey/docs/disclosure.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.domain.traits import Trait


@dataclass(frozen=True, slots=True)
class Person:
    """One released answer: its lot, its traits, the places of the items answered, and whether it is company."""

    lot: int
    traits: frozenset[Trait]
    items: frozenset[int]
    company: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What can be told: of these lots, the overall sums of each trait; `factors` when those of every factor too."""

    lots: frozenset[int]
    traits: tuple[Trait, ...]
    factors: bool


Dimension = Sequence[Trait]


def told(
    people: Sequence[Person],
    dimensions: Sequence[Dimension],
    scored: Sequence[int],
    factors: Sequence[Sequence[int]],
    minimum: int,
) -> Panel | None:
    """The panel of these people, None while nothing can be told.

    `scored` are the places of the items of the overall rate, `factors` those of each factor. Dimensions with the
    fewest answers to choose from come first; one is told when two of its groups are.
    """
    item = _most_answered(people, scored)
    sizes = Counter(person.lot for person in people if person.company and item in person.items)
    lots = frozenset(lot for lot, size in sizes.items() if size >= minimum)
    inside = [person for person in people if person.lot in lots]
    traits: tuple[Trait, ...] = ()
    for dimension in sorted(dimensions, key=len):
        traits = _with(traits, dimension, inside, item, minimum)
    if not traits:
        return None
    return Panel(lots, traits, all(_factor_fits(inside, items, traits, minimum) for items in factors))


def holds(
    people: Sequence[Person],
    traits: tuple[Trait, ...],
    scored: Sequence[int],
    factors: Sequence[Sequence[int]],
    minimum: int,
) -> bool:
    """Whether what a panel told still has its hands among those who are company now; `factors` are those it told."""
    asked = (scored, *factors)
    return all(_factor_fits(people, items, traits, minimum) for items in asked)


def _with(
    traits: tuple[Trait, ...], dimension: Dimension, people: Sequence[Person], item: int, minimum: int
) -> tuple[Trait, ...]:
    """The traits with as many of the dimension as can be told, the largest first; without it if less than two can."""
    sizes = Counter(trait for person in people if person.company and item in person.items for trait in person.traits)
    wanted = sorted((trait for trait in dimension if sizes[trait] >= minimum), key=lambda trait: (-sizes[trait], trait))
    while len(wanted) > 1:
        if _fits(people, item, (*traits, *wanted), minimum):
            return (*traits, *wanted)
        wanted.pop()
    return traits


def _factor_fits(people: Sequence[Person], items: Sequence[int], traits: tuple[Trait, ...], minimum: int) -> bool:
    """Whether a factor can be told by the traits, or nobody answered it."""
    if not any(person.items.intersection(items) for person in people):
        return True
    return _fits(people, _most_answered(people, items), traits, minimum)


def _most_answered(people: Iterable[Person], items: Sequence[int]) -> int:
    counts = Counter(number for person in people if person.company for number in person.items)
    return max(items, key=lambda number: (counts[number], -number))


def _fits(people: Sequence[Person], item: int, traits: tuple[Trait, ...], minimum: int) -> bool:
    """Whether the company who answered the item holds the minimum of hands, of lots and traits together.

    Where everybody is in a told group of a dimension, that of one group follows from the lots, so it has no column.
    """
    columns = _columns(people, traits)
    rows = [_row(person, columns) for person in people if person.company and item in person.items]
    counts = _counts(rows)
    if len(rows) < minimum * len(columns) or any(counts[number] < minimum for number in range(len(columns))):
        return False
    for _ in range(minimum):
        hand, rows = _hand(_plenty_first(rows), len(columns))
        if not hand:
            return False
    return True


def _counts(rows: Iterable[int]) -> Counter[int]:
    """How many rows have each column."""
    counts: Counter[int] = Counter()
    for row, size in Counter(rows).items():
        rest = row
        while rest:
            counts[(rest & -rest).bit_length() - 1] += size
            rest &= rest - 1
    return counts


def _plenty_first(rows: Sequence[int]) -> list[int]:
    """The rows in such an order that those of the scarcest lots and groups are left for the hands that need them."""
    counts = _counts(rows)
    scarcest = {row: min(counts[n] for n in range(row.bit_length()) if row >> n & 1) for row in set(rows)}
    return sorted(rows, key=lambda row: (-scarcest[row], row))


def _row(person: Person, columns: Mapping[int | Trait, int]) -> int:
    keys: tuple[int | Trait, ...] = (person.lot, *person.traits)
    return sum(1 << columns[key] for key in keys if key in columns)


def _columns(people: Sequence[Person], traits: tuple[Trait, ...]) -> Mapping[int | Trait, int]:
    """A number for every lot and every told trait but the ones that follow from others."""
    needed: list[int | Trait] = sorted({person.lot for person in people})
    for question in dict.fromkeys(trait.question for trait in traits):
        own = [trait for trait in traits if trait.question == question]
        complete = all(person.traits.intersection(own) for person in people)
        needed += own[1:] if complete else own
    return {key: number for number, key in enumerate(needed)}


def _hand(rows: Sequence[int], rank: int) -> tuple[bool, list[int]]:
    """Deal one hand: whether the rows hold so many independent ones, and those that are left.

    Independent modulo 2 is independent: a determinant that is odd is not zero.
    """
    basis: dict[int, int] = {}
    left: list[int] = []
    for place, row in enumerate(rows):
        if len(basis) == rank:
            left += rows[place:]
            break
        rest = row
        while rest and (top := rest.bit_length()) in basis:
            rest ^= basis[top]
        if rest:
            basis[rest.bit_length()] = rest
        else:
            left.append(row)
    return len(basis) == rank, left
