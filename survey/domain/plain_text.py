"""Text as its reader sees it: wide and circled digits, look-alikes and signs without width are what they look like."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look like Latin ones, in small and capital form.
_ALIKE = str.maketrans(
    "аеорсхуіјѕвкмнтαενορτυχкıАВЕКМНОРСТУХІЈЅΑΒΕΗΙΚΜΝΟΡΤΥΧ", "aeopcxyijsbkmhtaevoptyxkiabekmhopctyxijsabehikmnoptyx"
)
_MARKS = ("Mn", "Me", "Cf", "Cc")  # on, around, beside a letter; none has a width


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text` in small letters; `bare` the same without diacritics, sign for sign; `places` where each sign stood."""

    text: str
    bare: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `text` or `bare` stood in the original, with the signs without width that lie in it."""
        return self.places[start], max(self.places[end], self.places[end - 1] + 1)


def plain(original: str) -> PlainText:
    """How a text in NFC reads. As long as the original or longer where one sign stands for several (½, ﬀ)."""
    if original.isascii():
        small = original.lower()
        return PlainText(small, small, tuple(range(len(original) + 1)))
    signs, bare, places = [], [], []
    for place, char in enumerate(original):
        text, without = _read(char)
        signs.append(text)
        bare.append(without)
        places += [place] * len(text)
    return PlainText("".join(signs), "".join(bare), (*places, len(original)))


@lru_cache(4096)
def _read(char: str) -> tuple[str, str]:
    """One sign as small letters with and without diacritics, equally long; nothing for what has no width."""
    if char in "\n\t":
        return char, char
    wide = unicodedata.normalize("NFKC", char).translate(_ALIKE).lower()
    text = "".join(_digit(one) for one in unicodedata.normalize("NFC", wide) if unicodedata.category(one) not in _MARKS)
    return text, "".join(unicodedata.normalize("NFD", one.replace("đ", "d"))[0] for one in text)


def _digit(char: str) -> str:
    """A decimal digit of any script as 0 to 9."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)
