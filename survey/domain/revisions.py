"""What two versions of a questionnaire ask otherwise, part by part. Which part means what is said in `wording`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeVar

from survey.domain.questionnaire import Condition, Factor, Item, Option, Question, Text, Version

LANGUAGES = ("vi", "en")
Named = TypeVar("Named", Factor, Item, Option, Question)


class Part(StrEnum):
    """What changed."""

    TITLE = auto()
    BASIS = auto()
    SCALE = auto()
    FACTOR = auto()
    REASON = auto()
    ITEM = auto()
    FACT = auto()
    ABOUT = auto()
    OPTION = auto()


class Step(StrEnum):
    """How it changed."""

    ADDED = auto()
    REMOVED = auto()
    REWORDED = auto()
    MOVED = auto()  # to another place among its like
    REASSIGNED = auto()  # an item to another factor
    CONDITION = auto()  # of whom it is asked
    POOLED = auto()  # whether a factor enters the overall rate
    CONFIDENTIAL = auto()  # whether only inspectors read it


@dataclass(frozen=True, slots=True)
class Revision:
    """One change. `key` is the path by keys, such as A1 or trips/2+; `language` is that of a reworded text, else "".

    `old` and `new` are texts in both languages for what was added or removed, the texts of `language` for what was
    reworded, and keys otherwise; conditions are written trips=1,2+.
    """

    part: Part
    step: Step
    key: str
    old: Text
    new: Text
    language: str = ""


NOTHING = Text("", "")


def between(old: Version, new: Version) -> tuple[Revision, ...]:
    """Every change from the old version to the new one, in the order of asking; none for equal content."""
    return tuple(_between(old, new))


def kept_items(old: Version, new: Version) -> int:
    """How many items are word for word the same in both languages, of the same factor, and asked of the same people."""

    def asked(version: Version) -> set[tuple[str, str, Text, Condition | None]]:
        return {
            (item.key, factor.key, item.text, item.condition) for factor in version.factors for item in factor.items
        }

    return len(asked(old) & asked(new))


def _between(old: Version, new: Version) -> Iterator[Revision]:
    yield from _reworded(Part.TITLE, "", old.title, new.title)
    yield from _reworded(Part.BASIS, "", old.basis, new.basis)
    yield from _set(Part.SCALE, Step.REWORDED, "", old.scale, new.scale)
    yield from _listed(Part.FACTOR, old.factors, new.factors, lambda one: one.title, _factor)
    yield from _listed(Part.ITEM, old.items, new.items, lambda one: one.text, _conditioned(Part.ITEM))
    yield from _reassigned(old, new)
    yield from _listed(Part.FACT, old.facts, new.facts, lambda one: one.text, _question(Part.FACT))
    yield from _listed(Part.ABOUT, old.about, new.about, lambda one: one.text, _question(Part.ABOUT))


def _listed(
    part: Part,
    old: Sequence[Named],
    new: Sequence[Named],
    text: Callable[[Named], Text],
    inner: Callable[[Named, Named], Iterator[Revision]],
    above: str = "",
) -> Iterator[Revision]:
    """A list of things with keys: gone ones, then the new list in its order."""
    before, after = {one.key: one for one in old}, {one.key for one in new}
    for one in old:
        if one.key not in after:
            yield Revision(part, Step.REMOVED, above + one.key, text(one), NOTHING)
    staying = [one.key for one in new if one.key in before]
    still = _longest_in_order([one.key for one in old if one.key in after], staying)
    for one in new:
        was = before.get(one.key)
        if was is None:
            yield Revision(part, Step.ADDED, above + one.key, NOTHING, text(one))
            continue
        if one.key not in still:
            yield Revision(part, Step.MOVED, above + one.key, NOTHING, NOTHING)
        yield from _reworded(part, above + one.key, text(was), text(one))
        yield from inner(was, one)


def _factor(old: Factor, new: Factor) -> Iterator[Revision]:
    yield from _set(Part.FACTOR, Step.POOLED, new.key, _flag(old.pooled), _flag(new.pooled))
    yield from _listed(Part.REASON, old.reasons, new.reasons, lambda one: one.text, _no_more, f"{new.key}/")


def _question(part: Part) -> Callable[[Question, Question], Iterator[Revision]]:
    def compare(old: Question, new: Question) -> Iterator[Revision]:
        yield from _conditioned(part)(old, new)
        yield from _set(part, Step.CONFIDENTIAL, new.key, _flag(old.inspectors_only), _flag(new.inspectors_only))
        yield from _listed(Part.OPTION, old.options, new.options, lambda one: one.text, _no_more, f"{new.key}/")

    return compare


def _conditioned(part: Part) -> Callable[[Item | Question, Item | Question], Iterator[Revision]]:
    def compare(old: Item | Question, new: Item | Question) -> Iterator[Revision]:
        yield from _set(part, Step.CONDITION, new.key, _written(old.condition), _written(new.condition))

    return compare


def _no_more(old: Option, new: Option) -> Iterator[Revision]:
    yield from ()


def _reassigned(old: Version, new: Version) -> Iterator[Revision]:
    before = {item.key: factor.key for factor in old.factors for item in factor.items}
    for factor in new.factors:
        for item in factor.items:
            yield from _set(Part.ITEM, Step.REASSIGNED, item.key, before.get(item.key, factor.key), factor.key)


def _reworded(part: Part, key: str, old: Text, new: Text) -> Iterator[Revision]:
    for language in LANGUAGES:
        if old.get(language) != new.get(language):
            yield Revision(part, Step.REWORDED, key, old, new, language)


def _set(part: Part, step: Step, key: str, old: str, new: str) -> Iterator[Revision]:
    if old != new:
        yield Revision(part, step, key, Text(old, old), Text(new, new))


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _written(condition: Condition | None) -> str:
    return "" if condition is None else f"{condition.question}={','.join(condition.options)}"


def _longest_in_order(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The most keys that stand in the same order in both lists of the same keys: all others were moved."""
    place = {key: number for number, key in enumerate(old)}
    best: list[list[str]] = []  # best[i]: the longest run that ends with new[i]
    for key in new:
        best.append([*_longest([run for run in best if place[run[-1]] < place[key]]), key])
    return frozenset(_longest(best))


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=len) if runs else []
