"""What is wrong with an input, as data: a place, a code, and values for the sentence that `wording` makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint: `path` such as "answers.A1" or "line 7", `code` such as "level_unknown"."""

    path: str
    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


class InvalidError(Exception):
    """An input cannot be taken; carries every problem that was found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.path}: {problem.code}" for problem in problems))
