"""One published version of a questionnaire as frozen values. How an author's file becomes one is in `authoring`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

SLOTS = 40  # columns a01 … a40 of a response
FACTORS = 8  # factor columns of a tally


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    vi: str
    en: str

    def get(self, language: str) -> str:
        """The text in "vi" or "en"; Vietnamese for any other language."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only when the fact `question` was answered with one of `options`."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a question, or a ready reason of a factor."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A single-choice question outside the scale: a fact about the visit, or something about the citizen. Skippable."""

    key: str
    text: Text
    options: tuple[Option, ...]
    condition: Condition | None = None
    inspectors_only: bool = False  # harassment and fees

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One Likert question (tiêu chí), answered at a level and stored in `slot` (1–40)."""

    key: str
    slot: int
    text: Text
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A group of items (yếu tố). `pooled` is False for a factor that never enters the overall rate."""

    key: str
    title: Text
    items: tuple[Item, ...]
    reasons: tuple[Option, ...] = ()  # ready answers to "what was not good?"
    pooled: bool = True


@dataclass(frozen=True)
class Version:
    """A questionnaire as published under a number; `id` is its row, 0 before publishing."""

    id: int
    key: str
    number: int
    title: Text
    basis: Text  # the decision that it follows, or none
    scale: str
    factors: tuple[Factor, ...]
    facts: tuple[Question, ...]
    about: tuple[Question, ...]
    sha256: str

    @property
    def name(self) -> str:
        """How calls and files name it: sipas-2024@1."""
        return f"{self.key}@{self.number}"

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order of asking."""
        return tuple(item for factor in self.factors for item in factor.items)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """The items of the overall rate."""
        return tuple(item for factor in self.factors if factor.pooled for item in factor.items)

    @cached_property
    def item_by_key(self) -> Mapping[str, Item]:
        return {item.key: item for item in self.items}
