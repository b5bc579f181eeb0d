"""Takes out of a comment what names a person: numbers of phones, papers, dossiers, plates; addresses (METHOD §6).

What is looked for is looked for in the text as a reader sees it (`plain_text`), and taken out of the text as it stands.
"""

import re
from collections.abc import Iterator

from survey.domain.plain_text import PlainText, plain

MASK = "•••"
_DASH = r"\-–—−‐‑"
_GAP = rf"[\s.()·{_DASH}]{{0,5}}"  # between digits of one number
_WIDE_GAP = rf"(?:\s?[/,_*|:;+~'’\"“”]\s?|{_GAP})"  # between those of a phone number, which begins with 0 or 84

_AT = r"\s?(?:@|[(\[{<]\s?(?:at|a\W?c[oò]ng)\s?[)\]}>]|_at_|\bat\b|\ba\W?(?:cong|vong|moc)\b)\s?"
_DOT = r"\s?(?:[.,。•]|[(\[{<]\s?(?:dot|cham)\s?[)\]}>]|\bdot\b|\bcham\b)\s?"
_ENDING = r"(?:com|vn|net|org|edu|gov|info|io|me)\b"
_MAIL = r"(?:gmail|yahoo|hotmail|outlook|icloud|ymail)"
_LOCAL = r"(?<![\w.+-])[\w.+-]+"
_SITE = r"(?:facebook|fb|zalo|instagram|tiktok|youtube|youtu|twitter|threads|linkedin|telegram|messenger|t|m|wa)"
_NETWORK = r"(?:facebook|fb|face|zalo|tiktok|insta|instagram|telegram|tele|viber|skype|messenger|nick)"
_HANDLE = r"(?:[a-z0-9]+(?:[._][a-z0-9]+)+|[a-z]+\d+[a-z0-9]*)"
# Looked for in the text without diacritics.
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bhttps?://[^\s,;]+|\bwww\.[^\s,;]+",
        rf"(?<![\w.-])(?:[a-z0-9-]+\.)*{_SITE}\.(?:com|me|vn|net|be)/[^\s,;]+",
        rf"{_LOCAL}{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}{_ENDING}",
        rf"{_LOCAL}{_AT}{_MAIL}\b(?:[\s.]com\b)?",
        rf"(?<![\w.+-])[a-z0-9._+-]{{6,}}\s{_MAIL}{_DOT}{_ENDING}",
        r"(?<![\w.+-])[\w.+-]*@\s?[a-z0-9][\w-]*(?:\.[\w-]+)*",  # also @handle
        rf"(?<=\b){_NETWORK}\s?[:=-]?\s?(?P<part>{_HANDLE})\b",
    )
)
# Without one of these there is no address: most comments need not be looked through for each.
_HINTS = re.compile(rf"@|\bat\b|[(\[{{<_]\s?at|\ba\W?(?:cong|vong|moc)|\(a|www|://|{_MAIL}|\b{_NETWORK}|{_SITE}\.")
_BETWEEN = rf"[{_DASH}./_ ]"
# Looked for with diacritics: "15 tờ 1000" is no plate.
_PAPERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[0-9a-z.]{{1,35}}\s?[{_DASH}_/ ]\s?\d{{6}}\s?[{_DASH}_/ ]\s?\d{{4,7}}\b",  # dossier
        # Plates: 29A-123.45, 29-B1 123 45, 30F1 1234, 80-NG-123-45.
        rf"\b\d{{2}}\s?[{_DASH}./_]?\s?[a-zđ]{{1,2}}\d?\s?{_BETWEEN}\s?(?:\d{{3}}[.\s{_DASH}]?\d{{2}}|\d{{4}})\b",
        r"\b\d{2}[a-zđ]{1,2}\d{4,6}\b",  # without separators
        r"\b[a-z]{2}\s?[-. ]\s?\d{2}\s?[-.]\s?\d{2}\b",  # of the army: TM-12-34
        r"\b[a-z]\s?[-.]?\s?\d{3}[\s.]?\d{4,5}\b",  # passport
    )
)
# Numbers that are spelled out, perhaps between digits: eight words, or nine digits' worth of which two are words.
_WORDS = (
    "không|khong|một|mốt|mot|hai|ba|bốn|bon|tư|năm|lăm|nam|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin|mười|mươi|muoi"
    "|zero|one|two|three|four|five|six|seven|eight|nine"
)
_UNIT = rf"(?:(?:{_WORDS})(?![^\W\d_])|(?!(?:19|20)\d\d(?!\d))\d{{1,4}})"
_PAUSE = rf"(?:\s(?:trăm|tram|linh|lẻ|le)(?=\s))?[\s,./{_DASH}]{{0,3}}"
_SPELLED = re.compile(rf"(?<![^\W_]){_UNIT}(?:{_PAUSE}{_UNIT}){{3,}}")
_WORD = re.compile(_WORDS)
_DIGIT, _FEWEST_DIGITS = re.compile(r"\d"), 4  # those of an army's plate
_LEAST_WORDS, _LEAST_DIGITS = 8, 9
# o, i and l stand for digits where they stand among digits.
_MIXED = re.compile(r"(?<![^\W_])[oil]*+\d[\doil]*+(?![^\W_])")
_AS_DIGITS = str.maketrans("oil", "011")
# Nine digits or more, however they are grouped: phone, identity, account, tax, insurance.
_DIGITS = re.compile(rf"(?<![\d.,])\(?\+?\(?\d(?:{_GAP}\d){{8,}}+")
_PHONE = re.compile(rf"(?<![\d.,/])\(?\+?\(?(?:84|0)\)?(?:{_WIDE_GAP}\d){{8,11}}(?!\d)")
# Seven digits and more after a word that announces them.
_CALLED = re.compile(
    r"\b(?:dt|sdt|dtdd|dien thoai|tel|phone|hotline|mobile|zalo|viber|goi(?: so| lai)?|lien he|so may|alo|call)"
    rf"\W{{0,3}}(?:so\W{{1,2}})?(?P<part>\d(?:[\s.{_DASH}]{{0,2}}\d){{6,}})"
)
# A sum of money in groups of three is no phone number: it may be the very point of a complaint. Nor are dates.
_SUM = r"\d{1,3}(?:[. ]\d{3})+"
_MONEY = re.compile(rf"{_SUM}(?:\s?[{_DASH}]\s?{_SUM})?")
_ROUND = re.compile(rf"(?:\d{{1,3}}(?:[. ]\d{{3}})*[. ]000)(?:\s?[{_DASH}]\s?\d{{1,3}}(?:[. ]\d{{3}})*[. ]000)+")
_CURRENCY = re.compile(r"\s?(?:đ\b|đồng|vnđ|vnd|nghìn|ngàn|triệu|tỷ)")
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:(?:\d{{1,2}}[./{_DASH}])?\d{{1,2}}[./{_DASH}]{_YEAR}(?!\d)|\d{{1,2}}[:h]\d{{2}}(?::\d{{2}})?(?!\d))"
_DATES = re.compile(rf"{_DATE}(?:[\s,;{_DASH}]{{1,3}}{_DATE})+|{_YEAR}(?:[\s{_DASH}]{{1,3}}{_YEAR})+")
_STARTS_AS_DATE = re.compile(_DATE)


