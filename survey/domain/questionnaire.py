"""One published version of a questionnaire as frozen values. How an author's file becomes one is in `authoring`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether these facts fulfil it; an unanswered question fulfils nothing."""
        return facts.get(self.question) in self.options


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
    def items_of_factors(self) -> tuple[tuple[int, ...], ...]:
        """The places in `items` of each factor's items."""
        numbers = {item.key: number for number, item in enumerate(self.items)}
        return tuple(tuple(numbers[item.key] for item in factor.items) for factor in self.factors)

    @cached_property
    def item_by_key(self) -> Mapping[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def fact_by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.facts}

    @cached_property
    def about_by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.about}

    @cached_property
    def asked_before(self) -> Mapping[str, tuple[Question, ...]]:
        """The facts to ask just before an item, by the item's key: those that it or their own conditions need."""
        placed: set[str] = set()
        before = {}
        for item in self.items:
            before[item.key] = tuple(q for q in self.facts if q.key in self._needed(item) - placed)
            placed |= self._needed(item)
        return before

    @cached_property
    def asked_last(self) -> tuple[Question, ...]:
        """The facts that no item waits for: asked after the last item."""
        placed = set().union(*(self._needed(item) for item in self.items))
        return tuple(question for question in self.facts if question.key not in placed)

    def _needed(self, item: Item) -> set[str]:
        needed: set[str] = set()
        condition = item.condition
        while condition is not None and condition.question not in needed:
            needed.add(condition.question)
            condition = self.fact_by_key[condition.question].condition
        return needed


def asked(version: Version, facts: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that are put to someone who answered the facts so, in the order of asking."""
    return tuple(item for item in version.items if item.condition is None or item.condition.holds(facts))


def from_content(row_id: int, number: int, content: str) -> Version:
    """The version that canonical JSON describes. Content is what `authoring.check` made: it is not checked again."""
    document = json.loads(content)
    slots = {item["key"]: slot for slot, item in enumerate(document["items"], start=1)}
    return Version(
        id=row_id,
        key=document["key"],
        number=number,
        title=_text(document["title"]),
        basis=_text(document["basis"]) if "basis" in document else Text("", ""),
        scale=document["scale"],
        factors=tuple(_factor(entry, document["items"], slots) for entry in document["factors"]),
        facts=tuple(_question(entry) for entry in document.get("facts", ())),
        about=tuple(_question(entry) for entry in document.get("about", ())),
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["vi"], entry["en"])


def _condition(entry: Mapping[str, Any]) -> Condition | None:
    condition = entry.get("condition")
    return condition and Condition(condition["question"], tuple(condition["options"]))


def _options(entries: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(entry["key"], _text(entry["text"])) for entry in entries)


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        key=entry["key"],
        text=_text(entry["text"]),
        options=_options(entry["options"]),
        condition=_condition(entry),
        inspectors_only=entry.get("inspectors_only", False),
    )


def _factor(entry: Mapping[str, Any], items: list[dict[str, Any]], slots: Mapping[str, int]) -> Factor:
    return Factor(
        key=entry["key"],
        title=_text(entry["title"]),
        items=tuple(
            Item(item["key"], slots[item["key"]], _text(item["text"]), _condition(item))
            for item in items
            if item["factor"] == entry["key"]
        ),
        reasons=_options(entry.get("reasons", [])),
        pooled=entry.get("pooled", True),
    )
