"""Takes out of a comment what names a person: numbers of phones, papers, dossiers, plates; addresses (METHOD §6)."""

import re

MASK = "•••"
_BLANK = r"\s\u200b-\u200d\u2060\ufeff"  # white space, and what looks like none
_DASH = r"\-–—−‐‑"
_AT = r"(?:@|\(at\)|\[at\]|a\s?còng)"
_ENDING = r"(?:com|vn|net|org|edu|gov|info|io|me)\b"
_WORD = "(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bhttps?://[^\s,;]+|\bwww\.[^\s,;]+|\b(?:facebook|fb|zalo)\.(?:com|me|vn)/[^\s,;]+",  # a page
        rf"[\w.+-]+\s?{_AT}\s?[\w-]+(?:\.[\w-]+|\s?\.\s?{_ENDING}|\s?chấm\s?{_ENDING})+",  # e-mail
        rf"\b[0-9A-Z.]{{1,35}}\s?[{_DASH}_]\s?\d{{6}}\s?[{_DASH}_]\s?\d{{4,7}}\b",  # dossier
        # Plates: 29A-123.45, 29-B1 123 45, 30F1 1234, 80-NG-123-45.
        rf"\b\d{{2}}\s?[{_DASH}.]?\s?[A-ZĐ]{{1,2}}\d?\s?[{_DASH}. ]\s?(?:\d{{3}}[.\s{_DASH}]?\d{{2}}|\d{{4}})\b",
        r"\b\d{2}[A-ZĐ]{1,2}\d{4,6}\b",  # without separators
        r"\b[A-Z]{2}\s?[-. ]\s?\d{2}\s?[-.]\s?\d{2}\b",  # of the army: TM-12-34
        r"\b[A-Z]\s?\d{7,8}\b",  # passport
        # A number that is spelled out, digit by digit.
        rf"\b(?:{_WORD}[\s,.-]+){{7,}}{_WORD}\b",
    )
)
# Nine digits or more, however they are grouped: phone, identity, account, tax, insurance.
_DIGITS = re.compile(rf"(?<![\d.,])\+?\(?\d(?:[{_BLANK}.()·{_DASH}]{{0,3}}\d){{8,}}+")
# A sum of money in groups of three is no phone number: it may be the very point of a complaint. Nor are dates.
_SUM = r"\d{1,3}(?:[. ]\d{3})+"
_MONEY = re.compile(rf"{_SUM}(?:\s?[{_DASH}]\s?{_SUM})?")
_CURRENCY = re.compile(r"\s?(?:đ\b|đồng|vnđ|vnd|nghìn|ngàn|triệu|tỷ)", re.IGNORECASE)
_DATE = rf"\d{{1,2}}[.{_DASH}]\d{{1,2}}[.{_DASH}]\d{{4}}"
_DATES = re.compile(rf"{_DATE}(?:[\s{_DASH}]{{1,3}}{_DATE})+")


def mask(text: str) -> str:
    """The comment with every such number or address replaced by three dots."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return _DIGITS.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    number, rest = match[0], match.string[match.end() :]
    if _DATES.fullmatch(number) or (_MONEY.fullmatch(number) and _CURRENCY.match(rest)):
        return number
    return MASK
