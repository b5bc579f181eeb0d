"""What our typeface can print of a text. PDF/UA allows no letter without a shape: one emoji would cost a report."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
MISSING = "□"  # stands where a letter is that the typeface has not


def printable(value: Any) -> Any:
    """Plain JSON with texts that can be printed: 😀 becomes □, ２ becomes 2, and what cannot be seen goes."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _text(value)
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    return [printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _text(text: str) -> str:
    signs = unicodedata.normalize("NFC", text)
    printed = "".join(sign if ord(sign) in _known() else _instead(sign) for sign in signs)
    return printed if printed.strip() or not text.strip() else MISSING  # a heading must not be empty


def _instead(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and all(ord(one) in _known() for one in plain):
        return plain
    return "" if unicodedata.category(sign) in ("Cc", "Cf") else MISSING


@cache
def _known() -> frozenset[int]:
    """The letters that every cut of the typeface has."""
    from matplotlib.ft2font import FT2Font

    cuts = [frozenset(FT2Font(str(path)).get_charmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*cuts)
