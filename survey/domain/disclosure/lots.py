"""Lots: the answers that become visible together, and that nothing shown ever takes apart (METHOD §6).

A lot holds at least the minimum of respondents, of one questionnaire and one state of quarantine, either all with or
all without an overall rate. It lies in one office or in a pool of small ones, in one month or a run of months, in one
channel or several. A figure is the sum of the lots that lie wholly within what it is about.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from survey.domain.periods import Month, Period

Path = tuple[int, ...]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Kind:
    """What all answers of a lot have in common. `whole` answers count overall, the others in items and factors only."""

    questionnaire_id: int
    whole: bool
    quarantined: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many answers of one office, month and channel that no lot holds yet."""

    unit_id: int
    kind: Kind
    month: Month
    channel: str
    answers: int


@dataclass(frozen=True, slots=True)
class Lot:
    """Answers to release together. `unit_id` is the office, or the unit above those whose answers are pooled."""

    unit_id: int
    kind: Kind
    parts: tuple[Waiting, ...]

    @property
    def answers(self) -> int:
        return _total(self.parts)

    @property
    def channel(self) -> str | None:
        """The channel of all its answers, None when they came by several."""
        channels = {part.channel for part in self.parts}
        return channels.pop() if len(channels) == 1 else None

    @property
    def span(self) -> Period:
        months = [part.month for part in self.parts]
        return Period(min(months).first, max(months).last)


@dataclass(frozen=True, slots=True)
class Terms:
    """When lots are closed. Months before `open_from` are over: their rests may wait no longer than they must.

    `mixed` lets a month that is not over put its small channels together, so that nothing waits which need not.
    """

    minimum: int
    open_from: Month
    mixed: bool = False


def of_unit(waiting: Iterable[Waiting], terms: Terms) -> list[Lot]:
    """The lots of one office. Within a month each channel makes its own lot as long as it has enough answers.

    When a month is over its small channels join each other, and, where they are still too few, the smallest other one.
    A month that has too few answers in all waits for the next ones of the office, and then makes one lot with them.
    """
    found: list[Lot] = []
    for kind, of_kind in _by(waiting, lambda part: part.kind).items():
        rest: list[Waiting] = []
        for month, parts in sorted(_by(of_kind, lambda part: part.month).items()):
            over = month < terms.open_from
            groups = _channels(parts, terms.minimum, together=over or terms.mixed)
            found += [_lot(group, kind) for group in groups]
            if over and not groups:
                rest += parts
        found += [_lot(run, kind) for run in _runs(rest, terms.minimum)]
    return found


def pooled(waiting: Iterable[Waiting], paths: Mapping[int, Path], year: int, minimum: int) -> list[Lot]:
    """The lots of what offices with too few answers still hold from the years before `year`, put together.

    Offices under one unit share a lot; what is too little there goes on to the unit above, and waits at the top. A lot
    stays within one year.
    """
    found: list[Lot] = []
    old = [part for part in waiting if part.month.year < year]
    for (kind, _), parts in _by(old, lambda part: (part.kind, part.month.year)).items():
        level = _by(parts, lambda part: paths[part.unit_id])
        while deepest := max((path for path in level if len(path) > 1), key=len, default=None):
            above = deepest[:-1]
            siblings = [path for path in level if path[:-1] == above and len(path) > 1]
            together = [part for path in (*siblings, above) for part in level.pop(path, ())]
            if _total(together) >= minimum:
                found.append(Lot(above[-1], kind, tuple(together)))
            else:
                level[above] = together
    return found


def _by(waiting: Iterable[Waiting], key: Callable[[Waiting], Key]) -> dict[Key, list[Waiting]]:
    found: defaultdict[Key, list[Waiting]] = defaultdict(list)
    for part in waiting:
        found[key(part)].append(part)
    return dict(found)


def _channels(parts: Sequence[Waiting], minimum: int, *, together: bool) -> list[list[Waiting]]:
    """Groups of one month's channels that hold enough each; with `together` they hold all, unless all are too few."""
    by_size = sorted(parts, key=lambda part: (part.answers, part.channel))
    groups = [[part] for part in by_size if part.answers >= minimum]
    small = [part for part in by_size if part.answers < minimum]
    if not together or not small:
        return groups
    if _total(small) >= minimum:
        return [small, *groups]
    return [[*small, *groups[0]], *groups[1:]] if groups else []


def _runs(rest: Sequence[Waiting], minimum: int) -> list[list[Waiting]]:
    """The rests of months, oldest first, put together until they are enough; the last run takes what is left over."""
    runs: list[list[Waiting]] = []
    run: list[Waiting] = []
    for _, parts in sorted(_by(rest, lambda part: part.month).items()):
        run += parts
        if _total(run) >= minimum:
            runs.append(run)
            run = []
    if run and runs:
        runs[-1] += run
    return runs


def _lot(parts: Sequence[Waiting], kind: Kind) -> Lot:
    return Lot(parts[0].unit_id, kind, tuple(parts))


def _total(parts: Iterable[Waiting]) -> int:
    return sum(part.answers for part in parts)
