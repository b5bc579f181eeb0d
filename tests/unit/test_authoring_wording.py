"""Every code of the checker has its sentence, and every value that a sentence names is there to fill it."""

import ast
import re
from pathlib import Path

from survey.config import ROOT
from survey.domain import authoring
from survey.domain.problems import Problem
from survey.wording.authoring import PROBLEMS, sentence
from tests.unit.test_authoring import ERRORS, good, put

SOURCES = ("domain/authoring.py", "domain/entries.py", "services/documents.py")
CODE = re.compile(
    r"(?:file|mapping|list|text|flag|field|translations?|question|key|options?|reasons|scale|items?|factors?|condition)"
    r"_[a-z_]+"
)


def literals(path: Path) -> set[str]:
    """Text constants that stand as an argument of a call, where codes stand."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        argument.value
        for call in calls
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and CODE.fullmatch(argument.value)
    }


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    used = set().union(*(literals(ROOT / "survey" / source) for source in SOURCES))

    assert used == set(PROBLEMS)


def filled(message: str, /, **values: object) -> str:
    return message % values


def test_every_sentence_can_be_filled() -> None:
    for where, value, path, code in ERRORS:
        document = good()
        put(document, where, value)
        for problem in authoring.problems(document):
            assert "%(" not in sentence(problem, filled), (path, code)


def test_a_sentence_names_what_is_wrong() -> None:
    problem = Problem("items.A1.text.vi", "question_wordy", {"count": 19, "limit": 18})

    assert sentence(problem, filled) == "Câu hỏi dài 19 từ, tối đa 18. Hãy hỏi một ý thôi."
