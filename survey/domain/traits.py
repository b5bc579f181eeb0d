"""Traits: what a citizen said of themselves or of the visit, by which groups of citizens are compared (METHOD §3)."""

from dataclasses import dataclass

from survey.domain.questionnaire import Question, Version


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """One answer to one question beside the scale: all who gave it are a group."""

    question: str
    option: str

    @property
    def code(self) -> str:
        """How addresses and tables name it: gender=female."""
        return f"{self.question}={self.option}"


def dimensions(version: Version) -> tuple[Question, ...]:
    """The questions by whose answers citizens may be compared: asked of everybody, and not for inspectors alone."""
    return tuple(q for q in (*version.about, *version.facts) if q.condition is None and not q.inspectors_only)


def of_dimension(question: Question) -> tuple[Trait, ...]:
    """A trait for each answer, in the order of the questionnaire."""
    return tuple(Trait(question.key, option.key) for option in question.options)


def by_code(version: Version) -> dict[str, Trait]:
    """Every trait of a version, by its code."""
    return {trait.code: trait for question in dimensions(version) for trait in of_dimension(question)}
