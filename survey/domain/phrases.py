"""Words that return in several comments: whole Vietnamese words, not two syllables that happen to stand together."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from survey.domain import names
from survey.domain.compounds import EMPTY, JOINING, KNOWN, LONGEST, TELLING

LEAST_COMMENTS = 3  # that a phrase stands in: what one or two say is read, not counted
MOST_PHRASES = 8
LONGEST_PHRASE = 6  # syllables: "xác nhận tình trạng hôn nhân"
_SYLLABLE = re.compile(r"[^\W\d_]+")
LONGEST_SYLLABLE = 7  # "nghiêng"; what is longer is no Vietnamese word
_JOINING_PLAIN = frozenset(map(names.fold, JOINING))  # of whoever types without diacritics
_fold = lru_cache(4096)(names.fold)  # a language has few syllables, and each is looked at many times
Part = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two syllables or more that stand in so many comments, in their most usual spelling."""

    text: str
    comments: int


def frequent(comments: Iterable[str]) -> tuple[Phrase, ...]:
    """The phrases that most comments share, at most MOST_PHRASES, none inside another.

    With or without diacritics is the same. Of equal number the longer goes first and the shorter inside it is left out:
    what always goes on says nothing by itself. Then letters decide.
    """
    counts: Counter[Part] = Counter()
    spellings: defaultdict[Part, Counter[str]] = defaultdict(Counter)
    for comment in comments:
        found = {(_folded(part), " ".join(part)) for part in _phrases(comment)}
        counts.update({key for key, _ in found})
        for key, text in found:
            spellings[key][text] += 1
    often = sorted((-count, -len(key), key) for key, count in counts.items() if count >= LEAST_COMMENTS)
    taken: list[Part] = []
    for _, _, key in often:
        if len(taken) < MOST_PHRASES and not any(_says_the_same(key, other, counts) for other in taken):
            taken.append(key)
    return tuple(Phrase(_usual(spellings[key]), counts[key]) for key in taken)


def _phrases(comment: str) -> Iterator[Part]:
    """Every known word that tells something, and everything longer that stands together and cuts no known word."""
    joining = _JOINING_PLAIN if comment.isascii() else JOINING
    for run in re.split(r"[^\w\s]|[\d_]", comment.lower()):
        stretch: list[Part] = []
        for part in (*_parts(_SYLLABLE.findall(run)), ("",)):
            folded = _folded(part)
            if folded not in EMPTY and (len(part) > 1 or _names_something(part[0], joining)):
                stretch.append(part)
                continue
            yield from _of_stretch(stretch)
            stretch = []


def _parts(syllables: list[str]) -> Iterator[Part]:
    """A run of syllables as known words, the longest first, and single syllables between them."""
    at = 0
    while at < len(syllables):
        lengths = range(min(LONGEST, len(syllables) - at), 1, -1)
        known = (size for size in lengths if _folded(syllables[at : at + size]) in KNOWN)
        size = next(known, 1)
        yield tuple(syllables[at : at + size])
        at += size


def _of_stretch(parts: list[Part]) -> Iterator[Part]:
    """The phrases in words that stand beside each other with nothing that joins between them."""
    yield from (part for part in parts if _folded(part) in TELLING)
    for first in range(len(parts)):
        for last in range(first + 2, min(first + LONGEST_PHRASE, len(parts)) + 1):
            phrase = tuple(itertools.chain(*parts[first:last]))
            if len(phrase) <= LONGEST_PHRASE:
                yield phrase


def _folded(syllables: Iterable[str]) -> Part:
    return tuple(map(_fold, syllables))


def _names_something(syllable: str, joining: frozenset[str]) -> bool:
    return 1 < len(syllable) <= LONGEST_SYLLABLE and syllable not in joining


def _says_the_same(phrase: Part, taken: Part, counts: Counter[Part]) -> bool:
    """Whether one lies in the other, or the phrase stands nowhere but across the end or the start of the taken one."""
    if _within(phrase, taken) or _within(taken, phrase):
        return True
    for size in range(1, min(len(phrase), len(taken))):
        across = [taken + phrase[size:]] if taken[-size:] == phrase[:size] else []
        across += [phrase + taken[size:]] if phrase[-size:] == taken[:size] else []
        if any(counts[whole] == counts[phrase] for whole in across):
            return True
    return False


def _within(short: Part, long: Part) -> bool:
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda text: (-spellings[text], text))
