"""What the typeface cannot print: replaced, so that no report and no sheet fails for a single letter."""

from pathlib import Path

import pytest

from survey.domain.posters import PaperSize, Poster
from survey.reports import glyphs, posters
from survey.wording.posters import lines
from tests.support.payloads import TEXTS


def told(message: str, /, **values: object) -> str:
    return message % values if values else message


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("UBND phường Hoàn Kiếm – Quầy 1: “Hộ tịch”", "UBND phường Hoàn Kiếm – Quầy 1: “Hộ tịch”"),
        ("Quầy 😀", "Quầy □"),
        ("Quầy ２", "Quầy 2"),
        ("o\u031b\u0309 ﬀ", "ở ff"),
        ("a\x00b\u200bc\td", "abc d"),
        ("hai\ndòng", "hai\ndòng"),
    ],
)
def test_a_text_becomes_what_can_be_printed(text: str, printed: str) -> None:
    assert glyphs.printable({"a": [text, 1, None]}) == {"a": [printed, 1, None]}


def test_sheets_are_printed_whatever_somebody_named_a_place() -> None:
    sheets = [
        Poster(f"A{at}", text[:80].strip() or "x", text[:80], "https://khaosat.vn/p/A") for at, text in enumerate(TEXTS)
    ]
    assert posters.pdf(sheets, PaperSize.A4, (lines(told, "vi"), lines(told, "en"))).startswith(b"%PDF")
    assert list(Path(glyphs.FONTS).glob("*.ttf"))
