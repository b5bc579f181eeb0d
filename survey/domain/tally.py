"""Counts and sums that add up over any units, days and channels, and from which every rate follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.domain.questionnaire import Version
from survey.domain.scale import LEVELS, SATISFIED_FROM

Counts = tuple[int, int, int, int, int]
NO_COUNTS: Counts = (0, 0, 0, 0, 0)
FIRST_SATISFIED = SATISFIED_FROM - 1  # index of "satisfied" in counts


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers to a set of items by `k` respondents with at least one answer in it.

    `counts` are answers at levels 1–5. With m a respondent's answers and s the satisfied ones among them, `mm`, `sm`
    and `ss` are Σm², Σsm and Σs²; Σm and Σs follow from the counts (METHOD §5).
    """

    k: int
    counts: Counts
    mm: int
    sm: int
    ss: int

    @classmethod
    def of_item(cls, counts: Counts) -> "Cell":
        """A single item's cell: every respondent has one answer, so all sums follow from the counts."""
        answers, satisfied = sum(counts), sum(counts[FIRST_SATISFIED:])
        return cls(answers, counts, answers, satisfied, satisfied)

    @property
    def m(self) -> int:
        """Answers."""
        return sum(self.counts)

    @property
    def s(self) -> int:
        """Satisfied answers."""
        return sum(self.counts[FIRST_SATISFIED:])

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.k + other.k,
            add_counts(self.counts, other.counts),
            self.mm + other.mm,
            self.sm + other.sm,
            self.ss + other.ss,
        )


EMPTY = Cell(0, NO_COUNTS, 0, 0, 0)


def add_counts(left: Counts, right: Counts) -> Counts:
    """Level counts of both sets."""
    a, b = left, right
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4])


@dataclass(frozen=True, slots=True)
class Tally:
    """All cells of one questionnaire version: `responses` counted forms, overall, a cell a factor, counts an item."""

    responses: int
    overall: Cell
    factors: tuple[Cell, ...]
    items: tuple[Counts, ...]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.responses + other.responses,
            self.overall + other.overall,
            tuple(left + right for left, right in zip(self.factors, other.factors, strict=True)),
            tuple(add_counts(left, right) for left, right in zip(self.items, other.items, strict=True)),
        )


def empty(version: Version) -> Tally:
    """The tally of no response."""
    return Tally(0, EMPTY, (EMPTY,) * len(version.factors), (NO_COUNTS,) * len(version.items))


def counts_overall(answered: int, version: Version) -> bool:
    """Whether a respondent with so many scored items answered counts overall: at least half of them (METHOD §4)."""
    return 2 * answered >= len(version.scored)


def of_response(levels: Sequence[int | None], version: Version) -> Tally:
    """The tally of one response; `levels` by slot, in the order of the version's items."""
    factors: list[Cell] = []
    scored: list[int | None] = []
    start = 0
    for factor in version.factors:
        own = levels[start : start + len(factor.items)]
        start += len(factor.items)
        factors.append(_cell(own))
        if factor.pooled:
            scored.extend(own)
    overall = _cell(scored)
    return Tally(
        1,
        overall if counts_overall(overall.m, version) else EMPTY,
        tuple(factors),
        tuple(_cell([level]).counts for level in levels),
    )


def _cell(levels: Sequence[int | None]) -> Cell:
    given = [level for level in levels if level is not None]
    if not given:
        return EMPTY
    counts = [given.count(level) for level in LEVELS]
    m, s = len(given), sum(counts[FIRST_SATISFIED:])
    return Cell(1, (counts[0], counts[1], counts[2], counts[3], counts[4]), m * m, s * m, s * s)
