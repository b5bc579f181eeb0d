"""Vietnamese text: one normal form, one folded form for search, one key for sorting."""

import re
import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}

# On decomposed text; ô and ư are no o and u there, their mark comes between. Capitals close only capitals: "HÒAN", but
# "HòaPhú" is two words written together.
_MISPLACED = tuple(
    re.compile(pattern.replace("TONE", f"(?P<tone>[{_TONES}])"))
    for pattern in (
        r"(?P<first>[oO])TONE(?P<second>[aAeE]\u0306?)(?=[cimnoptuy])",
        r"(?P<first>O)TONE(?P<second>[AE]\u0306?)(?=[CIMNOPTUY])",
        r"(?P<first>[uU])TONE(?P<second>[yY])(?=[cnptu])",
        r"(?P<first>U)TONE(?P<second>Y)(?=[CNPTU])",
        r"(?<=[qQ])(?P<first>[uU])TONE(?P<second>[aAeEyY])(?![\u0300-\u036f])",
    )
)


def normal(text: str) -> str:
    """NFC, outer white space off, inner white space single: how every name and code enters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def well_placed(text: str) -> str:
    """NFC with a tone moved off the first vowel of oa, oă, oe, uy where it is wrong in both spellings.

    That is only before a letter that closes the syllable ("Hòan" → "Hoàn", "Hòai" → "Hoài", "hùynh" → "huỳnh"), and
    after q, whose u is no vowel ("qúy" → "quý"). "Hòa", "Hoà", "Thủy", "Của" stay as they are written.
    """
    decomposed = unicodedata.normalize("NFD", text)
    for pattern in _MISPLACED:
        decomposed = pattern.sub(r"\g<first>\g<second>\g<tone>", decomposed)
    return unicodedata.normalize("NFC", decomposed)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d, white space single: "Cầu Giấy" → "cau giay", "Hòa" = "Hoà" → "hoa"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain))


def spelt(text: str) -> str:
    """Lower case, each syllable as its letters and marks in one order, within blanks: "Hòa" = "Hoà", but not "hoa"."""
    syllables = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return f" {' '.join(''.join(sorted(unicodedata.normalize('NFD', one))) for one in syllables)} "


def sort_key(text: str) -> str:
    """A plain string that sorts as Vietnamese does: letters (đ after d, ă and â after a), then tones, then case."""
    letters, tones, cases = [], [], []
    for char in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", char.lower())
        tone = next((mark for mark in decomposed if mark in _TONES), "")
        base = unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed)
        letters.append(_LETTER_RANK.get(base, base if base.isdigit() else " "))
        tones.append(str(_TONES.index(tone) + 1 if tone else 0))
        cases.append("1" if char.isupper() else "0")
    return f"{''.join(letters)}\x01{''.join(tones)}\x01{''.join(cases)}"
