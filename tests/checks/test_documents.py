"""What the documents promise exists: every `flask …` command, every `make` target, every file and picture."""

import re
import shlex
from pathlib import Path

import click
import pytest

from survey import create_app
from survey.config import ROOT
from tests.support.databases import settings_for

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "survey" / "docs").glob("*.md"))]
COMMANDS = re.compile(r"(?:^|[`\s/])flask ([a-z][^`\n|]*)", re.MULTILINE)
TARGETS = re.compile(r"`make ([a-z]+)`")
LINKS = re.compile(r"(?:\]\(|src=\")(?!https?:|#)([^)#\s\"]+)")


def quoted(pattern: re.Pattern[str]) -> list[tuple[Path, str]]:
    return [(path, found) for path in DOCUMENTS for found in pattern.findall(path.read_text())]


@pytest.mark.parametrize(("path", "text"), quoted(COMMANDS), ids=lambda value: str(value)[-60:])
def test_a_quoted_command_is_understood(path: Path, text: str) -> None:
    """Command and options exist; values such as FILE stand for any."""
    words = shlex.split(text.split(" #")[0])
    command: click.Command = create_app(settings_for("sqlite:////nowhere/none.sqlite3")).cli
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, text
        command = found
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known, text


@pytest.mark.parametrize(("path", "target"), quoted(TARGETS), ids=lambda value: str(value)[-60:])
def test_a_quoted_target_is_in_the_makefile(path: Path, target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(("path", "link"), quoted(LINKS), ids=lambda value: str(value)[-60:])
def test_a_linked_file_is_there(path: Path, link: str) -> None:
    assert (path.parent / link).exists()
