"""Files under 300 lines, functions under 40, views under 25: whatever grows past that holds a noun of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.config import ROOT

FILES = sorted((ROOT / "survey").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 40, 25
VIEW_MARKS = {"get", "post", "put", "delete", "route"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    """Lines from `def` to the end, without decorators and docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0)


def is_view(function: ast.FunctionDef) -> bool:
    calls = (mark.func for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in VIEW_MARKS for call in calls)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < LONGEST_FILE
    found = {function.name: length(function) for function in functions(path)}
    assert {name: lines for name, lines in found.items() if lines >= LONGEST_FUNCTION} == {}
    views = {function.name: length(function) for function in functions(path) if is_view(function)}
    assert {name: lines for name, lines in views.items() if lines >= LONGEST_VIEW} == {}
