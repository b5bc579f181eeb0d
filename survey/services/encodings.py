"""Bytes of a text file into text: UTF-8 with or without mark, or a complaint that names what it probably is."""

import unicodedata

from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE, at

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text(content: bytes) -> str:
    """The text of UTF-8 bytes; raises InvalidError that says where they stop being UTF-8, and what they look like."""
    if content.startswith(_UTF16_MARKS) or _looks_like_utf16(content):
        raise InvalidError([Problem(FILE, "encoding_utf16")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Counted in the bytes themselves: the mark at the start, if any, has been cut off in `error.object`.
        start = error.start + len(content) - len(error.object)
        number = content.count(b"\n", 0, start) + 1
        values: dict[str, str | int] = {
            "position": start - (content.rfind(b"\n", 0, start) + 1) + 1,
            "byte": f"0x{content[start]:02X}",
            "guess": _guess(content),
        }
        raise InvalidError([Problem(at(number), "encoding_bad", values)]) from error


def _looks_like_utf16(content: bytes) -> bool:
    """Whether every second byte of the beginning is zero, as in UTF-16 of Latin letters without a mark."""
    start = content[:64]
    return len(start) >= 8 and min(start[::2].count(0), start[1::2].count(0)) == 0 and start.count(0) > len(start) // 4


def _guess(content: bytes) -> str:
    """Windows-1258 when reading it as such gives letters that only Vietnamese has, else Windows-1252."""
    vietnamese = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    letters = sum("\u1ea0" <= char <= "\u1ef9" or char in "ăĂơƠưƯ" for char in vietnamese)
    return "Windows-1258" if letters else "Windows-1252"
