"""Takes out of a comment what names a person: phone, identity and dossier numbers, e-mail, plates (METHOD §6)."""

import re

MASK = "•••"
# A sum of money in groups of three is not a phone number: it may be the very point of a complaint.
_MONEY = r"(?!\s?(?:đ\b|đồng|vnđ|vnd|nghìn|ngàn|triệu|tỷ))"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
        r"\b[0-9A-Z.]{1,35}\s?[-–—]\s?\d{6}\s?[-–—]\s?\d{4,7}\b",  # dossier
        r"\b\d{2}\s?[-–—.]?\s?[A-ZĐ]{1,2}\d?\s?[-–—. ]\s?(?:\d{3}[.\s]?\d{2}|\d{4})\b",  # plate: 29A-123.45, 30F1 1234
        r"\b\d{2}[A-ZĐ]{1,2}\d{4,5}\b",  # plate without separators
        rf"(?<![\d.,])\+?\d(?:[\s.-]?\d){{8,}}(?!\d){_MONEY}",  # phone, identity, account: nine digits or more
    )
)


def mask(text: str) -> str:
    """The comment with every such number or address replaced by three dots."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text
