"""The English catalogue: fresh, complete, not fuzzy, and with the placeholders of the Vietnamese message."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from survey.config import ROOT

CATALOGUE = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%%")


def texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A message or its plural forms."""
    return (value,) if isinstance(value, str) else tuple(value or [""])


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The messages that stand in the source now, extracted as `make translations` does."""
    path: Path = tmp_path_factory.mktemp("messages") / "messages.pot"
    options = ["--quiet", "extract", "-F", "pyproject.toml", "-k", "N_", "--no-location", "-o", str(path), "."]
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *options], cwd=ROOT, check=True)
    with path.open("rb") as file:
        return read_po(file)


def test_the_catalogue_has_the_messages_of_the_source(catalogue: Catalog, source: Catalog) -> None:
    """Else run `make translations`, and translate what is new."""
    assert {texts(message.id) for message in catalogue} == {texts(message.id) for message in source}


def test_every_message_has_its_english(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and not all(texts(message.string))] == []


def test_no_message_is_fuzzy(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_the_english_has_the_placeholders_of_the_vietnamese(catalogue: Catalog) -> None:
    broken = [
        message.id
        for message in catalogue
        if message.id
        for english in texts(message.string)
        if english and sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(texts(message.id)[0]))
    ]
    assert broken == []


def test_no_placeholder_is_misspelt(catalogue: Catalog) -> None:
    """A lone % or an unfinished %(name) would fail only when somebody reads the page."""
    for message in catalogue:
        if "python-format" in message.flags:
            for text in (*texts(message.id), *texts(message.string)):
                assert "%" not in PLACEHOLDER.sub("", text), text


def test_the_source_is_in_one_normal_form(catalogue: Catalog) -> None:
    assert [m.id for m in catalogue if any(unicodedata.normalize("NFC", text) != text for text in texts(m.id))] == []
