"""Company: which answers about a procedure may be told, given that the lots that they lie in are known too.

A procedure's answers cut across lots. Its figure is a block of answers of one office. In the same lots as many people
of no told procedure, the company, must have answered: pair by pair, one of the procedure and one of the company in the
same lot, the minimum of pairs. Whoever adds and subtracts lots and blocks to get rid of one of a pair is left with the
other, so with the minimum of people: the proof is in survey/docs/disclosure.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SHARE = Fraction(1, 3)  # of a lot that is company at least: fewer find pairs late, more leave little to tell
Items = Sequence[int]  # respondents of each item


@dataclass(frozen=True, slots=True)
class Beside:
    """The respondents of each item in one lot: those of the procedure, and their company."""

    own: Items
    company: Items


@dataclass(frozen=True, slots=True)
class Block:
    """So many lots, oldest first, whose answers of the procedure can be told; and the factors of which items can."""

    lots: int
    factors: frozenset[int]


def companions(sizes: Mapping[str, int], without: int) -> frozenset[str]:
    """The procedures of a lot that are company for ever: the smallest, until with those of none it is a third."""
    enough = math.ceil((sum(sizes.values()) + without) * SHARE)
    found = []
    for size, code in sorted((size, code) for code, size in sizes.items()):
        if without >= enough:
            break
        found.append(code)
        without += size
    return frozenset(found)


def block(lots: Sequence[Beside], factors: Sequence[Items], minimum: int) -> Block | None:
    """The fewest of the oldest lots whose answers of the procedure can be told by factor; None while they cannot.

    `factors` are the items of each factor, as indices.
    """
    for count in range(1, len(lots) + 1):
        factors_told = together(lots[:count], factors, minimum)
        if factors_told is not None:
            return Block(count, factors_told)
    return None


def together(lots: Sequence[Beside], factors: Sequence[Items], minimum: int) -> frozenset[int] | None:
    """The factors whose items can be told too when the answers of all these lots are told; None where they cannot."""
    have = _company(lots, minimum)
    answered = [sum(column) for column in zip(*(lot.own for lot in lots), strict=True)]
    asked = [[item for item in items if answered[item]] for items in factors]
    if any(asked) and all(any(item in have for item in items) for items in asked if items):
        return frozenset(number for number, items in enumerate(asked) if items and have.issuperset(items))
    return None


def _company(lots: Sequence[Beside], minimum: int) -> frozenset[int]:
    """The items that enough pairs answered."""
    return frozenset(
        item
        for item in range(len(lots[0].own))
        if sum(min(lot.own[item], lot.company[item]) for lot in lots) >= minimum
    )