def mask(text: str) -> str:
    """The comment, in NFC, with every such number or address replaced by three dots."""
    seen = plain(text)
    found = sorted(seen.span(start, end) for start, end in _found(seen))
    parts, done = [], 0
    for start, end in found:
        if end <= done:
            continue
        if start >= done:
            parts += [text[done:start], MASK]
        done = end
    return "".join(parts) + text[done:] if parts else text


def _found(seen: PlainText) -> Iterator[tuple[int, int]]:
    if _HINTS.search(seen.bare):
        for pattern in _ADDRESSES:
            yield from (_span(match) for match in pattern.finditer(seen.bare))
    yield from (match.span() for match in _SPELLED.finditer(seen.text) if _is_spelled(match[0]))
    if len(_DIGIT.findall(seen.text)) >= _FEWEST_DIGITS:
        yield from _numbers(seen)


def _numbers(seen: PlainText) -> Iterator[tuple[int, int]]:
    text = _MIXED.sub(lambda match: match[0].translate(_AS_DIGITS), seen.text)
    for pattern in _PAPERS:
        yield from (match.span() for match in pattern.finditer(text))
    yield from (match.span() for match in _DIGITS.finditer(text) if not _is_sum_or_dates(match))
    yield from (match.span() for match in _PHONE.finditer(text) if not _STARTS_AS_DATE.match(text, match.start()))
    yield from (_span(match) for match in _CALLED.finditer(seen.bare) if not _is_called_sum(match, seen.text))


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("part") if "part" in match.re.groupindex else match.span()


def _is_spelled(text: str) -> bool:
    """Whether so many digits are spelled that they are a number of somebody."""
    words = len(_WORD.findall(text))
    digits = words + sum(map(str.isdecimal, text))
    few = 1 if text.isalnum() else 2
    return words >= _LEAST_WORDS or (words >= few and digits >= _LEAST_DIGITS)


def _is_sum_or_dates(match: re.Match[str]) -> bool:
    number, rest = match[0], match.string[match.end() :]
    if _DATES.fullmatch(number) or _ROUND.fullmatch(number):
        return True
    return _MONEY.fullmatch(number) is not None and _CURRENCY.match(rest) is not None


def _is_called_sum(match: re.Match[str], text: str) -> bool:
    number, rest = match["part"], text[match.end() :]
    return _STARTS_AS_DATE.match(number) is not None or (
        _MONEY.fullmatch(number) is not None and (number.endswith("000") or _CURRENCY.match(rest) is not None)
    )
