"""A questionnaire as sections of fields, ready for a template loop: texts in the reader's language, names, hints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from survey.domain.questionnaire import Condition, Factor, Item, Question, Version
from survey.domain.scale import LEVELS
from survey.wording import N_, Translate
from survey.wording.figures import LEVELS as LEVEL_WORDS

NO_OPINION = N_("Không có ý kiến")
NO_ANSWER = N_("Không trả lời")
ONLY_IF = N_("Chỉ dành cho người chọn “%(choice)s” ở câu “%(question)s”")
OR = N_("hoặc")


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button. `opens` when choosing it makes the rest of its branch apply."""

    value: str
    text: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question: `name` of its radio buttons, and `dependent` when the first field of its branch decides on it."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    declining: str
    scaled: bool
    hint: str = ""
    dependent: bool = False


Branch = tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A factor: its heading and branches; a branch is one question, or one with those that hang on it.

    `reasons` are the ready answers to what was not good, asked after a low level.
    """

    title: str
    branches: tuple[Branch, ...]
    key: str
    reasons: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a questionnaire: rated factors, facts about the visit, about the citizen."""

    factors: tuple[Section, ...]
    facts: tuple[Branch, ...]
    about: tuple[Branch, ...]

    @property
    def rated(self) -> tuple[Branch, ...]:
        """The branches of all factors."""
        return tuple(branch for factor in self.factors for branch in factor.branches)


def of_version(version: Version, language: str, translate: Translate) -> Sections:
    """The sections in the order of asking. A fact on which items hang comes right before the first of them."""
    maker = _Maker(version, language, translate)
    deciding = {item.condition.question for item in version.items if item.condition}
    return Sections(
        factors=tuple(maker.factor(factor) for factor in version.factors),
        facts=_branches(maker.question("facts", fact) for fact in version.facts if fact.key not in deciding),
        about=_branches(maker.question("about", question) for question in version.about),
    )


Entry = tuple[Field, Condition | None]


def _branches(entries: Iterable[Entry]) -> tuple[Branch, ...]:
    """Entries in their order, each in the branch of the fact before it when it hangs on that one."""
    branches: list[list[Field]] = []
    for field, condition in entries:
        if condition and branches and branches[-1][0].name == f"facts.{condition.question}":
            branches[-1].append(replace(field, dependent=True))
        else:
            branches.append([field])
    return tuple(tuple(branch) for branch in branches)


class _Maker:
    """Makes fields of one version in one language."""

    def __init__(self, version: Version, language: str, translate: Translate) -> None:
        self.language, self.translate = language, translate
        self.facts = {fact.key: fact for fact in version.facts}
        self.opening: dict[str, set[str]] = {}
        conditions = [item.condition for item in version.items]
        conditions += [question.condition for question in (*version.facts, *version.about)]
        for condition in filter(None, conditions):
            self.opening.setdefault(condition.question, set()).update(condition.options)

    def factor(self, factor: Factor) -> Section:
        reasons = tuple(Choice(reason.key, reason.text.get(self.language)) for reason in factor.reasons)
        return Section(factor.title.get(self.language), _branches(self.items(factor.items)), factor.key, reasons)

    def items(self, items: Iterable[Item]) -> Iterator[Entry]:
        placed: set[str] = set()
        for item in items:
            fact = self.facts[item.condition.question] if item.condition else None
            if fact is not None and fact.key not in placed:
                placed.add(fact.key)
                yield self.question("facts", fact)
            choices = tuple(Choice(str(level.value), self.translate(LEVEL_WORDS[level])) for level in LEVELS)
            yield self._field(f"answers.{item.key}", item, choices, NO_OPINION, scaled=True), item.condition

    def question(self, group: str, question: Question) -> Entry:
        opening = self.opening.get(question.key, set()) if group == "facts" else set()
        choices = tuple(
            Choice(option.key, option.text.get(self.language), option.key in opening) for option in question.options
        )
        return self._field(f"{group}.{question.key}", question, choices, NO_ANSWER), question.condition

    def _field(
        self, name: str, asked: Item | Question, choices: tuple[Choice, ...], declining: str, scaled: bool = False
    ) -> Field:
        return Field(
            name, asked.text.get(self.language), choices, self.translate(declining), scaled, self._hint(asked.condition)
        )

    def _hint(self, condition: Condition | None) -> str:
        if condition is None:
            return ""
        fact = self.facts[condition.question]
        texts = [option.text.get(self.language) for option in fact.options if option.key in condition.options]
        choice = f" {self.translate(OR)} ".join(texts)
        return self.translate(ONLY_IF, choice=choice, question=fact.text.get(self.language))
