"""Whatever staff or operators change is recorded: every changing page and command leads to `services.audit.record`.

By reading the source: which functions a function names, in its own module or an imported one, and on from there.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from survey.config import ROOT

RECORD = ("survey.services.audit", "record")
CITIZENS = ("survey.web.citizen", "survey.web.kiosk.calls", "survey.web.calls")  # what citizens and kiosks send
UNRECORDED = {
    "survey.web.admin.uploads.take": "a file waits to be confirmed, which is recorded",
    "survey.web.questionnaires.drafts.take": "a draft waits to be published, which is recorded",
    "survey.web.paper.forms.enter": "a form waits in its batch, which is recorded when it counts",
    "survey.web.paper.forms.settle": "a form waits in its batch, which is recorded when it counts",
}


@dataclass(frozen=True)
class Module:
    """A source file: its functions, and what its imported names stand for."""

    functions: dict[str, ast.FunctionDef]
    imported: dict[str, tuple[str, str]]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted((ROOT / "survey").rglob("*.py")):
        tree = ast.parse(path.read_text())
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        imported = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        found[name_of(path)] = Module(functions, imported)
    return found


@cache
def named(module: str, function: str) -> frozenset[tuple[str, str]]:
    """The functions of ours that a function names."""
    return frozenset(_of(module, function))


def _of(module: str, function: str) -> Iterator[tuple[str, str]]:
    known = modules()[module]
    for node in ast.walk(known.functions[function]):
        if isinstance(node, ast.Name) and node.id in known.functions:
            yield module, node.id
        elif isinstance(node, ast.Name) and node.id in known.imported:
            yield known.imported[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            package, name = known.imported.get(node.value.id, ("", ""))
            yield f"{package}.{name}", node.attr


def is_recorded(module: str, function: str) -> bool:
    seen, ahead = set(), [(module, function)]
    while ahead:
        here = ahead.pop()
        if here == RECORD:
            return True
        if here in seen or here[0] not in modules() or here[1] not in modules()[here[0]].functions:
            continue
        seen.add(here)
        ahead += named(*here)
    return False


def marks(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The decorators that are calls: the last part of the name, and the source."""
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute):
            yield mark.func.attr, ast.unparse(mark)


@cache
def changing() -> frozenset[str]:
    """Pages that are posted to, and commands that write."""
    return frozenset(
        f"{module}.{name}"
        for module, known in modules().items()
        if module.startswith(("survey.web.", "survey.cli.")) and not module.startswith(CITIZENS)
        for name, function in known.functions.items()
        if any(is_changing(function, *mark) for mark in marks(function))
    )


def is_changing(function: ast.FunctionDef, mark: str, text: str) -> bool:
    if mark == "command":
        source = ast.unparse(function)
        return any(word in source for word in ("--commit", "writing()", "refreshing()"))
    return mark in ("post", "put", "delete", "patch") or (mark == "route" and "POST" in text)


@pytest.mark.parametrize("name", sorted(changing()))
def test_what_changes_something_is_recorded(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert is_recorded(module, function) or name in UNRECORDED, "record it, or say here why not"


def test_the_walk_finds_pages_and_commands_and_every_exception_is_one() -> None:
    found = changing()
    assert len(found) > 40
    assert {"survey.web.freezing.pages.freeze", "survey.cli.freezes.freeze", "survey.cli.quality.flag_answers"} <= found
    assert not is_recorded("survey.web.freezing.pages", "preview")
    assert [name for name in found & UNRECORDED.keys() if is_recorded(*name.rsplit(".", 1))] == []
