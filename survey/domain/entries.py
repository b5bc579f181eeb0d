"""Reading an author's document entry by entry: takes whatever it is given, notes what is wrong, never stops early."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.domain.names import normal
from survey.domain.problems import Problem

LANGUAGES = ("vi", "en")
CHOICES = (2, 12)  # fewest and most options: more do not fit a screen
REASONS = (3, 5)  # fewest and most ready reasons of a factor that has any
NAME_LENGTH = 40  # of what an author wrote, where it is shown again
_WHITE_SPACE = "\t\n\r"  # becomes a single space; every other control or invisible character is refused
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}

Entry = Mapping[str, Any]
JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a text may be, in characters, and in words where it is a Vietnamese question."""

    characters: int
    words: int | None = None


@dataclass(frozen=True, slots=True)
class KeyForm:
    """How keys of a kind are written, as a pattern and by example."""

    pattern: str
    example: str


QUESTIONNAIRE_KEY = KeyForm(r"[a-z][a-z0-9-]{0,39}", "sipas-2024")
# Capitals, so that an item's column in an export can never be taken for one of ours.
ITEM_KEY = KeyForm(r"[A-Z][A-Z0-9]{0,9}", "A1")
QUESTION_KEY = KeyForm(r"[a-z][a-z0-9_]{0,29}", "extra_fees")
OPTION_KEY = KeyForm(r"[a-z0-9][a-z0-9+_-]{0,29}", "18-24")
QUESTION = Limit(200, words=18)  # METHOD §3
TITLE = Limit(120)
OPTION = Limit(80)


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects problems. What cannot be read comes back empty, so that the rest can still be looked at."""

    problems: list[Problem] = field(default_factory=list)

    def complain(self, path: str, code: str, **values: str | int) -> None:
        self.problems.append(Problem(path or "document", code, values))

    def mapping(self, value: object, path: str, fields: tuple[str, ...], optional: tuple[str, ...] = ()) -> Entry:
        """A mapping with all of `fields` and perhaps some of `optional`; says which are missing or unknown."""
        if not isinstance(value, Mapping):
            self.complain(path, "mapping_expected")
            return {}
        for name in value:
            if name not in fields + optional:
                self.complain(_join(path, printable(name)), "field_unknown")
        for name in fields:
            if value.get(name) is None:
                self.complain(_join(path, name), "field_missing")
        return value

    def entries(self, value: object, path: str) -> list[tuple[object, str]]:
        """The members of a list, each with its own path: by its key where it has one of its own, else by position."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(path, "list_expected")
            return []
        keys = [_name(entry) for entry in value]
        return [
            (entry, f"{path}.{key}" if key and keys.count(key) == 1 else f"{path}[{place}]")
            for place, (entry, key) in enumerate(zip(value, keys, strict=True), start=1)
        ]

    def key(self, value: object, path: str, form: KeyForm) -> str:
        """A key of this form, as written; a missing one was noted by `mapping`."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(path, "text_expected")
            return ""
        if not re.fullmatch(form.pattern, value):
            self.complain(path, "key_malformed", key=printable(value), example=form.example)
        return value

    def word(self, value: object, path: str) -> str:
        """A bare word that names something else: a scale, a factor, a question."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(path, "text_expected")
            return ""
        return value

    def flag(self, value: object, path: str) -> bool | None:
        """True or false; None when it is absent or neither."""
        if value is not None and not isinstance(value, bool):
            self.complain(path, "flag_expected")
            return None
        return value

    def both(self, value: object, path: str, limit: Limit) -> JsonObject:
        """A text in both languages, normalised: NFC, white space single."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.complain(path, "translations_expected")
            return {}
        for name in value:
            if name not in LANGUAGES:
                self.complain(_join(path, printable(name)), "field_unknown")
        return {language: self._text(value.get(language), f"{path}.{language}", limit) for language in LANGUAGES}

    def _text(self, value: object, path: str, limit: Limit) -> str:
        if value is None:
            self.complain(path, "translation_missing")
            return ""
        if not isinstance(value, str):
            self.complain(path, "text_expected")
            return ""
        if any(unicodedata.category(char) in _INVISIBLE and char not in _WHITE_SPACE for char in value):
            self.complain(path, "text_invisible")
        text = normal(value)
        if not text:
            self.complain(path, "text_empty")
        self._measure(text, path, limit)
        return text

    def _measure(self, text: str, path: str, limit: Limit) -> None:
        words = len(text.split())
        if len(text) > limit.characters:
            self.complain(path, "text_long", count=len(text), limit=limit.characters)
        if limit.words is not None and path.endswith(".vi") and words > limit.words:
            self.complain(path, "question_wordy", count=words, limit=limit.words)


def printable(value: object) -> str:
    """What an author wrote where a name belongs, short and safe to print on a terminal."""
    text = str(value)
    return (text if text.isprintable() else ascii(text)[1:-1])[:NAME_LENGTH]


def _name(entry: object) -> str:
    """The key of an entry where it can stand in a path, else nothing."""
    key = entry.get("key") if isinstance(entry, Mapping) else None
    return key if isinstance(key, str) and key.isprintable() and len(key) <= NAME_LENGTH else ""


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
