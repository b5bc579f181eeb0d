"""Questionnaire files as plain values: YAML without its surprises. What the values mean is for `domain.authoring`.

Only true and false are not text: yes, no, 08:30, 1_000 and 2024-01-01 stay what the author typed. No tags, no aliases.
"""

import json
import re

import yaml

from survey.domain.problems import Problem

LARGEST = 1024 * 1024  # bytes; the longest real questionnaire has 20.000
_TEXT, _LIST, _MAPPING = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"
_FLAG, _NOTHING = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"
WRITTEN_WIDTH = 120
_TRUE = ("true", "True", "TRUE")


class _Loader(yaml.SafeLoader):
    """Composes nodes; of all that YAML guesses from the look of a word, only true, false and nothing remain."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(_FLAG, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
_Loader.add_implicit_resolver(_NOTHING, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def parse(data: bytes) -> tuple[object, tuple[Problem, ...]]:
    """The values of a YAML file in UTF-8, with or without BOM, and what is wrong with it as YAML, by line.

    Where the file cannot be read at all, the values are None and there is at least one problem.
    """
    if len(data) > LARGEST:
        return None, (Problem("file", "file_large", {"limit": LARGEST // 1024}),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_at(data[: error.start].count(b"\n"), "file_encoding"),)
    try:
        return _values(text)
    except yaml.reader.ReaderError as error:
        return None, (_at(text[: error.position].count("\n"), "file_characters"),)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (_at(mark.line if mark else 0, "file_malformed"),)
    except RecursionError:
        return None, (Problem("file", "file_deep"),)


def written(content: str) -> str:
    """The YAML file that canonical JSON could have come from: `parse` reads the same values from it."""
    document = json.loads(content)
    order = ("key", "scale", "title", "basis", "factors", "items", "facts", "about")
    return yaml.safe_dump(
        {name: document[name] for name in order if name in document},
        allow_unicode=True,
        sort_keys=False,
        width=WRITTEN_WIDTH,
    )


def _values(text: str) -> tuple[object, tuple[Problem, ...]]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    builder = _Builder()
    value = None if node is None else builder.value(node)
    return value, tuple(builder.problems)


def _at(line: int, code: str, **values: str | int) -> Problem:
    return Problem(f"line {line + 1}", code, values)


class _Builder:
    """Turns nodes into values and notes doubled fields, tags and aliases, which YAML itself lets pass."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node) -> object:
        line = node.start_mark.line
        if id(node) in self._seen:
            self.problems.append(_at(line, "file_alias"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag == _MAPPING:
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == _LIST:
            return [self.value(child) for child in node.value]
        if isinstance(node, yaml.ScalarNode) and node.tag in (_TEXT, _FLAG, _NOTHING):
            return {_TEXT: node.value, _FLAG: node.value in _TRUE, _NOTHING: None}[node.tag]
        self.problems.append(_at(line, "file_tag"))
        return None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, child in node.value:
            key = name.value if isinstance(name, yaml.ScalarNode) else None
            if key is None:
                self.problems.append(_at(name.start_mark.line, "file_name"))
            elif key in values:
                self.problems.append(_at(name.start_mark.line, "field_twice", field=key[:40]))
            else:
                values[key] = self.value(child)
        return values
