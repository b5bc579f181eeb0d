"""What comments of a batch are about: words that return in several of them; the rules for a theme and its answer."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from survey.domain import names
from survey.domain.problems import InvalidError, Problem
from survey.domain.submissions import CONTROL

LEAST_COMMENTS = 3  # that a suggestion stands in: what one or two say is read, not counted
MOST_PHRASES = 8
LONGEST_NAME, LONGEST_NOTE = 120, 2000
_SYLLABLE = re.compile(r"[^\W\d_]+")
LONGEST_SYLLABLE = 7  # "nghiêng"; what is longer is no Vietnamese word
# Syllables that join words and name nothing, folded.
# fmt: off
_JOINING = frozenset({
    "va", "la", "cua", "cho", "co", "khong", "duoc", "rat", "toi", "cac", "nhung", "mot", "nay", "do", "thi", "ma",
    "o", "voi", "de", "khi", "vi", "bi", "da", "dang", "se", "cung", "nen", "ra", "vao", "len", "lai", "tu", "den",
    "trong", "ngoai", "hon", "qua", "ong", "ba", "anh", "chi", "em", "moi", "phai", "nhu", "con", "nhieu", "lam",
    "xin", "cam", "on", "can", "chua", "hay", "hoac", "neu", "nguoi", "viec", "luc", "lan", "it", "ve", "tai",
    "theo", "bang", "sau", "truoc", "mong", "deu", "gi", "sao", "the",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two syllables that stand in so many comments, in their most usual spelling."""

    text: str
    comments: int


def frequent(comments: Iterable[str]) -> tuple[Phrase, ...]:
    """The pairs of syllables, hardly ever less than a word in Vietnamese, that most comments share.

    With or without diacritics is the same. Those of equal number stand in the order of their letters.
    """
    counts: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for comment in comments:
        pairs = dict.fromkeys(_pairs(comment))
        counts.update({names.fold(pair) for pair in pairs})
        for pair in pairs:
            spellings[names.fold(pair)][pair] += 1
    often = sorted((-count, key) for key, count in counts.items() if count >= LEAST_COMMENTS)
    return tuple(Phrase(_usual(spellings[key]), -count) for count, key in often[:MOST_PHRASES])


def holds(comment: str, phrase: str) -> bool:
    """Whether a comment holds the phrase, with or without diacritics."""
    wanted = names.fold(phrase)
    return bool(wanted) and f" {wanted} " in f" {names.fold(comment)} "


def checked_name(text: str) -> str:
    """The name of a theme in its normal form. Raises InvalidError: name_missing, name_long or text_control."""
    return _checked(names.normal(text), "name", "name_missing", LONGEST_NAME)


def checked_note(text: str) -> str:
    """An answer for the board, lines kept. Raises InvalidError: note_missing, note_long or text_control."""
    lines = (names.normal(line) for line in text.replace("\r\n", "\n").split("\n"))
    return _checked("\n".join(lines).strip(), "note", "note_missing", LONGEST_NOTE)


def _checked(text: str, path: str, missing: str, longest: int) -> str:
    if not text:
        raise InvalidError([Problem(path, missing)])
    if CONTROL.search(text):
        raise InvalidError([Problem(path, "text_control")])
    if len(text) > longest:
        raise InvalidError(
            [Problem(path, "name_long" if path == "name" else "note_long", {"limit": longest, "length": len(text)})]
        )
    return text


def _pairs(comment: str) -> Iterable[str]:
    for run in re.split(r"[^\w\s]|[\d_]", comment.lower()):
        syllables = _SYLLABLE.findall(run)
        for first, second in itertools.pairwise(syllables):
            if _names_something(first) and _names_something(second):
                yield f"{first} {second}"


def _names_something(syllable: str) -> bool:
    return len(syllable) <= LONGEST_SYLLABLE and names.fold(syllable) not in _JOINING


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda text: (-spellings[text], text))
